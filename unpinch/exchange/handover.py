"""One printable page for the clinician: what was answered that matters, and what has been tried.

The page is HTML that needs nothing else: no script, no address, one style. It is written for A4 and Letter.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from unpinch.catalogue import Catalogue
from unpinch.diary import Hurt, Session
from unpinch.findings import Assessment, Finding, Urgency
from unpinch.questionnaire import Item, Response
from unpinch.routine import Routine, Withheld

HEADLINES = {
    Urgency.EMERGENCY: "Warning signs that call for help now",
    Urgency.URGENT: "Warning signs that call for care today",
    Urgency.SEE_CLINICIAN: "Reasons to be seen within days to two weeks",
    Urgency.SELF_CARE: "No reported reason against starting self-care",
}
PLACES = {"muscle": "in the muscle", "down_leg": "down the leg", "tingling": "tingling or numb"}
SAID = {
    "Pain": ("pain_sites", "side", "nrs_now", "worst", "numbness_sites", "numbness_pattern", "night_pain"),
    "Course": ("onset", "weeks", "trend", "assessed_by_clinician", "weeks_of_selfcare"),
    "Worse, better, function": ("aggravators", "relievers", "sitting_hours", "drives_hours", "morning_stiffness_min"),
}
"""The answers that are always shown, by heading."""
LABELS = {
    "pain_sites": "Where", "side": "Side", "nrs_now": "Average pain, last 24 hours",
    "worst": "Worst pain, last 24 hours", "numbness_sites": "Numb or tingling", "numbness_pattern": "Numb when",
    "night_pain": "At night", "onset": "Onset", "weeks": "Duration", "trend": "Going",
    "assessed_by_clinician": "Examined before", "weeks_of_selfcare": "Self-care before", "aggravators": "Worse with",
    "relievers": "Better with", "sitting_hours": "Sits", "drives_hours": "Drives",
    "morning_stiffness_min": "Morning stiffness", "age": "Age", "pregnancy": "Pregnancy",
    "hip_replacement": "Hip replacement", "known_conditions": "Told by a professional",
    "recent_strain": "Before or since it began", "leg_weakness": "Weakness", "both_legs": "Both sides",
    "claudication": "Walking pain goes with", "trauma": "Fall, blow or accident", "cancer_history": "Cancer",
    "weight_loss": "Weight loss intended",
}  # fmt: skip
"""Short names for what is asked; where there is none, the question itself stands."""
HEALTH = ("age", "sex", "pregnancy", "hip_replacement", "anticoagulant", "balance_problem", "knee_problem",
          "known_conditions", "recent_strain")  # fmt: skip
"""Shown where they say more than that there is nothing."""
SHORT_PAGE, FULL_PAGE = 4800, 6800
"""Letters from which on smaller type is needed to stay on one page."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """What the page says, as plain text."""

    day: date
    headline: str
    reasons: tuple[Part, ...]
    parts: tuple[Part, ...]
    denied: tuple[str, ...]
    versions: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What was done so far: sessions, what hurt in them, the routine now, sentences of measures and trend."""

    sessions: Sequence[Session] = ()
    hurts: Sequence[Hurt] = ()
    routine: Routine | Withheld | None = None
    measures: Sequence[str] = ()
    verdict: str = ""


def summarise(day: date, response: Response, assessment: Assessment, tried: Tried, catalogue: Catalogue) -> Handover:
    """Choose what matters to somebody who has a few minutes. `day` is the day of the answers."""
    items = {item.id: item for item in catalogue.questionnaire.items}
    told: set[str] = set()
    reasons = tuple(
        _reason(one, catalogue.findings[one.id].title, items, response, told)
        for one in assessment.findings
        if one.urgency > Urgency.SELF_CARE
    )
    parts = [Part(title, tuple(_said(names, items, response))) for title, names in SAID.items()]
    health = [name for name in HEALTH if name not in told and _says_something(items[name], response)]
    parts.append(Part("Person and health", tuple(_said(health, items, response))))
    cautions = [catalogue.findings[one.id].title for one in assessment.at(Urgency.SELF_CARE)]
    if cautions:
        parts.append(Part("Also noted", ("; ".join(cautions),)))
    if tried.measures:
        parts.append(Part("Measures, against the first time", tuple(tried.measures)))
    if assessment.pattern:
        named = {
            "Fits": assessment.pattern.has,
            "Missing or not known": assessment.pattern.lacks,
            "Speaks against": assessment.pattern.against,
        }
        lines = (
            f"{title}: {'; '.join(catalogue.pattern[name].text for name in features) or 'nothing'}"
            for title, features in named.items()
        )
        parts.append(Part("Features of deep buttock pain (a list, not validated)", tuple(lines)))
    parts.append(Part("What was tried", tuple(_tried(tried, catalogue))))
    return Handover(
        day,
        HEADLINES[assessment.urgency],
        reasons,
        tuple(part for part in parts if part.lines),
        tuple(_denied(catalogue.questionnaire.warning_signs, response)),
        f"Questions of version {catalogue.questionnaire.version}",
    )


def page(handover: Handover) -> str:
    """The page as HTML. Everything that is not ours is escaped."""
    day = f"{handover.day.day} {handover.day:%B %Y}"
    reasons = "".join(_section(part, "h3") for part in handover.reasons)
    parts = "".join(_section(part, "h2") for part in handover.parts)
    denied = "; ".join(handover.denied)
    body = (
        f"<header><p class='what'>Unpinch · summary for a clinician</p><h1>{escape(handover.headline)}</h1>"
        f"<p>Answered on {escape(day)}. Self-reported; nobody has examined this person here; not a diagnosis.</p>"
        "</header><main>"
        + (f"<section><h2>Why</h2>{reasons}</section>" if reasons else "")
        + parts
        + (
            f"<section><h2>Warning signs answered with no, as asked</h2><p>{escape(denied)}.</p></section>"
            if denied
            else ""
        )
        + f"</main><footer><p>{escape(handover.versions)}. Written by Unpinch, a self-care companion; no clinician "
        "has reviewed it.</p></footer>"
    )
    size = "short" if len(body) < SHORT_PAGE else "full" if len(body) < FULL_PAGE else "dense"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Unpinch summary, {escape(day)}</title><style>{STYLE}</style></head>"
        f'<body class="{size}">{body}</body></html>\n'
    )


def _section(part: Part, heading: str) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in part.lines)
    inner = f"<{heading}>{escape(part.title)}</{heading}>" + (f"<ul>{lines}</ul>" if lines else "")
    return f"<section>{inner}</section>"


def _reason(finding: Finding, title: str, items: dict[str, Item], response: Response, told: set[str]) -> Part:
    """A finding with the answers behind it; an answer that stands above already is not told again."""
    fresh = [name for name in finding.because if name not in told]
    told.update(fresh)
    return Part(title, tuple(_said(fresh, items, response)))


def _said(names: Iterable[str], items: dict[str, Item], response: Response) -> Iterator[str]:
    """Question and answer in a line, for those that were answered."""
    for name in names:
        if name in response.answers:
            item = items[name]
            text = LABELS.get(name, item.text)
            text = text if text.endswith("?") else f"{text}:"
            scale = " of 10" if item.high_text else ""
            yield f"{text} {item.wording(response.answers[name])}{scale}"


def _says_something(item: Item, response: Response) -> bool:
    answer = response.answers.get(item.id)
    return answer not in (None, (), "no", "none")


def _denied(signs: Sequence[Item], response: Response) -> Iterator[str]:
    """The warning signs that were asked and answered with their absence."""
    for item in signs:
        if response.answers.get(item.id) == (item.absent or "no"):
            yield (item.tick or item.text).rstrip("?.")


def _tried(tried: Tried, catalogue: Catalogue) -> Iterator[str]:
    finished = [session for session in tried.sessions if session.finished_at]
    if finished:
        days = len({session.day for session in finished})
        first, last = finished[0].day, finished[-1].day
        yield (
            f"{len(finished)} exercise session{'s' * (len(finished) != 1)} on {days} day{'s' * (days != 1)}, "
            f"{first.day} {first:%b %Y} to {last.day} {last:%b %Y}"
        )
    else:
        yield "No exercise session with Unpinch yet"
    if isinstance(tried.routine, Routine) and tried.routine.steps:
        yield "Routine now: " + "; ".join(f"{step.exercise.name} {step.dose.text}" for step in tried.routine.steps)
    counted = Counter((hurt.exercise, hurt.place) for hurt in tried.hurts)
    for (exercise, place), times in counted.most_common(5):
        known = catalogue.exercises.get(exercise)
        yield f"Hurt: {known.name if known else exercise}, {PLACES[place]}{f', {times} times' if times > 1 else ''}"
    if tried.verdict:
        yield f"Course by the diary: {tried.verdict}"


STYLE = """
:root{color-scheme:light}
@page{margin:11mm}
*{box-sizing:border-box}
body{margin:0 auto;padding:8mm;max-width:210mm;background:#fff;color:#0E151D;
font:9.6pt/1.32 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
h1{font-size:1.6em;margin:.1em 0 .2em}
h2{font-size:1.08em;margin:0 0 .15em;border-bottom:1px solid #8a8377}
h3{font-size:1em;margin:.3em 0 0}
p,ul{margin:.1em 0}
ul{padding-left:1.1em}
.what{letter-spacing:.02em}
header{border-bottom:2px solid #0E151D;margin-bottom:.6em;padding-bottom:.4em}
main{columns:2;column-gap:8mm}
main>section{margin-bottom:.7em}
section section,li{break-inside:avoid}
h2,h3{break-after:avoid}
footer{border-top:1px solid #8a8377;margin-top:.5em;font-size:.9em}
.full{font-size:8.6pt;line-height:1.26}
.dense{font-size:7.1pt;line-height:1.15}
.dense main{columns:3;column-gap:5mm}
.dense ul{padding-left:.9em}
.dense main>section{margin-bottom:.4em}
@media screen and (max-width:640px){body main{columns:1}body{padding:4mm;font-size:11pt}}
@media print{body{padding:0;max-width:none}}
"""
