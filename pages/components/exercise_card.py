"""An exercise on a page: in short beside a routine, or in full in the library."""

import re
from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from pages.components import notice, pictures
from pages.components.citations import Cited
from unpinch.catalogue import Catalogue
from unpinch.doses import form_of
from unpinch.exercise import Claim, Exercise, Side, Step

FAMILIES = {
    "release": "Massage with a ball",
    "stretch": "Stretches",
    "mobilise": "Loosening",
    "nerve": "Nerve sliding",
    "strengthen": "Strengthening",
}


def named_in(markdown: str, catalogue: Catalogue) -> list[Exercise]:
    """The exercises that a text links to, each once."""
    names = dict.fromkeys(re.findall(r"\[\[([a-z0-9_]+)\]\]", markdown))
    return [catalogue.exercises[name] for name in names if name in catalogue.exercises]


def _claims(title: str, claims: tuple[Claim, ...], cited: Cited) -> None:
    if claims:
        lines = "\n".join(f"- {claim.text}{cited.mark(claim.source)}" for claim in claims)
        st.markdown(f"**{title}**\n\n{lines}")


def full(exercise: Exercise, catalogue: Catalogue, cited: Cited) -> None:
    """Everything about an exercise, with every source's dose."""
    st.title(exercise.name)
    st.markdown(exercise.purpose + cited.mark(*exercise.sources))
    pictures.explore(exercise.id, "full")
    st.markdown(f"**Getting into place.** {exercise.setup}")
    st.markdown("\n".join(f"{n}. {line}" for n, line in enumerate(exercise.instructions, 1)))
    st.markdown(f"**What is right to feel.** {exercise.feel}")
    dose = exercise.dose
    sides = {
        "affected_first": "each side, sore side first",
        "affected_only": "on the sore side",
        "together": "both sides together",
    }
    least, most = dose.per_week
    st.header("How much")
    st.markdown(
        f"**{dose.text}**, {sides[exercise.sides]}, on {least} to {most} days a week. "
        f"{dose.note}{cited.mark(dose.source)}"
    )
    _claims("What each source says", exercise.doses_by_source, cited)
    st.header("Doing it well")
    _claims("Keep in mind", exercise.cues, cited)
    _claims("Common errors", exercise.errors, cited)
    _claims("Stop if", exercise.stop_if, cited)
    _claims("Easier", exercise.easier, cited)
    _claims("Harder", exercise.harder, cited)
    left_out = [catalogue.findings[name] for name in exercise.excluded_by if name in catalogue.findings]
    if left_out:
        st.markdown("**Left out with:** " + ", ".join(text.title.lower() for text in left_out) + ".")


def short(step: Step, said: Mapping[str, str], cited: Cited, adjust: Callable[[], None]) -> None:
    """One step of a routine: dose, cues, why, when to stop, and what `adjust` draws below."""
    exercise, dose = step.exercise, step.dose
    with st.container(border=True):
        pictures.show(exercise.id, step.lead, "card")
        lines = [f"### {exercise.name}", f"**{dose.text}**, {_sides(step)}{cited.mark(*step.sources)}"]
        if form := form_of(step):
            kind = "A harder form" if step.form > 0 else "An easier form"
            lines.append(f"**{kind}:** {form.text}{cited.mark(form.source)}")
        st.markdown("\n\n".join((*lines, exercise.purpose)))
        behind = (*exercise.cues, *exercise.errors, *exercise.doses_by_source)
        cited.mark(*(claim.source for claim in behind), dose.source)  # numbers stay, whatever is open
        _fold("How to do it", exercise, partial(_way, exercise, cited))
        if exercise.doses_by_source:
            _fold("What the sources say about the dose", exercise, partial(_by_source, exercise, cited))
        _claims("Stop if", exercise.stop_if, cited)
        notice.because(step.because, said)
        adjust()


def _fold(label: str, exercise: Exercise, content: Callable[[], None]) -> None:
    """A fold whose content is made once it is open: a page of four cards is heavy for a phone without it."""
    box = st.expander(label, key=f"fold:{label}:{exercise.id}", on_change="rerun")
    if box.open:
        with box:
            content()


def _way(exercise: Exercise, cited: Cited) -> None:
    st.markdown(exercise.setup)
    st.markdown("\n".join(f"{n}. {line}" for n, line in enumerate(exercise.instructions, 1)))
    _claims("Keep in mind", exercise.cues, cited)
    _claims("Common errors", exercise.errors, cited)


def _by_source(exercise: Exercise, cited: Cited) -> None:
    _claims("By source", exercise.doses_by_source, cited)
    st.markdown(f"Our start: {exercise.dose.note}{cited.mark(exercise.dose.source)}")


def _sides(step: Step) -> str:
    if step.exercise.sides == "together":
        return "both sides together"
    if step.side is Side.BOTH:
        return f"each side, {step.lead} first"
    return f"{step.side} side"
