"""What a denominator does: one and the same count on the census of 2011, of 2021, and on pupils."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import Estimate, rate_ratio
from youthjustice.presentation import Behind, Chart, Sentence, Table, numbers, ratio_forest
from youthjustice.presentation.numbers import per_hundred
from youthjustice.published import Place, load, place
from youthjustice.reports.citing import cite, cited, origins, traced
from youthjustice.reports.section import Displays, Heading, Section
from youthjustice.reports.sections.disparity_figures import REFERENCE
from youthjustice.reports.sections.linked_figures import linked_cohort
from youthjustice.reports.sections.wording import spans

_STAGE, _GROUP = "caution or sentence", "Black"
_WITHOUT = "Unknown"
_HALF = 0.5


def what_a_denominator_does(area: str) -> Section:
    """Put one count on two censuses, and an area's own counts on pupils and on residents.

    >>> what_a_denominator_does("Islington").items[4].texts()["Ratio"].tolist()
    ['3.55', '2.16']
    """
    found = place(area)
    national = national_bases()
    items: list[Displays] = [
        Sentence(
            "A rate per child needs to know how many children there are of each group. The count of "
            "children cautioned or sentenced below is one and the same; what changes is whom it is "
            "divided by.",
            kind="note",
        ),
        Heading("England and Wales: one count, two censuses"),
        _told(national),
        traced(_chart(national), origins(national), "rounded_shares", "rate_ratio"),
        traced(_table(national), origins(national), "rounded_shares", "rate_ratio"),
        Sentence(
            "Shares of 2011 are printed as whole per cents, so their ratio is known between bounds and "
            "no closer. The census is ten years old by the time it is replaced, and ratios of the years "
            "between were printed on the older one: a step in a series of ratios may be the census.",
            kind="caution",
        ),
        Heading(f"{found.name}: pupils or residents"),
        *_local(found),
    ]
    return Section("What a denominator does", "denominators", tuple(items))


def national_bases() -> pd.DataFrame:
    """Divide the last count of children cautioned or sentenced by the shares of both censuses.

    One row per census: ``base, share, reference_share`` and the ratio of Black to White children,
    ``value``; ``lowest`` and ``highest`` are what the rounding of the shares leaves, ``lower`` and
    ``upper`` the 95% limits there; ``numerator, reference_numerator`` are the counts, alike in both.
    """
    stages = load("children_by_stage_national")
    rows = stages[(stages["stage"] == _STAGE) & stages["denominator"].notna()]
    rows = rows[rows["period_end"] == rows["period_end"].max()].set_index("ethnic_group")
    known = rows.drop(index=[_WITHOUT, "All"], errors="ignore")
    events, people = (known[name].astype(float) for name in ("numerator", "denominator"))
    older = load("population_share_national").set_index("ethnic_group")
    shares = {
        "Census of 2011": [float(older["value"][group]) for group in (_GROUP, REFERENCE)],
        "Census of 2021": [
            100 * float(people[group] / people.sum()) for group in (_GROUP, REFERENCE)
        ],
    }
    halves = {"Census of 2011": _HALF, "Census of 2021": 0.0}
    found = pd.DataFrame(
        [
            {"base": base, "share": one, "reference_share": other, "half": halves[base]}
            for base, (one, other) in shares.items()
        ]
    )
    found["numerator"], found["reference_numerator"] = events[_GROUP], events[REFERENCE]
    # Only the shares of the base are rounded; the counts are whole.
    least, most = (_at(found, side * found["half"]) for side in (1, -1))
    found["value"] = _at(found, 0 * found["half"]).value
    found["lowest"], found["highest"] = least.value, most.value
    found["lower"], found["upper"] = least.lower, most.upper
    names = [*older["source"], rows["source"].iloc[0], rows["denominator_source"].iloc[0]]
    found.attrs = {"cited": cited(pd.DataFrame({"source": names}))}
    return found


def _at(rows: pd.DataFrame, away: pd.Series) -> Estimate:
    """Compare the two rates with the shares of the base ``away`` from the printed ones, apart."""
    found: Estimate = rate_ratio(
        rows["numerator"],
        rows["share"] + away,
        rows["reference_numerator"],
        rows["reference_share"] - away,
    )
    return found


def _told(national: pd.DataFrame) -> Sentence:
    old, new = (row for _, row in national.iterrows())
    said = (
        f"The count is {numbers.count(old['numerator'])} Black and "
        f"{numbers.count(old['reference_numerator'])} White children. On the shares of 2011 "
        f"({per_hundred(old['share'], 0)} and {per_hundred(old['reference_share'], 0)} of children) "
        f"their ratio is {numbers.ratio(old['value'])}, between {numbers.ratio(old['lowest'])} and "
        f"{numbers.ratio(old['highest'])} for the rounding of the shares; on those of 2021 "
        f"({per_hundred(new['share'])} and {per_hundred(new['reference_share'])}) it is "
        f"{numbers.ratio(new['value'])}. The base alone makes the one "
        f"{numbers.ratio(old['value'] / new['value'])} of the other."
    )
    inputs = {
        "Black children cautioned or sentenced": numbers.count(old["numerator"]),
        "White children cautioned or sentenced": numbers.count(old["reference_numerator"]),
    }
    return traced(Sentence(said, kind="note"), origins(national), "rounded_shares", inputs=inputs)


def _chart(national: pd.DataFrame) -> Chart:
    return ratio_forest(
        national,
        label="base",
        rows_are="Base",
        title="The same children, on two censuses",
        measure="rate of children cautioned or sentenced, Black children",
        subtitle="England and Wales, rate of Black children beside that of White children",
        source=f"{cite(national)}; ratios are own analysis",
        name="explained-census",
        note="The interval on the census of 2011 allows for the rounding of its shares too.",
    )


def _table(national: pd.DataFrame) -> Table:
    shown = national.assign(
        bounds=spans(national["lowest"], national["highest"], numbers.ratio, 1.0),
        interval=spans(national["lower"], national["upper"], numbers.ratio, 1.0),
    )
    return Table(
        shown,
        caption="Children cautioned or sentenced, Black beside White children, on two censuses",
        columns={
            "base": "Base",
            "share": "Black children",
            "reference_share": "White children",
            "value": "Ratio",
            "bounds": "Rounding bounds",
            "interval": "95% interval with rounding",
        },
        formats={
            "share": per_hundred,
            "reference_share": per_hundred,
            "value": numbers.ratio,
        },
        align_right=("bounds", "interval"),
        behind={
            "value": Behind("value", "lower", "upper", "ratio"),
            "bounds": Behind("", "lowest", "highest", "ratio"),
            "interval": Behind("", "lower", "upper", "ratio"),
        },
        note="Shares are of children aged 10 to 17 in England and Wales. The ratio is of the two rates.",
        source=f"{cite(national)}; ratios are own analysis",
    )


def _local(found: Place) -> list[Displays]:
    rows = linked_cohort(found) if found.country == "England" else pd.DataFrame()
    people = load("population_ethnicity_area")
    people = people[(people["area_code"] == found.code) & people["value"].notna()]
    if rows.empty or people.empty:
        none = f"For {found.name} the school cohort or the census by ethnic group is not published."
        return [Sentence(none, kind="note")]
    both = local_bases(rows, people)
    listed = (*origins(rows), *origins(people))
    if both.empty:
        none = f"The printed shares of {found.name} are too few to divide."
        return [Sentence(none, kind="note")]
    table = Table(
        both,
        caption=f"Children of {found.name} cautioned or sentenced, on two bases: ratio to White children",
        columns={
            "ethnic_group": "Ethnic group",
            "share": "Share of outcome",
            "pupils": "Of pupils",
            "residents": "Of residents",
            "on_pupils": "Ratio on pupils",
            "on_residents": "Ratio on residents",
        },
        formats={
            "share": lambda value: per_hundred(value, 0),
            "pupils": lambda value: per_hundred(value, 0),
            "residents": per_hundred,
            "on_pupils": numbers.ratio,
            "on_residents": numbers.ratio,
        },
        note="Pupils finished key stage 4 in 2013 to 2018; residents are children aged 10 to 17 at the "
        "census of March 2021. The two bases are other children, in other years, and each has its "
        "own reasons to be wrong. Ratios of whole per cents, without chance: nothing is claimed of them.",
        source=f"{cite(rows, people)}; ratios are own analysis",
    )
    return [
        traced(table, listed, "rounded_shares"),
        Sentence(
            "No count of children by ethnic group and age is published for an area between censuses, and "
            "the shares of 2011 for single areas are not at hand. Say which base a ratio rests on, and "
            "never set ratios on two bases beside each other as a change.",
            kind="method",
        ),
    ]


def local_bases(rows: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Divide the printed shares of an outcome by shares of pupils, and by those of residents."""
    rows = rows[rows["stage"] == "cautioned or sentenced"].set_index("ethnic_group")
    residents = (
        people.drop_duplicates("ethnic_group").set_index("ethnic_group")["value"].astype(float)
    )
    residents = 100 * residents / residents["All"]
    groups = [
        group for group in ("Asian", "Black", "Mixed", "White", "Other") if group in rows.index
    ]
    shown = rows.loc[groups, ["share", "pupils"]].astype(float).assign(residents=residents)
    for base in ("pupils", "residents"):
        rates = shown["share"] / shown[base]
        shown[f"on_{base}"] = rates / rates[REFERENCE]
    known = shown.dropna(subset=["on_pupils", "on_residents"])
    return known.rename_axis("ethnic_group").reset_index()
