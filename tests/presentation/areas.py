"""Areas and cohorts that the tests of charts and of sentences share."""

import numpy as np
import pandas as pd

from youthjustice.measures import funnel

# Youth Justice Statistics 2020 to 2021, England and Wales: children and those who reoffended by
# number of previous offences (0, 1-2, 3-6, 7-10, 11 or more), years ending March 2010 and 2020.
CHILDREN = [59731, 36162, 21802, 8003, 10950, 9285, 4086, 3461, 1585, 2278]
REOFFENDED = [11910, 13835, 12251, 5496, 8785, 1658, 1425, 1537, 900, 1559]


def areas(number=40, seed=1, spread=0.0):
    chance = np.random.default_rng(seed)
    people = chance.integers(9_000, 90_000, number)
    mean = 0.0014 * people * np.exp(spread * chance.standard_normal(number))
    names = [f"Area {n}" for n in range(number)]
    return pd.DataFrame({"area_name": names, "entrants": chance.poisson(mean), "people": people})


def funnelled(frame, **extra):
    settings = {"basis": "rate", "overdispersion": "auto"} | extra
    return funnel(frame, "area_name", numerator="entrants", denominator="people", **settings)
