"""Self-assessment: consent, the questions one topic at a time, the summary, the result."""

import streamlit as st

from pages.components.guard import via_app

via_app()

from pages.components import assessed, consent, resources, result, screen_top, screens  # noqa: E402

catalogue = resources.catalogue()
questionnaire = catalogue.questionnaire
response = assessed.in_progress(catalogue)
latest = None if response else assessed.latest(catalogue)

if not consent.given(catalogue):
    place = "consent"
    st.title("Self-assessment", anchor=False)
    consent.ask(catalogue)
elif response:
    place = response.page or questionnaire.screens[0].id
    if place == screens.SUMMARY:
        screens.draw_summary(response.uid, catalogue)
    else:
        screens.draw_screen(place, response.uid, catalogue)
    if assessed.may_drop(response, catalogue):
        st.button("Keep my last result instead", type="tertiary", on_click=assessed.drop, args=(response.uid,))
elif latest:
    place = latest.stored.uid
    result.draw(latest, catalogue)
else:
    place = "start"
    st.title("Self-assessment", anchor=False)
    st.markdown(
        f"{len(questionnaire.screens)} short screens, under four minutes. Warning signs come first. "
        "Every answer is kept as you give it, so you can stop and come back. “Not sure” is always a good answer."
    )
    st.button("Start", type="primary", on_click=assessed.begin, args=(catalogue,))
screen_top.at_top(place)
