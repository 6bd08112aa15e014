"""What one table of content says about another: every mismatch, each with its place and its mend."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import Formatter
from typing import Any

from unpinch import advice
from unpinch.catalogue import Catalogue, Lesson
from unpinch.cautions import CAUTION_RULES
from unpinch.emergencies import EMERGENCY_RULES
from unpinch.exercise import Exercise
from unpinch.findings import RULES, Urgency
from unpinch.indications import EXERCISE_INDICATIONS, HABIT_INDICATIONS
from unpinch.pattern import COUNTER, SUPPORTING, Match
from unpinch.questionnaire import Condition, Item, Kind, Questionnaire
from unpinch.referrals import REFERRAL_RULES
from unpinch.table import ContentError
from unpinch.trend import Direction, TooEarly
from unpinch.urgencies import URGENT_RULES

Errors = Iterator[ContentError]

ASKING = "content/questionnaire.toml"
FINDINGS = "content/findings.toml"
SOURCES = "content/sources.toml"
RULES_BY_URGENCY = {
    Urgency.EMERGENCY: EMERGENCY_RULES,
    Urgency.URGENT: URGENT_RULES,
    Urgency.SEE_CLINICIAN: REFERRAL_RULES,
    Urgency.SELF_CARE: CAUTION_RULES,
}
PLACEHOLDERS = {"emergency", "urgent"}
"""The numbers of the person's country that a finding's words may ask for."""


def cross_check(
    catalogue: Catalogue, lessons: Sequence[Lesson], figures: Mapping[str, object] | None = None
) -> tuple[ContentError, ...]:
    """Every mismatch between tables, lessons and rules; figures, by name, where they are given."""
    return (
        *_sources(catalogue, lessons),
        *_questionnaire(catalogue.questionnaire),
        *_findings(catalogue),
        *_same((*Match, *SUPPORTING, *COUNTER), catalogue.pattern, "content/pattern.toml", "feature"),
        *_same((*Direction, *TooEarly), catalogue.trend_texts, "content/trend.toml", "verdict"),
        *_same((rule.__name__ for rule in advice.RULES), catalogue.advice, "content/advice.toml", "advice"),
        *(error for exercise in catalogue.exercises.values() for error in _exercise(exercise, catalogue)),
        *_same(EXERCISE_INDICATIONS, catalogue.exercises, "content/exercises", "exercise"),
        *_same(HABIT_INDICATIONS, catalogue.habits, "content/habits.toml", "habit"),
        *(error for lesson in lessons for error in _links(lesson, catalogue)),
        *(_figures(catalogue, figures) if figures is not None else ()),
    )


def _same(known: Iterable[str], written: Iterable[str], file: str, thing: str) -> Errors:
    """The two must name the same things: what the rules know, and what is written."""
    known, written = tuple(known), tuple(written)
    for name in known:
        if name not in written:
            yield ContentError(file, name, f"is a {thing} of the rules without words", "write it")
    for name in written:
        if name not in known:
            yield ContentError(file, name, f"is a {thing} that no rule knows", "remove it, or add its rule")


def _citations(catalogue: Catalogue, lessons: Sequence[Lesson]) -> Iterator[tuple[str, str, str]]:
    """Each place that cites a source: its file, its path, the key."""
    tables: dict[str, Mapping[str, Any]] = {
        "content/habits.toml": catalogue.habits,
        "content/pattern.toml": catalogue.pattern,
        "content/advice.toml": catalogue.advice,
        "content/trend.toml": catalogue.trend_texts,
        "content/countries.toml": catalogue.countries,
        "content/measures.toml": catalogue.measures,
        "content/adaptation.toml": catalogue.adaptation,
        FINDINGS: catalogue.findings,
        ASKING: {item.id: item for item in catalogue.questionnaire.items},
    }
    for file, table in tables.items():
        for name, entry in table.items():
            yield from ((file, name, key) for key in entry.sources or ("",))
    for name, key in catalogue.threshold_sources.items():
        yield "content/thresholds.toml", name, key
    for exercise in catalogue.exercises.values():
        file = f"content/exercises/{exercise.id}.toml"
        yield from ((file, "sources", key) for key in exercise.sources or ("",))
        yield file, "dose.source", exercise.dose.source
        for part in ("cues", "errors", "stop_if", "easier", "harder", "doses_by_source"):
            yield from ((file, part, claim.source) for claim in getattr(exercise, part))
    for lesson in lessons:
        for mark in re.findall(r"\[(@[^\]]*)\]", lesson.body):
            yield from (
                (f"content/learn/{lesson.slug}.md", f"[{mark}]", key.strip().removeprefix("@"))
                for key in mark.split(";")
            )


def _sources(catalogue: Catalogue, lessons: Sequence[Lesson]) -> Errors:
    cited = set()
    for file, path, key in _citations(catalogue, lessons):
        cited.add(key)
        if not key:
            yield ContentError(file, path, "cites no source", f"add a key of {SOURCES}")
        elif key not in catalogue.sources:
            yield ContentError(file, path, f"cites {key!r}, which is not listed", f"list it in {SOURCES}")
    for key in catalogue.sources:
        if key not in cited:
            yield ContentError(SOURCES, key, "is cited nowhere", "remove it, or cite it where it is used")


def _questionnaire(questionnaire: Questionnaire) -> Errors:
    screens = {screen.id: screen for screen in questionnaire.screens}
    earlier: dict[str, Item] = {}
    for item in questionnaire.items:
        path = f"item[{item.id}]"
        if item.id in earlier:
            yield ContentError(ASKING, path, "is there twice", "rename or remove one")
        if item.page not in screens:
            yield ContentError(ASKING, f"{path}.page", f"{item.page!r} is no screen", "name one of the screens")
        elif item.group and item.group not in screens[item.page].lists:
            problem = f"{item.group!r} has no title on screen {item.page}"
            yield ContentError(ASKING, f"{path}.group", problem, "add it to the screen's lists")
        if item.group and not (item.tick and item.absent):
            mend = "give tick, its line in the list, and absent, its code when it is not ticked"
            yield ContentError(ASKING, path, "is in a list without its line or its absence", mend)
        if item.absent and item.absent not in item.codes:
            problem = f"{item.absent!r} is not one of its codes"
            yield ContentError(ASKING, f"{path}.absent", problem, f"use one of {', '.join(item.codes)}")
        if item.kind is Kind.NUMBER and not item.low < item.high:
            yield ContentError(ASKING, path, "has no range", "give low and high")
        if len(set(item.codes)) < len(item.codes) or (item.kind is Kind.CHOICES and not item.codes):
            yield ContentError(ASKING, f"{path}.options", "repeats or lacks codes", "give each code once")
        for condition in item.enable_when:
            yield from _condition(condition, earlier, f"{path}.enable_when")
        earlier[item.id] = item
    for screen in screens.values():
        groups = {item.group for item in questionnaire.on(screen.id)}
        for group in sorted(set(screen.lists) - groups):
            yield ContentError(ASKING, f"screen[{screen.id}].lists", f"{group!r} holds no item", "remove it")
        if not groups:
            yield ContentError(ASKING, f"screen[{screen.id}]", "asks nothing", "give it an item, or remove it")


def _condition(condition: Condition, earlier: Mapping[str, Item], path: str) -> Errors:
    asked = earlier.get(condition.item)
    if asked is None:
        mend = "name an item that is asked before"
        yield ContentError(ASKING, path, f"{condition.item!r} is not asked before", mend)
    elif condition.operator in (">=", "<") or asked.kind is Kind.NUMBER:
        if isinstance(condition.answer, str) or asked.kind is Kind.CHOICE:
            yield ContentError(ASKING, path, f"{condition.answer!r} cannot be counted", "compare a number")
    elif condition.answer not in asked.codes:
        problem = f"{condition.answer!r} is no code of {asked.id}"
        yield ContentError(ASKING, path, problem, f"use one of {', '.join(asked.codes)}")


def _findings(catalogue: Catalogue) -> Errors:
    yield from _same((rule.__name__ for rule in RULES), catalogue.findings, FINDINGS, "finding")
    for urgency, rules in RULES_BY_URGENCY.items():
        for text in (catalogue.findings[r.__name__] for r in rules if r.__name__ in catalogue.findings):
            if text.urgency is not urgency:
                problem = f"is {text.urgency.code}, but its rule is {urgency.code}"
                yield ContentError(FINDINGS, f"{text.id}.urgency", problem, f'write "{urgency.code}"')
            if text.hold and urgency is not Urgency.SEE_CLINICIAN:
                mend = "remove hold: what is urgent is blocked anyway, and a caution leaves the rest"
                yield ContentError(FINDINGS, f"{text.id}.hold", f"is set at {urgency.code}", mend)
            for part in ("title", "meaning", "do", "say"):
                named = {name for _, name, _, _ in Formatter().parse(getattr(text, part)) if name is not None}
                if named - PLACEHOLDERS:
                    problem = f"asks for {', '.join(sorted(named - PLACEHOLDERS))}, which nobody fills in"
                    yield ContentError(FINDINGS, f"{text.id}.{part}", problem, "use {emergency} or {urgent}")


def _exercise(exercise: Exercise, catalogue: Catalogue) -> Errors:
    file, cautions = f"content/exercises/{exercise.id}.toml", {rule.__name__ for rule in CAUTION_RULES}
    allowed = (
        ("excluded_by", exercise.excluded_by, cautions),
        ("needs", [piece for either in exercise.needs for piece in either], _codes(catalogue, "equipment")),
        ("easier", [piece for claim in exercise.easier for piece in claim.needs], _codes(catalogue, "equipment")),
        ("harder", [piece for claim in exercise.harder for piece in claim.needs], _codes(catalogue, "equipment")),
        ("settings", exercise.settings, _codes(catalogue, "setting") - {"car"}),
        ("easier", [claim.exercise for claim in exercise.easier if claim.exercise], catalogue.exercises),
        ("harder", [claim.exercise for claim in exercise.harder if claim.exercise], catalogue.exercises),
    )
    for path, named, known in allowed:
        for name in named:
            if name not in known:
                mend = f"use one of {', '.join(sorted(known))}"
                yield ContentError(file, path, f"{name!r} is not known here", mend)
    dose = {"sets": exercise.dose.sets, "reps": exercise.dose.reps, "hold_s": exercise.dose.hold_s}
    for key, (least, most) in exercise.limits.items():
        value = dose.get(key)
        if value is None or not least <= value <= most:
            mend = "widen the limits or change the dose"
            yield ContentError(file, f"dose.limits.{key}", f"{least} to {most} does not hold {value}", mend)


def _codes(catalogue: Catalogue, item: str) -> set[str]:
    return {code for found in catalogue.questionnaire.items if found.id == item for code in found.codes}


def _links(lesson: Lesson, catalogue: Catalogue) -> Errors:
    for link in re.findall(r"\[\[([^\]]*)\]\]", lesson.body):
        habit = link.removeprefix("habit:")
        if link not in catalogue.exercises and (habit == link or habit not in catalogue.habits):
            mend = "name an exercise as [[id]] or a habit as [[habit:id]]"
            yield ContentError(f"content/learn/{lesson.slug}.md", f"[[{link}]]", "leads nowhere", mend)


def _figures(catalogue: Catalogue, figures: Mapping[str, object]) -> Errors:
    for name in catalogue.exercises:
        if name not in figures:
            mend = f"draw it in content/figures/{name}.toml"
            yield ContentError(f"content/exercises/{name}.toml", "", "has no figure", mend)
    for name in figures:
        if name not in catalogue.exercises and name not in catalogue.habits:
            mend = "name the file after an exercise or a habit"
            yield ContentError(f"content/figures/{name}.toml", "", "shows nothing that is known", mend)
