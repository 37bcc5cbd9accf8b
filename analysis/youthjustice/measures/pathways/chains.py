"""Which stages make chains: each a part of the one before, from a base to an end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from youthjustice.errors import InputProblem
from youthjustice.measures.labels import one_label
from youthjustice.measures.pathways.stages_table import Stages


@dataclass(frozen=True, slots=True)
class Chains:
    """For every stage what its ratio is on and the chain that leads to it.

    ``on`` is where the denominator comes from: ``parent`` (its parent's count), ``own``, ``apart``
    (a parent that it is no part of), or nothing. ``basis`` says what the denominator is, and
    ``reason`` why the stage belongs to no chain. ``links`` holds the stages from the first after
    the base to this one, and ``base`` names what the first of them is counted on; both are empty
    outside chains. ``ends`` are the stages whose chains are split, and ``unsettled`` those on a
    tree where two chains are equally long.
    """

    on: tuple[str, ...]
    basis: tuple[str, ...]
    reason: tuple[str, ...]
    links: tuple[tuple[int, ...], ...]
    base: tuple[str, ...]
    ends: tuple[int, ...]
    unsettled: frozenset[int]


def find_chains(
    stages: Stages,
    *,
    in_frame: Sequence[bool],
    has_own: Sequence[bool],
    own_basis: Sequence[str],
    denominator: str | None,
    final: object = None,
) -> Chains:
    """Follow the parents of every stage back to its base.

    ``in_frame`` tells which stages have rows, ``has_own`` which have denominators of their own and
    ``own_basis`` what those are, where it is said. Raises InputProblem for a stage without rows that
    no other stage needs, and for a ``final`` that ends no chain.
    """
    if any(in_frame):  # no rows at all give no rows
        _check_absent(stages, in_frame, has_own)
    everything = range(len(stages.names))
    on = tuple(_on(stages, at, in_frame, has_own) for at in everything)
    feeds = {stages.parent[at] for at in everything if on[at] == "parent"}
    link = tuple(_is_link(stages, at, on[at], at in feeds) for at in everything)
    links = tuple(_links(stages, at, on, link) for at in everything)
    ends, unsettled = _ends(stages, on, links, final)
    return Chains(
        on=on,
        basis=tuple(_basis(stages, at, on[at], own_basis[at]) for at in everything),
        reason=tuple(
            "" if link[at] or (on[at] == "" and at in feeds) else _reason(stages, at, on[at])
            for at in everything
        ),
        links=links,
        base=tuple(_base(stages, way, denominator) for way in links),
        ends=ends,
        unsettled=unsettled,
    )


def _check_absent(stages: Stages, in_frame: Sequence[bool], has_own: Sequence[bool]) -> None:
    for at, name in enumerate(stages.names):
        children = [c for c, up in enumerate(stages.parent) if up == at and in_frame[c]]
        if not in_frame[at] and not (children and all(has_own[c] for c in children)):
            raise InputProblem(
                f"The table of stages has {name!r}, and the frame has no row of it; add its rows, "
                "name a denominator, or leave it out of the table."
            )


def _on(stages: Stages, at: int, in_frame: Sequence[bool], has_own: Sequence[bool]) -> str:
    parent_counted = stages.parent[at] >= 0 and in_frame[stages.parent[at]]
    if not in_frame[at] or stages.population[at]:
        return ""
    if stages.nests(at) and parent_counted:
        return "parent"
    if has_own[at]:
        return "own"
    return "apart" if parent_counted else ""


def _basis(stages: Stages, at: int, on: str, told: str) -> str:
    """Say what the denominator is; ``told`` is what the frame says of one of its own."""
    up = stages.parent[at]
    if on == "":
        return ""
    if up >= 0 and stages.population[up]:
        return "population"
    told = stages.basis[at] or told
    if on == "own" and not stages.nests(at):
        return told or "population"
    if on == "own" and told == "population":
        raise InputProblem(
            f"The denominator of {stages.names[at]!r} is said to be a population, and its parent is "
            f"{stages.names[up]!r}; leave the parent empty, or correct the basis."
        )
    return "stage"


def _is_link(stages: Stages, at: int, on: str, feeds: bool) -> bool:
    """Tell whether a stage's ratio is a factor of a chain.

    A stage that starts a chain on a denominator of its own is one when another nests in it.
    """
    return on == "parent" or (
        on == "own" and (stages.nests(at) or (stages.parent[at] < 0 and feeds))
    )


def _links(stages: Stages, at: int, on: tuple[str, ...], link: tuple[bool, ...]) -> tuple[int, ...]:
    way: list[int] = []
    while link[at]:
        way.insert(0, at)
        if on[at] == "own":
            break
        at = stages.parent[at]
    return tuple(way)


def _base(stages: Stages, way: tuple[int, ...], denominator: str | None) -> str:
    if not way:
        return ""
    up = stages.parent[way[0]]
    return str(stages.names[up] if up >= 0 else denominator)


def _reason(stages: Stages, at: int, on: str) -> str:
    lacking = "" if on else ", and it has no denominator of its own"
    return stages.reason[at] + lacking


def _ends(
    stages: Stages, on: tuple[str, ...], links: tuple[tuple[int, ...], ...], final: object
) -> tuple[tuple[int, ...], frozenset[int]]:
    """Return the stages whose chains are split: one of each tree, the end of its longest chain."""
    trees: dict[tuple[str, int], list[int]] = {}
    for at, way in enumerate(links):
        if way:
            start = way[0]
            key = ("own", start) if on[start] == "own" else ("stage", stages.parent[start])
            trees.setdefault(key, []).append(at)
    if final is not None:
        return _named_ends(stages, links, trees, final), frozenset()
    ends, unsettled = [], set()
    for members in trees.values():
        longest = max(len(links[at]) for at in members)
        deepest = [at for at in members if len(links[at]) == longest]
        if len(deepest) == 1:
            ends.append(deepest[0])
        else:
            unsettled.update(members)
    return tuple(ends), frozenset(unsettled)


def _named_ends(
    stages: Stages,
    links: tuple[tuple[int, ...], ...],
    trees: dict[tuple[str, int], list[int]],
    final: object,
) -> tuple[int, ...]:
    several = isinstance(final, (list, tuple))
    names = [one_label("final", name) for name in (final if several else [final])]  # type: ignore[attr-defined]
    for name in names:
        if name not in stages.names or not links[stages.names.index(name)]:
            listed = ", ".join(str(stages.names[at]) for at, way in enumerate(links) if way)
            raise InputProblem(
                f"final names {name!r}, which ends no chain of nested stages; "
                f"name one of {listed or 'none, for no stages nest'}."
            )
    ends = tuple(stages.names.index(name) for name in names)
    for members in trees.values():
        if sum(end in members for end in ends) > 1:
            raise InputProblem(
                f"final names two ends that share a base ({', '.join(map(str, names))}); "
                "ask for them one at a time."
            )
    return ends
