"""What a person agrees to before the first question, and the country whose numbers they need."""

import streamlit as st

from pages.components import resources, saving
from unpinch import store
from unpinch.catalogue import Catalogue


def given(catalogue: Catalogue) -> bool:
    """Whether the text in force was agreed to."""
    with resources.database() as db:
        last = store.last_consent(db)
    return last is not None and last.version == catalogue.consent.version


def ask(catalogue: Catalogue) -> None:
    """The text, the tick and the country. Agreement is kept with its date, version and words."""
    text = catalogue.consent
    st.header("Before you begin", anchor=False)
    st.markdown("\n".join(f"- {point}" for point in text.points))
    names = {country.id: country.name for country in catalogue.countries.values()}
    st.selectbox(
        "Where are you? (for the numbers to call)",
        list(names),
        format_func=names.__getitem__,
        key="consent_country",
        index=0,
    )
    st.checkbox(text.agree, key="consent_tick")
    st.button("Begin", type="primary", on_click=_agree, args=(catalogue,))
    if st.session_state.get("consent_refused"):
        st.error("Tick the line above to begin. Without it nothing is asked and nothing is kept.")


@saving.told()
def _agree(catalogue: Catalogue) -> None:
    agreed, country = st.session_state["consent_tick"], st.session_state["consent_country"]
    st.session_state["consent_refused"] = not agreed
    if agreed:
        text = "\n".join((*catalogue.consent.points, catalogue.consent.agree))
        with resources.database() as db:
            store.add_consent(db, catalogue.consent.version, resources.now(), text, country)
