"""The only reader of content/: what clinicians wrote, parsed once into frozen types, all errors at once."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from unpinch import reading
from unpinch.advice import AdviceText
from unpinch.exercise import Exercise
from unpinch.findings import FindingText
from unpinch.measures import Measure
from unpinch.paths import CONTENT
from unpinch.questionnaire import Questionnaire
from unpinch.table import ContentError, Table
from unpinch.texts import Consent, Country, Habit, Lesson, Source, Sourced

T = TypeVar("T")


class ContentProblems(Exception):
    """Content that cannot be used. `errors` lists everything that is wrong."""

    def __init__(self, errors: tuple[ContentError, ...]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All content but the lessons and figures, which are read where they are shown."""

    questionnaire: Questionnaire
    findings: Mapping[str, FindingText]
    pattern: Mapping[str, Sourced]
    thresholds: Mapping[str, float]
    threshold_sources: Mapping[str, str]
    exercises: Mapping[str, Exercise]
    habits: Mapping[str, Habit]
    sources: Mapping[str, Source]
    countries: Mapping[str, Country]
    consent: Consent
    advice: Mapping[str, AdviceText]
    trend_texts: Mapping[str, Sourced]
    measures: Mapping[str, Measure]
    adaptation: Mapping[str, Sourced]


def _read(path: Path, errors: list[ContentError]) -> Table:
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        values = {}
        errors.append(ContentError(path.name, "", "the file is missing", "restore it from the project"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        values = {}
        errors.append(ContentError(path.name, "", str(fault), "mend the TOML at that place"))
    return Table(str(path.relative_to(path.parents[1])), "", values, errors)


def _each(path: Path, errors: list[ContentError], make: Callable[[str, Table], T]) -> dict[str, T]:
    """One thing for each top-level table of a file."""
    outer = _read(path, errors)
    made = {}
    for name in outer.values:
        inner = outer.table(name)
        made[name] = make(name, inner)
        inner.close()
    return made


def read(content: Path = CONTENT) -> tuple[Catalogue, tuple[ContentError, ...]]:
    """Everything in content/ that could be read, and every error of form that was met."""
    errors: list[ContentError] = []
    thresholds = _each(content / "thresholds.toml", errors, reading.threshold)
    files = sorted((content / "exercises").glob("*.toml"))
    exercises = (reading.exercise(path.stem, _read(path, errors)) for path in files)
    catalogue = Catalogue(
        questionnaire=reading.questionnaire(_read(content / "questionnaire.toml", errors)),
        findings=_each(content / "findings.toml", errors, reading.finding),
        pattern=_each(content / "pattern.toml", errors, reading.sourced),
        thresholds={name: value for name, (value, _) in thresholds.items()},
        threshold_sources={name: source for name, (_, source) in thresholds.items()},
        exercises={exercise.id: exercise for exercise in exercises},
        habits=_each(content / "habits.toml", errors, reading.habit),
        sources=_each(content / "sources.toml", errors, reading.source),
        countries=_each(content / "countries.toml", errors, reading.country),
        consent=reading.consent(_read(content / "consent.toml", errors)),
        advice=_each(content / "advice.toml", errors, reading.advice),
        trend_texts=_each(content / "trend.toml", errors, reading.sourced),
        measures=_each(content / "measures.toml", errors, reading.measure),
        adaptation=_each(content / "adaptation.toml", errors, reading.sourced),
    )
    return catalogue, tuple(errors)


def load(content: Path = CONTENT) -> Catalogue:
    """The catalogue. Raises ContentProblems with every error of form; `unpinch check` finds the rest."""
    catalogue, errors = read(content)
    if errors:
        raise ContentProblems(errors)
    return catalogue


def lessons(content: Path = CONTENT) -> tuple[Lesson, ...]:
    """The pages of teaching, in their order. Raises ContentProblems where one lacks its heading lines."""
    found, errors = [], []
    for path in sorted((content / "learn").glob("*.md")):
        head = re.match(r"---\ntitle: (.+)\nsummary: (.+)\norder: (\d+)\n---\n(.*)", path.read_text("utf-8"), re.DOTALL)
        if head is None:
            mend = "begin it with ---, title:, summary:, order: and ---"
            errors.append(ContentError(f"learn/{path.name}", "", "the heading lines are missing", mend))
        else:
            found.append(Lesson(path.stem, head[1], head[2], int(head[3]), head[4].strip()))
    if errors:
        raise ContentProblems(tuple(errors))
    return tuple(sorted(found, key=lambda lesson: lesson.order))


def figure(name: str, content: Path = CONTENT) -> dict[str, Any]:
    """The parsed pose file of an exercise or posture. Raises FileNotFoundError where there is none."""
    return tomllib.loads((content / "figures" / f"{name}.toml").read_text("utf-8"))


def figures(content: Path = CONTENT) -> dict[str, Mapping[str, Any]]:
    """Every parsed pose file by its name. Raises ContentProblems where one is no TOML."""
    errors: list[ContentError] = []
    found = {path.stem: _read(path, errors).values for path in sorted((content / "figures").glob("*.toml"))}
    if errors:
        raise ContentProblems(tuple(errors))
    return found
