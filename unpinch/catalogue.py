"""The only reader of content/: what clinicians wrote, parsed once into frozen types, all errors at once."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from unpinch.advice import AdviceText
from unpinch.exercise import Claim, Dose, Exercise
from unpinch.findings import FindingText, Urgency
from unpinch.measures import Measure, Question
from unpinch.paths import CONTENT
from unpinch.questionnaire import AnswerOption, Condition, Item, Kind, Questionnaire, Screen
from unpinch.table import ContentError, Table

YES_NO = (AnswerOption("yes", "Yes"), AnswerOption("no", "No"), AnswerOption("unsure", "Not sure"))
FAMILIES = ("release", "stretch", "mobilise", "strengthen", "nerve")
POSITIONS = ("seated", "standing", "supine", "side_lying", "prone")
SIDES = ("affected_first", "affected_only", "together")
T = TypeVar("T")


class ContentProblems(Exception):
    """Content that cannot be used. `errors` lists everything that is wrong."""

    def __init__(self, errors: tuple[ContentError, ...]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from, and how far it was checked: read, secondary, memory or own."""

    key: str
    title: str
    where: str
    year: int | None
    trust: str
    note: str


@dataclass(frozen=True, slots=True)
class Sourced:
    """A text under an id, with the sources it rests on; `title` may be empty."""

    id: str
    title: str
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Habit:
    """A habit change: what to do, why, how, when to remember it, and how good the evidence is."""

    id: str
    name: str
    change: str
    why: str
    how: tuple[str, ...]
    cue: str
    evidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """Whom to call: the emergency number, and the line for same-day advice."""

    id: str
    name: str
    emergency: str
    urgent: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agrees to before the first question. A new version is asked again."""

    version: str
    points: tuple[str, ...]
    agree: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A page of teaching: Markdown with [@source] marks and [[exercise]] links."""

    slug: str
    title: str
    summary: str
    order: int
    body: str


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


def _condition(table: Table) -> Condition:
    condition = Condition(
        table.text("item"), table.raw("answer", ""), table.one_of("operator", ("=", "!=", ">=", "<"), "=")
    )
    table.close()
    return condition


def _option(table: Table) -> AnswerOption:
    option = AnswerOption(table.text("code"), table.text("text"))
    table.close()
    return option


def _item(table: Table) -> Item:
    kind = Kind(table.one_of("kind", tuple(Kind)) or Kind.CHOICE)
    options = tuple(map(_option, table.tables("options")))
    item = Item(
        id=table.text("id"),
        page=table.text("page"),
        kind=kind,
        text=table.text("text"),
        help=table.text("help", ""),
        options=options or (YES_NO if kind is Kind.CHOICE else ()),
        enable_when=tuple(map(_condition, table.tables("enable_when"))),
        warning_sign=table.flag("warning_sign"),
        optional=table.flag("optional"),
        added=table.flag("added"),
        group=table.text("group", ""),
        absent=table.text("absent", ""),
        tick=table.text("tick", ""),
        low=table.number("low", 0),
        high=table.number("high", 10),
        step=table.number("step", 1),
        unit=table.text("unit", ""),
        low_text=table.text("low_text", ""),
        high_text=table.text("high_text", ""),
        sources=table.texts("sources"),
    )
    table.close()
    return item


def _screen(table: Table) -> Screen:
    lists = table.table("lists")
    screen = Screen(
        table.text("id"),
        table.text("title"),
        table.text("intro", ""),
        {name: lists.text(name) for name in lists.values},
    )
    table.close()
    return screen


def _questionnaire(table: Table) -> Questionnaire:
    screens, items = tuple(map(_screen, table.tables("screen"))), tuple(map(_item, table.tables("item")))
    questionnaire = Questionnaire(table.text("version"), screens, items)
    table.close()
    return questionnaire


def _finding(name: str, table: Table) -> FindingText:
    urgency = table.one_of("urgency", tuple(level.code for level in Urgency))
    return FindingText(
        name,
        Urgency[urgency.upper() or "EMERGENCY"],
        table.text("title"),
        table.text("meaning"),
        table.text("do"),
        table.text("say"),
        table.flag("hold"),
        table.texts("sources"),
    )


def _advice(name: str, table: Table) -> AdviceText:
    urgency = table.one_of("urgency", tuple(level.code for level in Urgency))
    return AdviceText(
        name,
        Urgency[urgency.upper() or "SEE_CLINICIAN"],
        table.text("title"),
        table.text("text"),
        table.text("rule"),
        table.texts("sources"),
    )


def _source(name: str, table: Table) -> Source:
    year = table.maybe("year")
    return Source(
        name,
        table.text("title"),
        table.text("where"),
        int(year) if year else None,
        table.one_of("trust", ("read", "secondary", "memory", "own")),
        table.text("note", ""),
    )


def _habit(name: str, table: Table) -> Habit:
    return Habit(
        name,
        table.text("name"),
        table.text("change"),
        table.text("why"),
        table.texts("how"),
        table.text("cue"),
        table.text("evidence"),
        table.texts("sources"),
    )


def _country(name: str, table: Table) -> Country:
    return Country(
        name, table.text("name"), table.text("emergency"), table.text("urgent"), table.texts("sources")
    )


def _sourced(name: str, table: Table) -> Sourced:
    return Sourced(name, table.text("title", ""), table.text("text"), table.texts("sources"))


def _claim(table: Table) -> Claim:
    claim = Claim(table.text("text"), table.text("source"), table.text("exercise", ""))
    table.close()
    return claim


def _span(table: Table, key: str) -> tuple[int, int]:
    values = table.raw(key)
    if not (
        isinstance(values, list)
        and len(values) == 2
        and all(isinstance(v, int) for v in values)
        and values[0] <= values[1]
    ):
        table.error(key, f"{values!r} is not a range", "write it as [least, most]")
        return (0, 0)
    return (values[0], values[1])


def _dose(table: Table) -> tuple[Dose, dict[str, tuple[int, int]]]:
    reps, hold = table.maybe("reps"), table.maybe("hold_s")
    if (reps is None) == (hold is None):
        table.error("hold_s", "give either reps or hold_s", "write one of the two")
    limits = table.table("limits")
    ranges = {key: _span(limits, key) for key in limits.values}
    dose = Dose(
        sets=int(table.number("sets")),
        reps=int(reps) if reps else None,
        hold_s=int(hold) if hold else None,
        rest_s=int(table.number("rest_s")),
        seconds_per_rep=table.maybe("seconds_per_rep"),
        per_week=_span(table, "per_week"),
        source=table.text("source"),
        note=table.text("note", ""),
    )
    table.close()
    return dose, ranges


def _needs(table: Table) -> tuple[tuple[str, ...], ...]:
    values = table.raw("needs", [])
    if not (isinstance(values, list) and all(isinstance(either, list) and either for either in values)):
        table.error(
            "needs", f"{values!r} is not a list of lists", 'write it as [["ball"], ["chair", "wall"]]'
        )
        return ()
    return tuple(tuple(map(str, either)) for either in values)


def _exercise(path: Path, errors: list[ContentError]) -> Exercise:
    table = _read(path, errors)
    dose, limits = _dose(table.table("dose"))
    exercise = Exercise(
        id=path.stem,
        name=table.text("name"),
        family=table.one_of("family", FAMILIES),
        target=table.texts("target"),
        position=table.one_of("position", POSITIONS),
        needs=_needs(table),
        settings=table.texts("settings"),
        sides=table.one_of("sides", SIDES),
        purpose=table.text("purpose"),
        setup=table.text("setup"),
        instructions=table.texts("instructions"),
        feel=table.text("feel"),
        cues=tuple(map(_claim, table.tables("cues"))),
        errors=tuple(map(_claim, table.tables("errors"))),
        stop_if=tuple(map(_claim, table.tables("stop_if"))),
        easier=tuple(map(_claim, table.tables("easier"))),
        harder=tuple(map(_claim, table.tables("harder"))),
        excluded_by=table.texts("excluded_by"),
        dose=dose,
        limits=limits,
        doses_by_source=tuple(
            Claim(claim.text, claim.source) for claim in map(_source_dose, table.tables("dose_by_source"))
        ),
        sources=table.texts("sources"),
    )
    table.close()
    return exercise


def _source_dose(table: Table) -> Claim:
    for key in table.values:
        if key not in ("text", "source"):
            table.raw(key)
    return _claim(table)


def _consent(table: Table) -> Consent:
    consent = Consent(table.text("version"), table.texts("points"), table.text("agree"))
    table.close()
    return consent


def _question(table: Table) -> Question:
    question = Question(*(table.text(key) for key in ("id", "text", "low_text", "high_text")))
    table.close()
    return question


def _measure(name: str, table: Table) -> Measure:
    return Measure(
        name,
        table.text("title"),
        table.text("intro"),
        table.one_of("better", ("low", "high")),
        tuple(map(_question, table.tables("questions"))),
        table.texts("sources"),
    )


def _threshold(name: str, table: Table) -> tuple[float, str]:
    table.text("unit"), table.text("note")
    return table.number("value"), table.text("source")


def read(content: Path = CONTENT) -> tuple[Catalogue, tuple[ContentError, ...]]:
    """Everything in content/ that could be read, and every error of form that was met."""
    errors: list[ContentError] = []
    thresholds = _each(content / "thresholds.toml", errors, _threshold)
    exercises = (_exercise(path, errors) for path in sorted((content / "exercises").glob("*.toml")))
    catalogue = Catalogue(
        questionnaire=_questionnaire(_read(content / "questionnaire.toml", errors)),
        findings=_each(content / "findings.toml", errors, _finding),
        pattern=_each(content / "pattern.toml", errors, _sourced),
        thresholds={name: value for name, (value, _) in thresholds.items()},
        threshold_sources={name: source for name, (_, source) in thresholds.items()},
        exercises={exercise.id: exercise for exercise in exercises},
        habits=_each(content / "habits.toml", errors, _habit),
        sources=_each(content / "sources.toml", errors, _source),
        countries=_each(content / "countries.toml", errors, _country),
        consent=_consent(_read(content / "consent.toml", errors)),
        advice=_each(content / "advice.toml", errors, _advice),
        trend_texts=_each(content / "trend.toml", errors, _sourced),
        measures=_each(content / "measures.toml", errors, _measure),
        adaptation=_each(content / "adaptation.toml", errors, _sourced),
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
        head = re.match(
            r"---\ntitle: (.+)\nsummary: (.+)\norder: (\d+)\n---\n(.*)", path.read_text("utf-8"), re.DOTALL
        )
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
