"""The table of contents: `streamlit run app.py`, or the `unpinch` command, which serves the same file."""

import sys
from pathlib import Path

import streamlit as st

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

from pages.components import breaks, guard, notice, resources, saving  # noqa: E402
from unpinch.store import StoreError  # noqa: E402

guard.mark()
st.set_page_config(page_title="Unpinch", page_icon=str(HERE / "pages/components/icon.png"), layout="centered")
st.logo(str(HERE / "pages/components/logo.svg"), size="large")
page = st.navigation(
    [
        st.Page("pages/today.py", title="Today", default=True),
        st.Page("pages/assess.py", title="Assess"),
        st.Page("pages/routine.py", title="Routine"),
        st.Page("pages/trends.py", title="Trends"),
        st.Page("pages/learn.py", title="Learn"),
        st.Page("pages/my_data.py", title="My data"),
        st.Page("pages/danger_signs.py", title="Danger signs"),
    ],
    position="top",
)
body = st.container()
notice.footer(page.title)  # below the body, yet drawn before it: a page that stops keeps its way to the danger signs
breaks.go_on(resources.catalogue())
with body:
    notice.demo_banner()
    saving.problem()
    try:
        page.run()
    except StoreError as fault:
        st.error(str(fault))
