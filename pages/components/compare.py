"""Two periods side by side, chosen by the person; loaded only once it is opened."""

from datetime import date

import streamlit as st

from pages.components import resources
from pages.components.charts import words
from pages.components.question import begin
from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.periods import (
    Period,
    PeriodSummary,
    latest_against_before,
    latest_against_first,
    matters,
    summarise_period,
)  # fmt: skip

WEEKS = 4
BEFORE = "Last 4 weeks and the 4 before"
FIRST = "Last 4 weeks and the first 4"
OWN = "Own dates"
CAUTION = (
    "This describes the days that were rated. Two periods differ by chance too, the more so when they were picked after"
    " looking, and a difference does not show what brought it about."
)


def draw(first: date, catalogue: Catalogue, today: date) -> None:
    """The door to the comparison. `first` is the earliest day that there is anything of."""
    box = st.expander("Compare two periods", key="compare", on_change="rerun")
    if not box.open:
        return
    with box:
        begin("compare_periods", BEFORE)
        choice = st.radio("Which periods", [BEFORE, FIRST, OWN], key="compare_periods")
        periods = _own(first, today) if choice == OWN else _preset(choice, first, today)
        if periods is None:
            st.caption("Choose the first and the last day of both periods.")
        elif periods[0][1] >= periods[1][0]:
            st.markdown("These periods share days, or the second does not come after the first. Choose others.")
        else:
            _compare(periods, catalogue, today)


def difference(before: PeriodSummary, after: PeriodSummary, least: float) -> str:
    """How the average changed from one period to the other, in words; too few rated days are said instead."""
    if min(before.n, after.n) < least or before.mean is None or after.mean is None:
        return (
            f"Too few rated days to compare: at least {least:g} in each period are needed, there are {before.n} and"
            f" {after.n}."
        )
    change = round(round(after.mean, 1) - round(before.mean, 1), 1)  # as the table shows them
    if not change:
        return f"The average is the same in both periods: {after.mean:.1f}."
    direction = "higher" if change > 0 else "lower"
    return f"In the second period the average is {abs(change):.1f} points {direction} than in the first."


def _preset(choice: str, first: date, today: date) -> tuple[Period, Period]:
    return latest_against_first(first, today, WEEKS) if choice == FIRST else latest_against_before(today, WEEKS)


def _own(first: date, today: date) -> tuple[Period, Period] | None:
    usual = latest_against_before(today, WEEKS)
    found: list[Period] = []
    for name, label, period in zip(("earlier", "later"), ("First period", "Second period"), usual, strict=True):
        begin(f"compare_{name}", tuple(min(max(day, first), today) for day in period))
        days = st.date_input(
            label, min_value=first, max_value=today, key=f"compare_{name}", format="DD/MM/YYYY", persist_state="session"
        )
        if isinstance(days, tuple) and len(days) == 2:
            found.append((days[0], days[1]))
    return (found[0], found[1]) if len(found) == 2 else None


def _compare(periods: tuple[Period, Period], catalogue: Catalogue, today: date) -> None:
    limits = catalogue.thresholds
    with resources.database() as db:
        days = store.daily_ratings(db, today, periods[0][0])
    before, after = (summarise_period(days, period, limits) for period in periods)
    told = difference(before, after, limits["trend_solid_ratings"])
    if told.startswith("In the second") and before.mean is not None and after.mean is not None:
        much = matters(before.mean, after.mean, limits)
        told += f" That is {'an amount that matters' if much else 'less than what matters'} to most people."
    st.markdown(told)
    first, second = _numbers(before), _numbers(after)
    rows = [{"Period": name, "First": first[name], "Second": second[name]} for name in first]
    st.table(rows, hide_index=True, alt="The two periods in numbers.")
    st.caption(CAUTION)


def _numbers(found: PeriodSummary) -> dict[str, str]:
    percent = found.high_percent
    return {
        "Days": f"{words(found.first)} to {words(found.last)}",
        "Rated days": str(found.n),
        "Median": "–" if found.median is None else f"{found.median:.3g}",
        "Average": "–" if found.mean is None else f"{found.mean:.1f}",
        "High pain": "–" if percent is None else f"{percent:.0f} % ({found.high_days} of {found.days_with_worst})",
    }
