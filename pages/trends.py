"""Is it getting better: the verdict, the advice that follows from it, and the charts with their tables."""

from datetime import timedelta

import streamlit as st

from pages.components.guard import via_app

via_app()

from pages.components import charts, question, resources, tables, verdict  # noqa: E402
from unpinch import store  # noqa: E402
from unpinch.weeks import one_a_day, ratings_of  # noqa: E402

RANGES = {"2 weeks": 14, "6 weeks": 42, "3 months": 91, "All": None}

catalogue, today = resources.catalogue(), resources.today()
with resources.database() as db:
    check_ins, sessions, pain = store.check_ins(db), store.sessions(db), store.pain_entries(db)
    course = verdict.course(db, check_ins, catalogue, today)
days = one_a_day(ratings_of(check_ins, pain), today)

st.title("Trends")
verdict.draw(course.trend, catalogue)
verdict.draw_advice(verdict.logged_advice(course, catalogue), catalogue)

seen = [rating.day for rating in days]
seen += [day for day in (*(one.day for one in sessions), *(one.day for one in check_ins)) if day <= today]
if not seen:
    st.page_link("pages/today.py", label="Go to the first check-in")
    st.stop()

usual = "2 weeks" if min(seen) > today - timedelta(days=14) else "6 weeks"
chosen = st.segmented_control(
    "Range", list(RANGES), default=usual, required=True, key="trends_range", wrap=True, format_func=question.ink
)
length = RANGES[chosen]
since = min(min(seen), today - timedelta(days=13)) if length is None else today - timedelta(days=length - 1)
days = tuple(rating for rating in days if rating.day >= since)
check_ins = tuple(entry for entry in check_ins if since <= entry.day <= today)
sessions = tuple(session for session in sessions if since <= session.day <= today)
weeks = tuple(week for week in course.trend.weeks if week.start + timedelta(days=6) >= since)
short = today - since <= charts.LONGEST_IN_DAYS
frame = charts.frame_rows(since, today)

st.header("Pain")
said = tables.pain_sentence(days, weeks, since, today)
st.markdown(said)
rows = [*frame, *charts.week_rows(weeks, today)]
if short:
    rows += [*charts.day_rows(days), *charts.session_rows(sessions), *charts.flare_rows(check_ins)]
if course.trend.baseline is not None:
    rows += charts.baseline_rows(course.trend.baseline, since, today)
st.vega_lite_chart(rows, charts.pain_spec(), width="stretch", alt=said)
st.caption(tables.PAIN_KEY if short else tables.LONG_KEY)
tables.weeks(weeks)
if not short:
    st.stop()

tables.sessions(sessions)
if reached := charts.reach_rows(check_ins):
    st.header("How far down it goes")
    said = tables.reach_sentence(check_ins)
    st.markdown(said)
    st.vega_lite_chart([*frame, *reached], charts.reach_spec(), width="stretch", alt=said)
if sat := charts.sitting_rows(check_ins):
    st.header("Sitting before it hurts")
    said = tables.sitting_sentence(check_ins)
    st.markdown(said)
    st.vega_lite_chart([*frame, *sat], charts.sitting_spec(), width="stretch", alt=said)
if reached or sat:
    tables.days(check_ins)
