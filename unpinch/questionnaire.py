"""Asking: items, their answers, and when an item applies. The words are FHIR's."""

import reprlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Answer: TypeAlias = str | tuple[str, ...] | int | float | None
"""One code, several codes, a number, or None for "not known"."""


class Kind(StrEnum):
    """How an item is answered."""

    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """One code that may be chosen, with the words that the person sees."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """FHIR's enableWhen: `item` compared with `answer`. An item with several codes matches if any does."""

    item: str
    answer: str | int | float
    operator: str = "="

    def holds(self, answers: Mapping[str, Answer]) -> bool:
        """Whether the condition is met. An unknown answer never hides an item behind `!=` or `<`."""
        value = answers.get(self.item)
        if value is None:
            return self.operator in ("!=", "<")
        if self.operator in ("=", "!="):
            equal = self.answer in value if isinstance(value, tuple) else value == self.answer
            return equal == (self.operator == "=")
        if isinstance(value, tuple) and isinstance(self.answer, int):
            value = len(value)
        return (
            isinstance(value, int | float)
            and isinstance(self.answer, int | float)
            and (value >= self.answer if self.operator == ">=" else value < self.answer)
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked. `low`, `high` bound a number, in `unit`.

    `optional` may stay unanswered, which means "not known". `added` came after the first published
    dictionary, so a file of answers may lack it. `group` names the check list that the item is shown in;
    `absent` is the code that the list's "none of these" stands for.
    """

    id: str
    page: str
    kind: Kind
    text: str
    help: str
    options: tuple[AnswerOption, ...]
    enable_when: tuple[Condition, ...]
    warning_sign: bool
    optional: bool
    added: bool
    group: str
    absent: str
    tick: str
    low: float
    high: float
    step: float
    unit: str
    low_text: str
    high_text: str
    sources: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that may be answered, in the order shown."""
        return tuple(option.code for option in self.options)

    def wording(self, answer: Answer) -> str:
        """The words that stand for an answer, as a person reads them."""
        if answer is None:
            return "Not answered"
        if self.kind is Kind.NUMBER:
            return f"{answer:g} {self.unit}".strip() if isinstance(answer, int | float) else str(answer)
        texts = {option.code: option.text for option in self.options}
        codes = answer if isinstance(answer, tuple) else (str(answer),)
        return ", ".join(texts.get(code, code) for code in codes) or "None of these"

    def problem(self, answer: object) -> str | None:
        """What is wrong with an answer and how to mend it, or None where nothing is."""
        given = reprlib.repr(answer)
        match self.kind:
            case Kind.NUMBER:
                if isinstance(answer, bool) or not isinstance(answer, int | float):
                    return f"{given} is not a number; give {self.low:g} to {self.high:g}"
                if self.step == int(self.step) and answer != int(answer if abs(answer) < 1e9 else 0):
                    return f"{given} is not a whole number; give {self.low:g} to {self.high:g}"
                if not self.low <= answer <= self.high:
                    return f"{given} is out of range; give {self.low:g} to {self.high:g}"
            case Kind.CHOICE:
                if not isinstance(answer, str) or answer not in self.codes:
                    return f"{given} is not one of its codes; choose one of {', '.join(self.codes)}"
            case Kind.CHOICES:
                if not isinstance(answer, list | tuple):
                    return f"{given} is not a list; give any of [{', '.join(self.codes)}]"
                if wrong := [code for code in answer if code not in self.codes]:
                    named = ", ".join(map(reprlib.repr, wrong))
                    return f"{named} not among its codes; choose any of {', '.join(self.codes)}"
                if len(set(answer)) < len(answer):
                    return f"{given} names a code twice; name each once"
        return None


@dataclass(frozen=True, slots=True)
class Screen:
    """One topic on one screen."""

    id: str
    title: str
    intro: str
    lists: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Everything that is asked, in the order it is asked."""

    version: str
    screens: tuple[Screen, ...]
    items: tuple[Item, ...]

    def item(self, item_id: str) -> Item:
        """The item of that id. Raises KeyError where there is none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def on(self, screen_id: str) -> tuple[Item, ...]:
        """The items of one screen."""
        return tuple(item for item in self.items if item.page == screen_id)

    @property
    def warning_signs(self) -> tuple[Item, ...]:
        """The items that must be answered before any exercise is shown."""
        return tuple(item for item in self.items if item.warning_sign)


@dataclass(frozen=True, slots=True)
class Response:
    """A person's answers. What is missing or None is not known, which is never "no"."""

    answers: Mapping[str, Answer]

    def has(self, item_id: str, *codes: str) -> bool:
        """Whether the answer is, or contains, one of the codes."""
        value = self.answers.get(item_id)
        return any(code in value for code in codes) if isinstance(value, tuple) else value in codes

    def suspected(self, item_id: str) -> bool:
        """Whether a yes/no item is answered yes or not sure: the careful reading."""
        return self.has(item_id, "yes", "unsure")

    def number(self, item_id: str, unknown: float = 0) -> float:
        """The number given, or `unknown`."""
        value = self.answers.get(item_id)
        return value if isinstance(value, int | float) else unknown

    def chosen(self, item_id: str) -> tuple[str, ...]:
        """The codes of an item that takes several."""
        value = self.answers.get(item_id)
        return value if isinstance(value, tuple) else ()


def applicable(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers to items that apply: without those that another made moot, and what hung on them."""
    kept: dict[str, Answer] = {}
    for item in questionnaire.items:
        if item.id in answers and enabled(item, kept):
            kept[item.id] = answers[item.id]
    return kept


def enabled(item: Item, answers: Mapping[str, Answer]) -> bool:
    """Whether an item applies, given the applicable answers so far."""
    return all(condition.holds(answers) for condition in item.enable_when)


def visible_items(questionnaire: Questionnaire, screen_id: str, answers: Mapping[str, Answer]) -> tuple[Item, ...]:
    """The items of a screen that apply, in asking order."""
    kept = applicable(questionnaire, answers)
    return tuple(item for item in questionnaire.on(screen_id) if enabled(item, kept))


def missing(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> tuple[Item, ...]:
    """The items that apply, must be answered, and are not."""
    kept = applicable(questionnaire, answers)
    return tuple(
        item for item in questionnaire.items if not item.optional and kept.get(item.id) is None and enabled(item, kept)
    )
