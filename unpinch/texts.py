"""Small things that clinicians wrote: sources, habits, countries, consent, lessons."""

from dataclasses import dataclass


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
