"""The routine to print: a file that is made only when somebody asks for it."""

import streamlit as st

from pages.components import resources
from pages.components.assessed import Latest
from unpinch.catalogue import Catalogue
from unpinch.exercise import Step
from unpinch.routine import Routine


def button(routine: Routine, latest: Latest, catalogue: Catalogue) -> None:
    """A button that saves the routine as one HTML file, ready to print on one or two sheets of A4."""
    today, said = resources.today(), latest.said

    def made() -> str:  # in another thread, which has no session
        from unpinch.exchange.sheet import sheet

        pictures = {step.exercise.id: _picture(step) for step in routine.steps}
        return sheet(routine.steps, pictures, catalogue.sources, today, routine.minutes, said)

    st.download_button(
        "Routine to print",
        data=made,
        file_name=f"routine-{today.isoformat()}.html",
        mime="text/html",
        icon=":material/print:",
        on_click="ignore",
        help="One file with pictures, doses and stop rules. Open it in a browser and print it.",
    )


def _picture(step: Step) -> str:
    from unpinch import figure
    from unpinch.catalogue import figure as read

    return figure.draw(figure.load(read(step.exercise.id)), step.lead, f"sheet-{step.exercise.id}", theme="light")
