"""What is said about one experiment: what will be compared, how far it is, and the verdict with its data."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages.components import assessed, resources
from pages.components.measures import plain
from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.evidence import signed
from unpinch.experiment import (
    Experiment,
    OtherChange,
    Outcome,
    Period,
    Stage,
    Verdict,
    overlapping,
    usual_swing,
    verdict,
    weeks_before,
)
from unpinch.meaningful import levels
from unpinch.weeks import WEEK, Rating

NO_PROOF = (
    "A comparison of before and after cannot prove that the change was the cause. Pain goes up and down by itself, a"
    " change is often begun in a bad spell, and some settling is expected anyway."
)
TITLES = {
    Outcome.BETTER: "Better than before",
    Outcome.WORSE: "Worse than before",
    Outcome.NO_CLEAR_DIFFERENCE: "No clear difference",
    Outcome.NOT_ENOUGH: "Not enough ratings to say",
}
CHOICES = {
    "swap": "an exercise was exchanged",
    "leave_out": "an exercise was left out",
    "widen": "the plan was widened",
}
"""Adjustments of the routine that count as another change."""


def line(one: Experiment, today: date) -> str:
    """One line while it runs, or in the week after it ended; else nothing."""
    match one.stage(today):
        case Stage.RUNNING:
            return f"An experiment is running: {plain(one.change)}. {_left(one, today)}"
        case Stage.PLANNED:
            return f"An experiment begins on {_day(one.first_day)}: {plain(one.change)}."
        case _ if today - one.last_day <= WEEK:
            return f"Your experiment is over, with its result below: {plain(one.change)}."
    return ""


def preview(first: date, weeks: int, catalogue: Catalogue) -> None:
    """Before it starts: what is compared, and what would count as better."""
    planned = Experiment("preview", "?", "?", first, weeks, resources.now(), resources.timezone())
    _compared(planned, weeks_before(planned, _ratings(planned), catalogue.thresholds), catalogue)


def progress(one: Experiment, catalogue: Catalogue, today: date) -> None:
    """While it is planned or running: days left, ratings so far, and what else changes."""
    found = verdict(one, _ratings(one), catalogue.thresholds)
    if one.stage(today) is Stage.PLANNED:
        st.markdown(f"It begins on {_day(one.first_day)}, for {one.weeks} weeks.")
    else:
        rated = found.during.ratings
        st.markdown(f"{_left(one, today)} {rated} rated {'day' if rated == 1 else 'days'} since it began.")
    _compared(one, found.before, catalogue)
    _others(one, catalogue, "It is easier to tell what helped if only one thing changes at a time.")


def judged(one: Experiment, catalogue: Catalogue, today: date) -> None:
    """At its end: the verdict with its data, and what it cannot tell."""
    found = verdict(one, _ratings(one), catalogue.thresholds)
    st.markdown(f"**{TITLES[found.outcome]}**")
    if one.stopped_early:
        st.markdown(
            f"It was stopped early, on {_day(one.last_day)} instead of {_day(one.planned_last_day)}. Only whole weeks"
            " of it are compared, with as many before."
        )
    st.markdown(_said(found, catalogue))
    if found.drift is not None and abs(found.drift) >= catalogue.thresholds["trend_flat_points"]:
        way = "falling" if found.drift < 0 else "rising"
        st.markdown(
            f"Pain was already {way} before the change began ({signed(found.drift)} points from the first to the last"
            " week before it). That alone may have gone on."
        )
    _others(one, catalogue, "What did what cannot be told apart.")
    rows = _rows("Before", found.before) + _rows("With it", found.during)
    if rows:
        st.table(rows, hide_index=True)
    enough = int(catalogue.thresholds["trend_provisional_ratings"])
    st.caption(f"A week with fewer than {enough} rated days is not used. {NO_PROOF}")


def _said(found: Verdict, catalogue: Catalogue) -> str:
    old, new = found.before.mean, found.during.mean
    if found.change is None or found.low is None or found.high is None or old is None or new is None:
        least = int(catalogue.thresholds["experiment_counted_weeks"])
        return (
            f"A verdict needs {least} weeks with enough ratings before the change and {least} with it. There are"
            f" {len(found.before.weeks)} and {len(found.during.weeks)}."
        )
    said = (
        f"{old:.1f} on average in the weeks before, {new:.1f} with the change:"
        f" {signed(round(new, 1) - round(old, 1))} points, plausibly {signed(found.low)} to {signed(found.high)} with"
        " the usual ups and downs."
    )
    if found.outcome is Outcome.NO_CLEAR_DIFFERENCE:
        said += " That is less than what matters, or no more than chance brings. It does not show that nothing changed."
    return said


def _compared(one: Experiment, before: Period, catalogue: Catalogue) -> None:
    st.markdown(
        f"Compared are the {one.weeks} weeks before, {_day(before.first)} to {_day(before.last)}, and the {one.weeks}"
        f" weeks of the change, {_day(one.first_day)} to {_day(one.planned_last_day)}, by the averages of their weeks."
    )
    least = int(catalogue.thresholds["experiment_counted_weeks"])
    if before.mean is None or len(before.weeks) < least:
        enough = int(catalogue.thresholds["trend_provisional_ratings"])
        st.markdown(
            f"Of the weeks before, {len(before.weeks)} hold enough ratings so far; at least {least} are needed, with"
            f" {enough} rated days each. A later beginning leaves time for that."
        )
        return
    bounds, said = levels(before.mean, catalogue.thresholds), []
    if bounds.better is not None:
        said.append(f"{bounds.better:.1f} or less would count as better")
    if bounds.worse is not None:
        said.append(f"{bounds.worse:.1f} or more as worse")
    st.markdown(
        f"The weeks before lie at {before.mean:.1f} on average ({before.ratings} ratings). {' and '.join(said)}, if the"
        f" difference is also more than about {usual_swing(before, catalogue.thresholds):.1f} points, the usual ups and"
        " downs of your weeks. More weeks and more ratings make that less."
    )


def _others(one: Experiment, catalogue: Catalogue, why: str) -> None:
    found = overlapping(one, _changes(one, catalogue))
    if found:
        named = "\n".join(f"- {other.words}, {_day(other.first)}" for other in found)
        st.markdown(f"Something else changed in these weeks, too. {why}\n\n{named}")


def _changes(one: Experiment, catalogue: Catalogue) -> list[OtherChange]:
    """Events, new assessments and choices for the routine around an experiment."""
    with resources.database() as db:
        events = store.events(db, one.before_from)
        chosen = [choice for choice in store.adjustments(db) if choice.kind in CHOICES]
    found = [OtherChange(plain(event.label), event.first_day, event.last_day) for event in events]
    found += [OtherChange(f"Routine: {CHOICES[choice.kind]}", choice.day, choice.day) for choice in chosen]
    days = [past.stored.day for past in assessed.past(catalogue)]
    found += [OtherChange("A new assessment, which may have changed the routine", day, day) for day in days[1:]]
    return sorted(found, key=lambda other: other.first)


def _ratings(one: Experiment) -> Sequence[Rating]:
    with resources.database() as db:
        return store.ratings_between(db, one.before_from, min(one.planned_last_day, resources.today()))


def _rows(name: str, period: Period) -> list[dict[str, str]]:
    return [
        {
            "Week": f"{name}, {week.start.day}\N{NO-BREAK SPACE}{week.start:%b}",
            "Ratings": str(week.n),
            "Mean": f"{week.mean:.1f}",
        }
        for week in period.weeks
    ]


def _left(one: Experiment, today: date) -> str:
    days = one.days_left(today)
    return f"{days} {'day' if days == 1 else 'days'} left."


def _day(day: date) -> str:
    return f"{day.day}\N{NO-BREAK SPACE}{day:%b}\N{NO-BREAK SPACE}{day:%Y}"
