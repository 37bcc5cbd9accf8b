"""Chance about a centre against scipy's distributions and the meaning of its quantiles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from youthjustice.measures.areas.chance import BASES, Chance

BOTH = pytest.mark.parametrize("basis", BASES)
LAWS = {"proportion": stats.binom, "rate": lambda size, centre: stats.poisson(size * centre)}
SIZES = st.integers(1, 3000)
CENTRES = st.floats(0.001, 0.999)


@BOTH
@given(size=SIZES, centre=CENTRES)
def test_tails_are_those_of_scipy(basis, size, centre):
    x = np.arange(-1.0, min(size, 400) + 2)
    sizes, centres = np.full(x.size, float(size)), np.full(x.size, centre)
    law, chance = LAWS[basis](size, centre), Chance(basis)
    np.testing.assert_allclose(
        chance.at_most(x, sizes, centres), law.cdf(x), rtol=1e-9, atol=1e-200
    )
    np.testing.assert_allclose(
        chance.at_least(x, sizes, centres), law.sf(x - 1), rtol=1e-9, atol=1e-200
    )


@BOTH
@given(size=SIZES, centre=CENTRES, tail=st.sampled_from([0.001, 0.025, 0.25]))
def test_a_whole_number_lies_beyond_a_quantile_just_when_its_tail_is_short(
    basis, size, centre, tail
):
    law, chance = LAWS[basis](size, centre), Chance(basis)
    sizes, centres = np.array([float(size)]), np.array([centre])
    lower = chance.lower(sizes, centres, tail)[0]
    upper = chance.upper(sizes, centres, tail)[0]
    below, above = np.floor(lower), np.ceil(upper)
    assert law.cdf(below - 1) < tail * (1 + 1e-9)
    assert law.cdf(below + 1) >= tail * (1 - 1e-9)
    assert law.sf(above) < tail * (1 + 1e-9)
    assert law.sf(above - 2) >= tail * (1 - 1e-9)


@BOTH
@given(share=st.floats(0, 1))
def test_an_angle_leads_back_to_its_share_or_rate(basis, share):
    chance = Chance(basis)
    back = chance.back(chance.angle(np.array([share])))
    np.testing.assert_allclose(back, [share], rtol=1e-9, atol=1e-12)
