"""Which rows a model predicts without error, so that a coefficient would run off to infinity."""

from __future__ import annotations

import numpy as np

from youthjustice.measures.inputs import BoolArray, FloatArray


def separated_rows(matrix: FloatArray, x: FloatArray, whole: FloatArray | None = None) -> BoolArray:
    """Return the rows that some combination of columns sets apart from all the others.

    ``x`` are counts of events in the rows of the model ``matrix``. A count model separates rows
    without events; with ``whole`` (of how many ``x`` are) the model is logistic, and rows in which
    all have the outcome separate too. The rows lie on one side of a plane that holds the rest: a
    linear programme (Correia, Guimaraes and Zylkin 2019; Konis 2007). Where there are any, no
    maximum of the likelihood exists.
    """
    from scipy.optimize import linprog

    none: BoolArray = x == 0
    every: BoolArray = np.zeros(x.shape, dtype=bool) if whole is None else x == whole
    side = np.where(none, -1.0, 1.0)[:, None]
    ends: BoolArray = none | every
    if not ends.any():
        return ends
    # Only directions that leave the rows between the ends where they are can separate.
    held = matrix[~ends]
    directions = np.eye(matrix.shape[1])
    if held.size:
        _, sizes, right = np.linalg.svd(held.T @ held, hermitian=True)
        directions = right[sizes <= 1e-10 * sizes.max(initial=1e-300)].T
    if directions.shape[1] == 0:
        return np.zeros(x.shape, dtype=bool)
    reach = side[ends] * (matrix[ends] @ directions)
    found = linprog(
        -reach.sum(axis=0),
        A_ub=np.vstack([reach, -reach]),
        b_ub=np.r_[np.ones(len(reach)), np.zeros(len(reach))],
        bounds=(None, None),
        method="highs",
    )
    apart = np.zeros(x.shape, dtype=bool)
    if found.status == 0:
        apart[ends] = reach @ np.asarray(found.x, dtype=np.float64) > 1e-6
    return apart
