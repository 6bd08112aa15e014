"""An exercise on a page: in short beside a routine, or in full in the library."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

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


def _claims(title: str, claims: tuple[Claim, ...], cited: Cited) -> Iterator[str]:
    if claims:
        yield f"**{title}**\n\n" + "\n".join(f"- {claim.text}{cited.mark(claim.source)}" for claim in claims)


def _numbered(lines: Iterable[str]) -> str:
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))


def full(exercise: Exercise, catalogue: Catalogue, cited: Cited) -> None:
    """Everything about an exercise, with every source's dose."""
    st.title(exercise.name, anchor=False)
    st.markdown(exercise.purpose + cited.mark(*exercise.sources))
    pictures.explore(exercise.id, "full")
    st.markdown(f"**Getting into place.** {exercise.setup}")
    st.markdown(_numbered(exercise.instructions))
    st.markdown(f"**What is right to feel.** {exercise.feel}")
    dose = exercise.dose
    sides = {
        "affected_first": "each side, sore side first",
        "affected_only": "on the sore side",
        "together": "both sides together",
    }
    least, most = dose.per_week
    st.header("How much", anchor=False)
    much = (
        f"**{dose.text}**, {sides[exercise.sides]}, on {least} to {most} days a week. "
        f"{dose.note}{cited.mark(dose.source)}"
    )
    st.markdown("\n\n".join((much, *_claims("What each source says", exercise.doses_by_source, cited))))
    st.header("Doing it well", anchor=False)
    parts = {
        "Keep in mind": exercise.cues,
        "Common errors": exercise.errors,
        "Stop if": exercise.stop_if,
        "Easier": exercise.easier,
        "Harder": exercise.harder,
    }
    st.markdown("\n\n".join(text for title, claims in parts.items() for text in _claims(title, claims, cited)))
    left_out = [catalogue.findings[name] for name in exercise.excluded_by if name in catalogue.findings]
    if left_out:
        st.markdown("**Left out with:** " + ", ".join(text.title.lower() for text in left_out) + ".")


def short(step: Step, said: Mapping[str, str], cited: Cited, adjust: Callable[[], None]) -> None:
    """One step of a routine: dose, when to stop, and behind a fold how and why; `adjust` draws below."""
    exercise, dose = step.exercise, step.dose
    with st.container(border=True):
        pictures.show(exercise.id, step.lead, "card")
        lines = [f"### {exercise.name}", f"**{dose.text}**, {_sides(step)}{cited.mark(*step.sources)}"]
        if form := form_of(step):
            kind = "A harder form" if step.form > 0 else "An easier form"
            lines.append(f"**{kind}:** {form.text}{cited.mark(form.source)}")
        lines += [exercise.purpose, *_claims("Stop if", exercise.stop_if, cited)]
        st.markdown("\n\n".join(lines))
        behind = (*exercise.cues, *exercise.errors, *exercise.doses_by_source)
        cited.mark(*(claim.source for claim in behind), dose.source)  # numbers stay, whatever is open
        # made once it is open: a page of four cards is heavy for a phone without it
        fold = st.expander("How to do it, and why", key=f"fold:{exercise.id}", on_change="rerun")
        if fold.open:
            fold.markdown("\n\n".join(_how_and_why(step, said, cited)))
        adjust()


def _how_and_why(step: Step, said: Mapping[str, str], cited: Cited) -> Iterator[str]:
    exercise = step.exercise
    yield exercise.setup
    yield _numbered(exercise.instructions)
    yield from _claims("Keep in mind", exercise.cues, cited)
    yield from _claims("Common errors", exercise.errors, cited)
    yield from _claims("The dose by source", exercise.doses_by_source, cited)
    yield f"**Our start.** {exercise.dose.note}{cited.mark(exercise.dose.source)}"
    if because := notice.answered(step.because, said):
        yield f"**Because you answered**\n\n{because}"


def _sides(step: Step) -> str:
    if step.exercise.sides == "together":
        return "both sides together"
    if step.side is Side.BOTH:
        return f"each side, {step.lead} first"
    return f"{step.side} side"
