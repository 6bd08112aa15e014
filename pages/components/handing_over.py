"""The page for the clinician, gathered from what is stored and offered as a file."""

from functools import partial

import streamlit as st

from pages.components import course, measures, resources, verdict
from pages.components.assessed import Latest
from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.exchange.handover import Tried, page, summarise
from unpinch.trend import Direction


def button(latest: Latest, catalogue: Catalogue) -> None:
    """The file, made when it is asked for."""
    day = resources.today()
    st.download_button(
        "One page for the clinician",
        data=partial(written, latest, catalogue),
        file_name=f"unpinch-{day.isoformat()}.html",
        mime="text/html",
        icon=":material/print:",
        on_click="ignore",
    )
    st.caption(
        "A file that opens in any browser, to print or to show. It holds health answers: mind where you keep it."
    )


def written(latest: Latest, catalogue: Catalogue) -> str:
    """The page as HTML, with everything that is stored up to now."""
    with resources.database() as db:
        sessions, hurts, values = store.sessions(db), store.hurts(db), store.measures(db)
        result = course.course(db, catalogue, resources.today()).trend
    told = "" if result.direction is Direction.TOO_EARLY else verdict.sentence(result, catalogue)
    tried = Tried(sessions, hurts, latest.routine, measures.sentences(values, catalogue), told)
    return page(summarise(latest.stored.day, latest.response, latest.assessment, tried, catalogue))
