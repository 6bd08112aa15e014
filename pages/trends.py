"""Is it getting better: the verdict, the advice that follows from it, and the charts with their tables."""

import streamlit as st

from pages.components.guard import via_app

via_app()

from pages.components import (  # noqa: E402
    compare,
    experimenting,
    insights,
    notice,
    rebaseline,
    resources,
    shown,
    trend_charts,
    verdict,
)
from pages.components import course as gathered  # noqa: E402

catalogue, today = resources.catalogue(), resources.today()
with resources.database() as db:
    course = gathered.course(db, catalogue, today)

st.title("Trends", anchor=False)
rebaseline.receipt()
verdict.draw(course.trend, catalogue)
verdict.draw_advice(gathered.logged_advice(course, catalogue), catalogue)

first = shown.first_day(course)
if first is None:
    notice.way("pages/today.py", "Go to the first check-in")
    st.stop()

seen = shown.shown(course, *shown.chosen(first, today))
trend_charts.pain(seen, course, catalogue)
trend_charts.calendar(seen, course)
trend_charts.reach(seen)
trend_charts.sitting(seen)
trend_charts.check_ins(seen)

st.header("Look closer", anchor=False)
compare.draw(first, catalogue, today)
rebaseline.draw(first, today)
insights.draw(catalogue, today)
experimenting.draw(catalogue, today)
