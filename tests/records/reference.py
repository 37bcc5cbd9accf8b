"""The definition of proven reoffending in plain Python, one child and one row at a time.

Written from the definition and not from the package, with calendar arithmetic of its own, so that
the two can be held against each other. Slow, and on purpose without any idea of speed.
"""

from datetime import date, timedelta

SERIOUS = {
    "caution": 0,
    "youth_caution": 0,
    "youth_conditional_caution": 0,
    "conviction": 1,
    "custody": 2,
}
LENGTHS = {1: 31, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def month_length(year, month):
    if month == 2:
        leap = year % 400 == 0 or (year % 4 == 0 and year % 100 != 0)
        return 29 if leap else 28
    return LENGTHS[month]


def months_after(day, months):
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return date(year, month, min(day.day, month_length(year, month)))


def age_on(day, born):
    age = -1
    year = born.year
    while True:
        birthday = date(year, born.month, 1) + timedelta(days=born.day - 1)
        if birthday > day:
            return age
        age, year = age + 1, year + 1


def known_by(rows, extract):
    """Leave out what an extract of that day could not hold; a later release is only planned."""
    kept = []
    for row in rows:
        days = [row["offence_date"], row["outcome_date"]]
        if not any(day is not None and day > extract for day in days):
            kept.append(row)
    return kept


def offences_of(rows, breach_codes):
    """Put the rows of one child together: a list of (rank, rows) for each offence that counts."""
    together = {}
    for row in rows:
        code = (row["offence_code"] or "").lower()
        if row["outcome_type"] not in SERIOUS or row["is_breach"] or code in breach_codes:
            continue
        key = [row["offence_date"], row["offence_code"], row["offence_seq"], row["outcome_date"]]
        if row["offence_seq"] is None:
            key += [row["outcome_type"], row["release_date"]]
        together.setdefault(tuple(key), []).append(row)
    return [(max(SERIOUS[row["outcome_type"]] for row in same), same) for same in together.values()]


def entry_days(rank, same, extract):
    days = []
    for row in same:
        if SERIOUS[row["outcome_type"]] != rank:
            continue
        if rank < 2:
            days.append(row["outcome_date"])
        elif row["release_date"] is not None and row["release_date"] <= extract:
            sentenced = row["outcome_date"] or row["release_date"]
            days += [row["release_date"]] if row["release_date"] >= sentenced else []
    return [day for day in days if day is not None]


def entries_of(child, known, start, end, extract, ages):
    """Give the entries of a child in the period and of age, as (day, most serious first)."""
    if child["date_of_birth"] is None:
        return []
    return [
        (day, -rank)
        for rank, same in known
        for day in entry_days(rank, same, extract)
        if start <= day <= end and ages[0] <= age_on(day, child["date_of_birth"]) <= ages[1]
    ]


def fate_of(committed, outcome, begin, last, last_outcome, same_day):
    """Say whether an offence is a reoffence, is none, or cannot be placed in time."""
    earliest = begin if same_day == "include" else begin + timedelta(days=1)
    # What has no day of its own was committed no later than its outcome.
    at_latest = committed or outcome
    if at_latest is not None and at_latest < earliest:
        return "none"
    if committed is not None and committed > last:
        return "none"
    if outcome is not None and outcome > last_outcome:
        return "none"
    return "reoffence" if committed is not None and outcome is not None else "undatable"


def follow(
    children,
    offences,
    *,
    start,
    end,
    extract,
    same_day="exclude",
    followup=12,
    waiting=6,
    ages=(10, 17),
    breach_codes=(),
):
    """Give {child_id: (start, kind of entry, reoffences, day of the first, undatable)}."""
    members = {}
    for child in children:
        rows = [row for row in offences if row["child_id"] == child["child_id"]]
        known = offences_of(known_by(rows, extract), breach_codes)
        entries = entries_of(child, known, start, end, extract, ages)
        if not entries:
            continue
        begin, kind = min(entries)
        last, last_outcome = months_after(begin, followup), months_after(begin, followup + waiting)
        reoffences, undatable = [], 0
        for rank, same in known:
            inside = [day for day in entry_days(rank, same, extract) if start <= day <= end]
            if inside and min(inside) == begin:
                continue
            committed, outcome = same[0]["offence_date"], same[0]["outcome_date"]
            fate = fate_of(committed, outcome, begin, last, last_outcome, same_day)
            undatable += fate == "undatable"
            reoffences += [committed] if fate == "reoffence" else []
        first = min(reoffences, default=None)
        members[child["child_id"]] = (begin, -kind, len(reoffences), first, undatable)
    return members
