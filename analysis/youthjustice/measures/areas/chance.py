"""Chance about a centre: what areas of a given size show when nothing but chance sets them apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from youthjustice.measures.inputs import FloatArray

BASES = {"proportion": 1.0, "rate": 100_000.0}
_TINY = 1e-300  # keeps 0 / 0 from warning where a tail is beyond what a number can hold


@dataclass(frozen=True, slots=True)
class Chance:
    """Binomial chance about shares, or Poisson chance about rates.

    The angle is the scale on which the spread of chance is the same at every share or rate: the
    arc sine of the root of a share (Freeman and Tukey 1950), the root of a rate.
    """

    basis: str

    def angle(self, value: FloatArray) -> FloatArray:
        """Return shares, or events per person, on the scale of even spread."""
        root = np.sqrt(value)
        return np.asarray(np.arcsin(root) if self.basis == "proportion" else root)

    def back(self, angle: FloatArray) -> FloatArray:
        """Return angles as shares or rates; beyond the ends of the scale lies the end."""
        if self.basis == "proportion":
            return np.asarray(np.sin(np.clip(angle, 0.0, np.pi / 2)) ** 2)
        return np.asarray(np.maximum(angle, 0.0) ** 2)

    def error(self, size: FloatArray) -> FloatArray:
        """Return the standard error of an angle."""
        return np.asarray(1 / (2 * np.sqrt(size)))

    def at_most(self, x: FloatArray, size: FloatArray, centre: FloatArray) -> FloatArray:
        """Return the chance of x events or fewer, x a whole number."""
        if self.basis == "proportion":
            inside = (x >= 0) & (x < size)
            k = np.where(inside, x, 0.0)
            found = special.betaincc(k + 1, np.where(inside, size - k, 1.0), centre)
            return np.where(inside, found, (x >= size).astype(np.float64))
        found = special.gammaincc(np.maximum(x, 0.0) + 1, centre * size)
        return np.where(x >= 0, found, 0.0)

    def at_least(self, x: FloatArray, size: FloatArray, centre: FloatArray) -> FloatArray:
        """Return the chance of x events or more, x a whole number."""
        k = np.maximum(x, 1.0)
        if self.basis == "proportion":
            inside = k <= size
            found = special.betainc(k, np.where(inside, size - k + 1, 1.0), centre)
            return np.where(x < 1, 1.0, np.where(inside, found, 0.0))
        return np.where(x < 1, 1.0, special.gammainc(k, centre * size))

    def lower(self, size: FloatArray, centre: FloatArray, tail: float) -> FloatArray:
        """Return Spiegelhalter's (2005) interpolated quantile, which may lie between -1 and 0.

        A whole number lies below it exactly when the chance of it or fewer is under ``tail``.
        """
        low, high = self._reach(size, centre)
        while (high - low > 1).any():
            middle = np.floor(0.5 * (low + high))
            enough = self.at_most(middle, size, centre) >= tail
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        at, before = (self.at_most(part, size, centre) for part in (high, high - 1))
        return np.asarray(high - (at - tail) / np.maximum(at - before, _TINY))

    def upper(self, size: FloatArray, centre: FloatArray, tail: float) -> FloatArray:
        """Return the same from the other end: above it lies what has less than ``tail``."""
        low, high = self._reach(size, centre)
        while (high - low > 1).any():
            middle = np.floor(0.5 * (low + high))
            enough = self.at_least(middle, size, centre) >= tail
            low, high = np.where(enough, middle, low), np.where(enough, high, middle)
        at, after = (self.at_least(part, size, centre) for part in (low, low + 1))
        return np.asarray(low + (at - tail) / np.maximum(at - after, _TINY))

    def _reach(self, size: FloatArray, centre: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return whole numbers so far out that no limit lies beyond them."""
        expected = size * centre
        reach = 40 * np.sqrt(expected) + 800
        high = np.floor(expected + reach)
        if self.basis == "proportion":
            high = np.minimum(high, np.floor(size) + 1)
        return np.floor(np.maximum(expected - reach, 0.0)) - 1, high
