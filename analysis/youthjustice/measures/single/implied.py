"""The counts behind a rate that was published without them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from youthjustice.measures.inputs import check_positive, read


def implied_counts(rate: object, population: object, per: float = 100_000) -> pd.DataFrame:
    """Give the whole number of events that a published rate implies for a known population.

    ``rate`` is events per ``per``; ``population`` is of the same area, if need be of a nearby
    year. Arguments are scalars, arrays or Series and broadcast. The result has one row each:
    ``numerator``, the nearest whole number of events, and ``denominator``, the population at which
    that number gives exactly the published rate. An interval from the two is an inference about
    chance, to be labelled so: its width is right to the extent that the population is.

    A missing rate or population gives a missing row; a rate of zero implies no events and keeps
    the population given. This project's own inference (docs/methods.md). Raises InputProblem for a
    negative or infinite argument.

    >>> implied_counts([200, 0], [15_481, 15_481])
       numerator  denominator
    0       31.0      15500.0
    1        0.0      15481.0
    """
    scale = check_positive("per", per)
    arguments = read({"rate": rate, "population": population})
    printed, people = arguments.numbers
    events = np.rint(printed * people / scale)
    # A rate so low that it rounds to no event still says that something happened.
    events = np.where((printed > 0) & (people > 0) & (events == 0), 1.0, events)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        fitting = np.where(printed > 0, events * scale / printed, people)
    # Nobody can have had an event in a population of none.
    lost = arguments.missing | ((people == 0) & (printed > 0)) | np.isinf(fitting)
    index = arguments.index if arguments.index is not None else pd.RangeIndex(len(events))
    return pd.DataFrame(
        {
            "numerator": np.where(lost, np.nan, events),
            "denominator": np.where(lost, np.nan, fitting),
        },
        index=index,
    )
