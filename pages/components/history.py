"""Assessments over time: the latest against one's own first, and the list of all."""

from collections.abc import Sequence

import streamlit as st

from pages.components.assessed import Past
from pages.components.citations import Cited
from unpinch.catalogue import Catalogue
from unpinch.changes import changes
from unpinch.findings import Urgency

RESULTS = {
    Urgency.EMERGENCY: "Help now",
    Urgency.URGENT: "Same day",
    Urgency.SEE_CLINICIAN: "Clinician soon",
    Urgency.SELF_CARE: "Self-care",
}


def draw(past: Sequence[Past], catalogue: Catalogue, cited: Cited) -> None:
    """What has changed since the first, once there are two."""
    if len(past) < 2:
        return
    first, latest = past[0], past[-1]
    limits = catalogue.thresholds
    st.header("Since your first assessment", anchor=False)
    st.markdown(
        f"Compared with your own answers of {_day(first)}. A change of pain counts as real from"
        f" {limits['trend_better_points']:g} points or {limits['trend_better_percent']:g} per cent"
        f"{cited.mark('farrar-2001', 'ostelo-2008')}; when it began at {limits['trend_low_baseline']:g} or less, it"
        f" takes the share and at least {limits['trend_low_baseline_points']:g} point{cited.mark('unpinch')}."
        " Some settling is expected anyway, so none of this says what caused it."
    )
    lines = changes(catalogue.questionnaire, first.response, latest.response, limits)
    st.table(
        [{"": line.what, "First": line.first, "Now": line.latest, "Difference": line.words} for line in lines],
        hide_index=True,
    )
    with st.expander(f"All your assessments ({len(past)})"):
        st.table(
            [
                {
                    "Day": _day(one),
                    "Result": RESULTS[one.assessment.urgency],
                    "Average": _pain(one, "nrs_now"),
                    "Worst": _pain(one, "worst"),
                }
                for one in reversed(past)
            ],
            hide_index=True,
        )
        st.caption("Of one that you corrected, only the corrected answers count. The others stay in your data.")


def _day(one: Past) -> str:
    day = one.stored.day
    return f"{day.day}\N{NO-BREAK SPACE}{day:%b}\N{NO-BREAK SPACE}{day.year}"


def _pain(one: Past, item: str) -> str:
    value = one.response.answers.get(item)
    return f"{value:g}" if isinstance(value, int | float) else "–"
