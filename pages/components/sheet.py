"""The routine to print: a file that is made only when somebody asks for it."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from pages.components import resources
from pages.components.assessed import Latest
from unpinch.catalogue import Catalogue, Source
from unpinch.routine import Routine


def button(routine: Routine, latest: Latest, catalogue: Catalogue) -> None:
    """A button that saves the routine as one HTML file, ready to print on one or two sheets of A4."""
    today, said, sources = resources.today(), latest.said, catalogue.sources
    st.download_button(
        "Routine to print",
        data=lambda: page(routine, today, said, sources),  # in another thread, which has no session
        file_name=f"routine-{today.isoformat()}.html",
        mime="text/html",
        icon=":material/print:",
        on_click="ignore",
        help="One file with pictures, doses and stop rules. Open it in a browser and print it.",
    )


def page(routine: Routine, today: date, said: Mapping[str, str], sources: Mapping[str, Source]) -> str:
    """The file: the routine with the picture of each exercise for the side that leads."""
    from unpinch import figure
    from unpinch.catalogue import figure as read
    from unpinch.exchange.sheet import sheet

    pictures = {
        step.exercise.id: figure.draw(
            figure.load(read(step.exercise.id)), step.lead, f"sheet-{step.exercise.id}", theme="light"
        )
        for step in routine.steps
    }
    plain = {item: text.replace("**", "").replace("\\$", "$") for item, text in said.items()}  # said in Markdown
    return sheet(routine.steps, pictures, sources, today, routine.minutes, plain)
