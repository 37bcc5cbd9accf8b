"""The sections of a report on a service's own records, or none without them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from youthjustice.disclosure import INTERNAL, PUBLICATION, DisclosureProblem, Policy
from youthjustice.errors import InputProblem
from youthjustice.presentation import Sentence
from youthjustice.presentation.words.hidden import hidden_words
from youthjustice.presentation.words.own_records import (
    DIFFER,
    NOT_PUBLISHED,
    ROWS,
    extract_words,
    failed_sentence,
    left_out_sentence,
    many_refused_words,
)
from youthjustice.records.decisions import CUSTODY, OUT_OF_COURT, REMAND
from youthjustice.reports.own.counting import decisions, indicators, reoffending
from youthjustice.reports.own.deciding import (
    decisions_section,
    entrants_section,
    needs_section,
    step_section,
)
from youthjustice.reports.own.extract import Own, own_extract
from youthjustice.reports.own.following import (
    release_tracked,
    reoffending_section,
    tracked,
    tracker_section,
)
from youthjustice.reports.own.measuring import indicators_section
from youthjustice.reports.own.refused import check_command
from youthjustice.reports.progress import watched
from youthjustice.reports.section import Section

PARTS = ("about", "decisions", "reoffending", "tracker", "indicators")
_STEPS = (
    (OUT_OF_COURT, "Out-of-court disposals", "own-out-of-court"),
    (REMAND, "Remand in custody", "own-remand"),
    (CUSTODY, "Custodial sentences", "own-custody"),
)


def own_records(
    records: str | Path | None,
    *,
    mapping: str | Path | None = None,
    extract_date: object = None,
    internal: bool = False,
    policy: Policy = PUBLICATION,
    only: str | Sequence[str] = PARTS,
) -> tuple[Section, ...]:
    """Make the sections on a service's own records; none where no ``records`` are named.

    ``records`` is the folder of an extract (or a file), as `read_extract` takes it with ``mapping``;
    it may hold `indicators.csv` besides. ``extract_date`` is the day of the extract; without it, the
    end of the month of its last outcome. Everything shown has come through disclosure control under
    ``policy``; with ``internal`` nothing is hidden, each section carries a watermark, and only an
    internal report takes them. ``only`` names the parts to make: `about`, `decisions`,
    `reoffending`, `tracker`, `indicators`.

    A section whose numbers cannot be made safe is left out, and a sentence says so. Raises
    InputProblem where the extract cannot be read; no message tells anything about a child.

    >>> own_records(None)
    ()
    """
    parts = [only] if isinstance(only, str) else list(only)
    if unknown := [part for part in parts if part not in PARTS]:
        raise InputProblem(f"There is no part {unknown[0]!r}; choose among {', '.join(PARTS)}.")
    if records is None:
        return ()
    try:
        own = own_extract(records, mapping, extract_date)
    except (InputProblem, OSError):
        raise
    except Exception as problem:
        raise InputProblem(
            f"The extract could not be read ({type(problem).__name__}); run youthjustice check on it."
        ) from None
    # A page names no place of this machine.
    command = check_command("FOLDER", "MAPPING.toml" if mapping else None, extract_date)
    return tuple(_sections(own, INTERNAL if internal else policy, parts, command))


def _sections(
    own: Own,
    policy: Policy,
    parts: Sequence[str] = PARTS,
    command: str = "youthjustice check FOLDER",
) -> Iterator[Section]:
    if "about" in parts:
        yield _about(own, policy, command)
    made = [(part, *how) for part, how in _made().items() if part in parts]
    for part, what, make in watched(made, "own records"):
        yield from _guarded(what, f"own-{part}", partial(make, own, policy))


def _made() -> dict[str, tuple[str, Callable[[Own, Policy], list[Section]]]]:
    """Give what each part is about, and what makes it."""
    return {
        "decisions": ("decisions", _decided),
        "reoffending": ("reoffending", _followed),
        "tracker": ("the live tracker", _tracked),
        "indicators": ("the key performance indicators", _measured),
    }


def _guarded(what: str, anchor: str, make: Callable[[], list[Section]]) -> list[Section]:
    """Make sections, all or none: where they cannot be made safe, or made, a sentence says so.

    What an error says is not repeated: it may hold what stands in the records.
    """
    try:
        return make()
    except DisclosureProblem:
        return [Section(f"Own records: {what}", anchor, (left_out_sentence(what),))]
    except Exception:
        return [Section(f"Own records: {what}", anchor, (failed_sentence(what),))]


def _about(own: Own, policy: Policy, command: str) -> Section:
    """Say what the sections rest on, and why numbers are hidden."""
    said = [
        Sentence(NOT_PUBLISHED, "caution"),
        Sentence(DIFFER, "note"),
        Sentence(f"{extract_words(own.as_at)} {ROWS}", "note"),
    ]
    if own.many_refused:
        said.append(Sentence(many_refused_words(command), "caution"))
    return Section(
        "The service's own records",
        "own-records",
        (*said, hidden_words(policy)),
        watermark=policy.watermark or "",
    )


def _decided(own: Own, policy: Policy) -> list[Section]:
    counted = decisions(own, policy)
    made = [
        entrants_section(counted),
        decisions_section(counted),
        *(step_section(counted, *step) for step in _STEPS),
        needs_section(counted),
    ]
    return [section for section in made if section is not None]


def _followed(own: Own, policy: Policy) -> list[Section]:
    return [reoffending_section(*reoffending(own, policy))]


def _measured(own: Own, policy: Policy) -> list[Section]:
    return [indicators_section(indicators(own, policy))]


def _tracked(own: Own, policy: Policy) -> list[Section]:
    found = tracked(own)
    return [tracker_section(found, release_tracked(found, policy))]
