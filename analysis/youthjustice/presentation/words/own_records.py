"""What a report says of a service's own records, beside the figures."""

from __future__ import annotations

from datetime import date

from youthjustice.presentation import dates
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.phrases import sentence_case

GROUP_WORDS = {
    "sex": {"female": "Female", "male": "Male", "unknown": "Not recorded"},
    "ethnic_group": {},
    "age_band": {"10-14": "10 to 14", "15-17": "15 to 17"},
    "care_status": {
        "current": "Looked after now",
        "previous": "Looked after before",
        "never": "Never looked after",
        "unknown": "Not recorded",
    },
    "special_educational_needs": {
        "plan": "With a plan in law",
        "support": "With support at school",
        "none": "No needs found",
        "unknown": "Not recorded",
    },
}
"""How tables name the groups of an extract."""

BY_WORDS = {
    "ethnic_group": "Ethnic group",
    "sex": "Sex",
    "age_band": "Age",
    "care_status": "Care status",
    "special_educational_needs": "Special educational needs",
}
STEP_WORDS = {
    "All": "Had an outcome",
    "entered for the first time": "Entered for the first time",
    "out of court": "Dealt with outside court",
    "sentenced at court": "Sentenced at court",
    "remanded in custody": "Remanded in custody",
    "sentenced to custody": "Sentenced to custody",
}
SHORT_STEPS = {
    "All": "Outcome",
    "out of court": "Outside court",
    "sentenced at court": "At court",
    "remanded in custody": "Remanded",
    "sentenced to custody": "To custody",
}
"""The same, where many stand side by side."""
REOFFENCE_WORDS = {
    "All": "Entries",
    "reoffended": "Reoffended",
    "within 3 months": "First reoffence within 3 months (91 days)",
    "within 6 months": "First reoffence within 6 months (182 days)",
    "within 9 months": "First reoffence within 9 months (273 days)",
    "led at most to a caution": "Most serious reoffence led to a caution",
    "led to a conviction": "Most serious reoffence led to a conviction",
    "led to custody": "Most serious reoffence led to custody",
}

NOT_PUBLISHED = "From the service's own case records, not the published statistic."
DIFFER = (
    "The definitions follow the published ones as far as case records allow, and they differ. Case "
    "records do not see outcomes in other areas, before the records begin or after a child has left "
    "the service, and the published figures rest on the Police National Computer. So these figures "
    "are not to be set beside published ones as if they counted the same."
)
ROWS = (
    "Every child in the extract is counted, wherever the child lives. Rows of the extract that could "
    "not be read are not counted."
)
STEPS = (
    "Children are counted once at each step, however many outcomes of the kind they had in the year. "
    "They are those aged 10 to 17 on the day of the outcome; the age shown is that at the first "
    "outcome of the year. Remand is seen only of children who were sentenced."
)
ENTRANTS = (
    "A child enters with the first caution or conviction that the service knows of. Earlier ones in "
    "other areas are not seen, so this is not the published number of first-time entrants."
)
REOFFENDING = (
    "Children who were cautioned, convicted or released from custody are followed for 12 months, and "
    "for 6 more until an offence is proven. A child who enters in two quarters of a year counts in "
    "each, as in the published annual figure, so the numbers are entries. Intervals take entries as "
    "independent of each other, and are a little too narrow where children entered twice."
)
RATIOS = (
    "Each ratio compares the share of a group's children at one step who went on to the next with that "
    "of White children. It says where groups differ, and not why."
)
INDICATORS = (
    "Counted by the service itself from indicators.csv in the folder of the extract. Figures under two "
    "versions of a definition are not to be set beside each other."
)
TRACKING = (
    "The clock runs from the day a child entered to the day an offence was proven. Children who "
    "entered later have been followed for less; the curve allows for that."
)


def many_refused_words(command: str) -> str:
    """Say that many rows are not counted, and which command lists them.

    >>> many_refused_words("youthjustice check FOLDER")[-53:]
    'The command youthjustice check FOLDER lists the rows.'
    """
    return (
        "More than one row in twenty of the extract could not be read, so the figures are too low. "
        f"The command {command} lists the rows."
    )


def extract_words(as_at: date) -> str:
    """Say of what day an extract is.

    >>> extract_words(date(2025, 6, 30))
    'The extract is taken as of 30 June 2025.'
    """
    return f"The extract is taken as of {dates.day(as_at)}."


def left_out_sentence(what: str) -> Sentence:
    """Say that a section is not there because its numbers could not be made safe.

    >>> print(left_out_sentence("custody"))
    The section on custody is left out: its numbers could not be made safe to show.
    """
    return Sentence(
        f"The section on {what} is left out: its numbers could not be made safe to show.", "note"
    )


def failed_sentence(what: str) -> Sentence:
    """Say that a section is not there because it could not be made.

    >>> print(failed_sentence("custody"))
    The section on custody is left out: it could not be made from these records.
    """
    return Sentence(
        f"The section on {what} is left out: it could not be made from these records.", "note"
    )


def no_figures_sentence(what: str, why: str) -> Sentence:
    """Say why there is nothing to show.

    >>> print(no_figures_sentence("the indicators", "there is no file indicators.csv in the folder"))
    The indicators are not shown: there is no file indicators.csv in the folder.
    """
    return Sentence(f"{sentence_case(what)} are not shown: {why}.", "note")


def final_words(last: date) -> str:
    """Say of a year of entries that its figures are final.

    >>> final_words(date(2023, 9, 30))
    'Figures of entries up to September 2023 are final: follow-up and the wait for outcomes are over.'
    """
    return (
        f"Figures of entries up to {dates.month_year(last)} are final: follow-up and the wait for "
        "outcomes are over."
    )


def provisional_words(last: date) -> str:
    """Say of a year of entries that its figures are not final.

    >>> provisional_words(date(2024, 9, 30))[:63]
    'Figures of entries up to September 2024 are provisional and wil'
    """
    return (
        f"Figures of entries up to {dates.month_year(last)} are provisional and will change: some "
        "children are still followed, or wait for an outcome."
    )


def tracked_sentence(
    children: str, first: date, last: date, share: str, lower: str, upper: str, months: int
) -> str:
    """Say how far a cohort that is still followed has come; figures are given as text."""
    return (
        f"Of {children} children who entered from {dates.day(first)} to {dates.day(last)}, {share} "
        f"had a proven reoffence within {months} months (95% interval {lower} to {upper})."
    )


def forecast_sentence(children: str, estimate: str, lower: str, upper: str) -> str:
    """Give a forecast, coarsely."""
    return (
        f"Earlier cohorts suggest that in the end about {estimate} of the {children} children will "
        f"have one (95% prediction interval {lower} to {upper}, rounded)."
    )
