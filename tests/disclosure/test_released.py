"""What has left holds nothing that is hidden, prints ``[c]`` and cannot be written to."""

import copy
import gc
import pickle

import pandas as pd
import pytest

from youthjustice.disclosure import INTERNAL, release

FRAME = pd.DataFrame(
    {"group": ["a", "b", "c", "d", "All"], "n": [3, 8641, 0, 7013, 15657], "area": "<x>"}
)


@pytest.fixture
def released():
    return release(FRAME, ["group"], "n", keep=["area"])


def test_rows_order_and_symbols(released):
    frame = released.frame
    assert frame["group"].tolist() == FRAME["group"].tolist()
    assert frame["symbol"].tolist() == ["c", "", "", "c", ""]
    assert frame["n"].isna().tolist() == [True, False, False, True, False]
    assert str(frame["n"].dtype) == "Int64"
    assert released.hidden.tolist() == [True, False, False, True, False]
    assert released.reasons.tolist() == ["small", "", "", "secondary", ""]


def test_what_is_given_is_not_changed():
    before = FRAME.copy()
    release(FRAME, ["group"], "n", keep=["area"])
    pd.testing.assert_frame_equal(FRAME, before)


def test_it_prints_c_and_no_reason(released):
    for text in (repr(released), released._repr_html_()):
        assert "[c]" in text
        assert "7013" not in text
        assert "small" not in text
        assert "secondary" not in text
    assert "&lt;x&gt;" in released._repr_html_()
    assert "<x>" not in released._repr_html_()


def test_the_watermark_is_printed_first():
    text = repr(release(FRAME, ["group"], "n", keep=["area"], policy=INTERNAL))
    assert text.startswith("OFFICIAL-SENSITIVE: not for publication")
    assert "7013" in text


def test_missing_small_and_zero_stay_different():
    frame = pd.DataFrame({"group": ["a", "b", "c", "d"], "n": [0, 3, None, 40]})
    released = release(frame, ["group"], "n")
    assert released.frame["symbol"].tolist() == ["", "c", "x", ""]
    assert released.shown()["n"].tolist() == ["0", "[c]", "[x]", "40"]


def test_no_hidden_count_is_held_anywhere(released):
    seen, waiting = set(), [released]
    while waiting:
        held = waiting.pop()
        if id(held) in seen or isinstance(held, type):
            continue
        seen.add(id(held))
        if hasattr(held, "tobytes"):
            assert (7013).to_bytes(8, "little") not in held.tobytes()
        waiting.extend(
            one
            for one in gc.get_referents(held)
            if not callable(one) and not hasattr(one, "__spec__")
        )
    assert len(seen) > 20


def test_attributes_of_the_frame_do_not_travel():
    frame = FRAME.copy()
    frame.attrs["source"] = FRAME
    assert release(frame, ["group"], "n", keep=["area"]).frame.attrs == {}


def test_a_pickle_and_a_copy_hold_what_is_shown_and_no_reasons(released):
    packed = pickle.dumps(released)
    assert b"small" not in packed
    assert b"secondary" not in packed.replace(b"secondary\x94\x88", b"")
    for other in (pickle.loads(packed), copy.copy(released), copy.deepcopy(released)):
        pd.testing.assert_frame_equal(other.frame, released.frame)
        assert other.reasons is None
        assert other.policy == released.policy


def test_nothing_in_it_can_be_replaced(released):
    with pytest.raises(AttributeError, match="final"):
        released.count = "m"
    with pytest.raises(AttributeError, match="final"):
        del released.count
    frame, reasons = released.frame, released.reasons
    frame.loc[0, "n"] = 3
    reasons.iloc[0] = ""
    assert pd.isna(released.frame["n"].iloc[0])
    assert released.reasons.iloc[0] == "small"
