"""What has changed between one's own first assessment and the latest, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from unpinch.questionnaire import Item, Questionnaire, Response
from unpinch.trend import improved, worsened

DOWN_THE_LEG = (
    ("foot", ("foot",)),
    ("calf", ("calf",)),
    ("thigh", ("posterior_thigh", "anterior_thigh", "knee")),
    ("buttock", ("buttock", "sit_bone", "sacroiliac", "lateral_hip")),
)
"""How far down it reaches, farthest first, and the places that say so."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the comparison: what, then, now, and what may be said about the difference."""

    what: str
    first: str
    latest: str
    words: str


def changes(
    questionnaire: Questionnaire, first: Response, latest: Response, thresholds: Mapping[str, float]
) -> tuple[Change, ...]:
    """Pain, hours of sitting, how far it reaches, numbness and warning signs, then and now.

    A change of pain is called real from 2 points or 30 per cent on (Farrar 2001, Ostelo 2008), with a floor
    for low pain. The other lines have no such threshold.
    """
    return (
        *_pain(first, latest, thresholds),
        *_hours(first, latest),
        _reach(first, latest),
        _count("Places that hurt", first.chosen("pain_sites"), latest.chosen("pain_sites")),
        _numbness(questionnaire.item("numbness_pattern"), first, latest),
        _count("Warning signs ticked", ticked(questionnaire, first), ticked(questionnaire, latest)),
    )


def ticked(questionnaire: Questionnaire, response: Response) -> tuple[str, ...]:
    """The warning signs that were answered with anything but their absence."""
    return tuple(
        item.id
        for item in questionnaire.warning_signs
        if response.answers.get(item.id) not in (None, item.absent or "no")
    )


def _pain(first: Response, latest: Response, thresholds: Mapping[str, float]) -> Iterator[Change]:
    for item, what in (("nrs_now", "Average pain"), ("worst", "Worst pain")):
        then, now = first.answers.get(item), latest.answers.get(item)
        if not isinstance(then, int | float) or not isinstance(now, int | float):
            continue
        if then == now:
            words = "the same"
        else:
            real = improved(then, now, thresholds) or worsened(then, now, thresholds)
            size = _difference(then, now, "point")
            words = f"{size}; a real change" if real else f"{size}; may be ordinary ups and downs"
        yield Change(what, f"{then:g}", f"{now:g}", words)


def _hours(first: Response, latest: Response) -> Iterator[Change]:
    then, now = first.answers.get("sitting_hours"), latest.answers.get("sitting_hours")
    if isinstance(then, int | float) and isinstance(now, int | float):
        yield Change("Hours of sitting", f"{then:g}", f"{now:g}", _difference(then, now, "hour"))


def _reach(first: Response, latest: Response) -> Change:
    then, now = _farthest(first), _farthest(latest)
    order = ["nowhere", *(name for name, _ in reversed(DOWN_THE_LEG))]
    if then == now:
        words = "the same"
    elif "elsewhere" in (then, now):
        words = "changed"
    else:
        words = "less far down" if order.index(now) < order.index(then) else "farther down; tell a clinician"
    return Change("Reaches down to", then, now, words)


def _farthest(r: Response) -> str:
    if not r.chosen("pain_sites"):
        return "nowhere"
    return next((name for name, sites in DOWN_THE_LEG if r.has("pain_sites", *sites)), "elsewhere")


def _numbness(item: Item, first: Response, latest: Response) -> Change:
    then, now = _numb(item, first), _numb(item, latest)
    return Change("Numbness", then, now, "the same" if then == now else "changed")


def _numb(item: Item, r: Response) -> str:
    if not r.chosen("numbness_sites"):
        return "none"
    return (
        item.wording(r.answers["numbness_pattern"]).split(",")[0].lower() if "numbness_pattern" in r.answers else "yes"
    )


def _count(what: str, first: tuple[str, ...], latest: tuple[str, ...]) -> Change:
    then, now = len(first), len(latest)
    return Change(what, str(then), str(now), _difference(then, now, ""))


def _difference(then: float, now: float, unit: str) -> str:
    if then == now:
        return "the same"
    size = abs(now - then)
    plural = f" {unit}{'s' * (size != 1)}" if unit else ""
    return f"{size:g}{plural} {'less' if now < then else 'more'}"
