"""The charts of the trends page, each with its sentence, its key, its tables and its picture."""

from functools import partial
from typing import Any

import streamlit as st

from pages.components import calendar_chart, charts, pain_chart, picture_file, sentences, strips, tables
from pages.components.charts import Row
from pages.components.picture_file import Picture
from pages.components.shown import Shown
from unpinch.advice import Course
from unpinch.catalogue import Catalogue
from unpinch.meaningful import levels
from unpinch.weeks import OF_A_DAY


def pain(shown: Shown, course: Course, catalogue: Catalogue) -> None:
    """Pain over time with what happened meanwhile."""
    rows, lanes = _pain_rows(shown, course, catalogue)
    said = sentences.pain(shown.days, shown.weeks, shown.since, shown.until)
    more = sentences.high_pain(shown.days, shown.weeks, catalogue.thresholds["high_pain_nrs"])
    key = sentences.key({row["kind"] for row in rows}, catalogue.thresholds, short=shown.short)
    rated = sum(week.n for week in shown.weeks)
    if shown.short:
        rated = sum(rating.days == OF_A_DAY for rating in shown.days)
    counted, size = f"rated on {_days(rated)}", (pain_chart.PLOT_PX, pain_chart.below(lanes) + charts.AXIS_PX)
    said, spec = f"{said} {more}".strip(), pain_chart.spec(lanes)
    _chart(Picture("pain", "Pain", said, counted, key, shown.since, shown.until, spec, rows, *size))
    tables.door(
        "Tables of this chart",
        "pain",
        (tables.WEEKS, partial(tables.weeks, shown.weeks)),
        (tables.SPREADS, partial(tables.spreads, shown.weeks)),
        (tables.EVENTS, partial(tables.events, shown.events)),
        (tables.SESSIONS, partial(tables.sessions, shown.sessions)),
    )


def calendar(shown: Shown, course: Course) -> None:
    """Sessions done, day by day."""
    weeks = calendar_chart.weeks_shown(course.adherence, shown.since)
    if not weeks:
        return
    said = calendar_chart.sentence(weeks, course.adherence, shown.until)
    rows = calendar_chart.rows(weeks, course.adherence, shown.until)
    counted = f"sessions on {_days(sum(row['kind'] == 'Session' for row in rows))}"
    size = (calendar_chart.PLOT_PX, calendar_chart.NUMBERS_PX + charts.AXIS_PX)
    key, spec = calendar_chart.KEY, calendar_chart.spec()
    _chart(Picture("sessions", "Sessions", said, counted, key, weeks[0].start, shown.until, spec, rows, *size))
    table = partial(calendar_chart.table, weeks, course.adherence)
    tables.door("Table of this chart", "sessions", ("Sessions a week.", table))


def reach(shown: Shown) -> None:
    """How far down it goes."""
    if rows := charts.reach_rows(shown.check_ins):
        said = sentences.reach(shown.check_ins)
        _small(shown, "reach", "How far down it goes", said, rows, charts.reach_spec())


def sitting(shown: Shown) -> None:
    """Minutes of sitting before it hurts."""
    if rows := charts.sitting_rows(shown.check_ins):
        said = sentences.sitting(shown.check_ins)
        _small(shown, "sitting", "Sitting before it hurts", said, rows, charts.sitting_spec())


def check_ins(shown: Shown) -> None:
    """The check-ins behind the charts of reach and sitting, and behind the dots."""
    if shown.check_ins:
        tables.door(
            "Tables of the check-ins",
            "check_ins",
            (tables.PAIN, partial(tables.days, shown.check_ins)),
            (tables.SITTING, partial(tables.sitting, shown.check_ins)),
        )


def _chart(picture: Picture) -> None:
    st.header(picture.title, anchor=False)
    st.markdown(picture.said)
    st.vega_lite_chart(picture.rows, picture.spec, width="stretch", alt=picture.said)
    with st.container(horizontal=True):
        if picture.key:
            with st.popover("How to read it", key=f"key_{picture.name}"):
                st.markdown("\n".join(f"- {line}" for line in picture.key))
        picture_file.buttons(picture)


def _small(shown: Shown, name: str, title: str, said: str, rows: list[Row], spec: dict[str, Any]) -> None:
    rows = [*charts.frame_rows(shown.since, shown.until), *rows]
    days = {row["at"] for row in rows if row["kind"] == "Day"}
    counted, size = _days(len(days)), (charts.PLOT_PX, charts.AXIS_PX)
    _chart(Picture(name, title, said, counted, (), shown.since, shown.until, spec, rows, *size))


def _days(count: int) -> str:
    return f"{count} day{'s' if count != 1 else ''}"


def _pain_rows(shown: Shown, course: Course, catalogue: Catalogue) -> tuple[list[Row], int]:
    since, until, trend = shown.since, shown.until, course.trend
    rows = [*charts.frame_rows(since, until), *pain_chart.week_rows(shown.weeks, since, until)]
    rows += pain_chart.day_rows(shown.days)
    if trend.baseline is not None and trend.baseline_start is not None:
        matters = levels(trend.baseline, catalogue.thresholds)
        rows += pain_chart.baseline_rows(trend.baseline, trend.baseline_start, matters, since, until)
    if shown.anew is not None:
        rows += pain_chart.anew_rows(shown.anew, since, until)
    groups: list[tuple[str, list[Row]]] = []
    if shown.short:
        pains = {session.day: sentences.pain_around(session) for session in shown.sessions}
        told = {entry.day for entry in shown.check_ins if entry.flare}
        groups = [
            ("Rated", strips.numbers(shown.weeks, since, until)),
            ("Sessions", strips.sessions(course.adherence.marks, pains, since, until)),
            ("Flares", strips.flares(told, course.flares, since, until)),
            ("Plan", strips.changes(shown.changes, since, until)),
        ]
    lanes = strips.events(shown.events, since, until)
    groups += [("Events" if not number else "", lane) for number, lane in enumerate(lanes)]
    laid, count = strips.laid(groups)
    return rows + laid, count
