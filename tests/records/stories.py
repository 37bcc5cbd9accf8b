"""Children told as short stories, made into the two tables."""

from dataclasses import dataclass, field

import pandas as pd

from youthjustice.records.cohort.proven import proven_reoffending

QUARTER = ("2022-01-01", "2022-03-31")
COLUMNS = ["child_id", "offence_date", "offence_code", "offence_seq", "outcome_type",
           "outcome_date", "release_date", "is_breach"]  # fmt: skip


@dataclass
class Child:
    """A child and what happened, one event after the other; every event is an offence of its own."""

    name: str
    born: str | None = "2006-06-15"
    events: list = field(default_factory=list)

    def event(self, outcome_type, offence, outcome, *, released=None, breach=False, **more):
        row = {
            "child_id": self.name,
            "offence_date": offence,
            "offence_code": "theft",
            "offence_seq": len(self.events) + 1,
            "outcome_type": outcome_type,
            "outcome_date": outcome,
            "release_date": released,
            "is_breach": breach,
        }
        self.events.append(row | more)
        return self

    def cautioned(self, outcome, offence="2021-12-20", **more):
        return self.event("youth_caution", offence, outcome, **more)

    def convicted(self, offence, outcome, **more):
        return self.event("conviction", offence, outcome, **more)

    def sentenced_to_custody(self, offence, outcome, **more):
        return self.event("custody", offence, outcome, **more)


def tables(*told):
    """Make the two tables, with the columns of a schema whatever happened."""
    children = pd.DataFrame(
        {"child_id": [child.name for child in told], "date_of_birth": [c.born for c in told]}
    )
    offences = pd.DataFrame([row for child in told for row in child.events], columns=COLUMNS)
    return as_read(children, offences)


def as_read(children, offences):
    """Give both tables the kinds of columns that the reader of an extract gives them."""
    dates = ["offence_date", "outcome_date", "release_date"]
    offences = offences.astype({"offence_seq": "Int64", "is_breach": bool})
    offences[dates] = offences[dates].apply(pd.to_datetime)
    born = pd.to_datetime(children["date_of_birth"])
    texts = ["offence_code", "outcome_type"]
    offences[texts] = offences[texts].astype("str").where(offences[texts].notna(), None)
    return children.assign(date_of_birth=born), offences


def followed(*told, cohort=QUARTER, extract_date="2024-01-01", **choices):
    return proven_reoffending(*tables(*told), cohort=cohort, extract_date=extract_date, **choices)


def outcome_of(found):
    """Give {child: (start, reoffences)}."""
    members = found.members
    starts = members["start_date"].dt.strftime("%Y-%m-%d")
    return dict(
        zip(members["child_id"], zip(starts, members["reoffences"], strict=True), strict=True)
    )
