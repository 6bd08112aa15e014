"""The routine on paper: one HTML file that needs nothing else, laid out for one or two sheets of A4.

It is for the mat, where a screen is in the way: pictures, doses, sides, cues, when to stop, and squares to tick.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from unpinch.catalogue import Source
from unpinch.exercise import Side, Step

PROVISO = (
    "Unpinch does not diagnose and does not replace a clinician. No clinician has reviewed it."
    " A tight muscle is one of several possible causes of this pain."
)
STOP = (
    "Stop and get help at once if there is new numbness between the legs, a change in bladder or bowel,"
    " or new weakness in a leg."
)
WEEK = ("M", "T", "W", "T", "F", "S", "S")

STYLE = """
@page { size: A4; margin: 12mm 13mm; }
* { box-sizing: border-box; }
body { color: #1f2a37; background: #fff; font: 9.2pt/1.34 system-ui, sans-serif; margin: 0 auto; max-width: 184mm; }
header { border-bottom: .6mm solid #2f7f79; margin-bottom: 3mm; padding-bottom: 2mm; }
h1 { font-size: 17pt; line-height: 1.2; margin: 0; }
h2 { font-size: 12.5pt; line-height: 1.2; margin: 0 0 1mm; }
p, ol, ul { margin: 0 0 1.4mm; }
ol, ul { padding-left: 5mm; }
header p { margin: 1mm 0 0; }
.stop { color: #8a2c0c; font-weight: 600; }
article { border: .3mm solid #cbbfac; border-radius: 3mm; break-inside: avoid; display: grid; gap: 1mm 5mm;
  grid-template-columns: 72mm 1fr; margin-bottom: 3mm; padding: 3mm 4mm; }
article svg { display: block; height: auto; max-height: 50mm; width: 100%; }
svg + p { margin-top: 2mm; }
.dose { font-size: 11.5pt; font-weight: 700; }
.why { color: #2b333d; font-size: 8.6pt; }
.days { display: flex; gap: 1.6mm; list-style: none; margin: 2mm 0 0; padding: 0; }
.days li { border: .3mm solid #656c77; border-radius: 1mm; color: #656c77; font-size: 8pt; height: 6mm;
  line-height: 5.4mm; text-align: center; width: 6mm; }
sup { font-size: 70%; line-height: 0; }
footer { border-top: .3mm solid #cbbfac; font-size: 8pt; padding-top: 1.5mm; }
footer ol { columns: 2; column-gap: 6mm; }
footer li { break-inside: avoid; }
@media screen { body { padding: 6mm; } }
@media screen and (max-width: 600px) { article { display: block; } footer ol { columns: 1; } }
"""


def sheet(
    steps: Sequence[Step],
    pictures: Mapping[str, str],
    sources: Mapping[str, Source],
    day: date,
    minutes: float,
    said: Mapping[str, str],
) -> str:
    """The HTML of a routine of one or more steps as it stands on `day`.

    `pictures` maps exercise ids to SVG in fixed light colours, with ids that are unique among them; an exercise
    without one is described in words alone. `said` gives the person's answers in words, by item. Everything but
    the pictures is escaped. Raises KeyError for a source that is not among `sources`.
    """
    numbers: dict[str, int] = {}
    articles = "".join(_article(number, step, pictures, said, numbers) for number, step in enumerate(steps, 1))
    cited = "".join(f"<li>{escape(_source(sources[key]))}</li>" for key in numbers)
    heading = f"{len(steps)} exercise{'s' * (len(steps) != 1)}, about {minutes:.0f} minutes"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Routine of {_date(day)}</title><style>{STYLE}</style></head><body>"
        f"<header><h1>Your routine</h1><p>{_date(day)}. {heading}. Walk for two or three minutes first. "
        f'Breathe normally throughout.</p><p class="stop">{escape(STOP)}</p></header>'
        f"<main>{articles}</main>"
        f"<footer><p>{escape(PROVISO)}</p><ol>{cited}</ol></footer></body></html>"
    )


def _article(
    number: int, step: Step, pictures: Mapping[str, str], said: Mapping[str, str], numbers: dict[str, int]
) -> str:
    exercise = step.exercise

    def mark(*keys: str) -> str:
        found = sorted({numbers.setdefault(key, len(numbers) + 1) for key in keys if key})
        return f" <sup>{', '.join(map(str, found))}</sup>" if found else ""

    dose = f'<p class="dose">{escape(step.dose.text)}, {escape(sides(step))}{mark(step.dose.source, *step.sources)}</p>'
    rest = f"Rest {step.dose.rest_s} s between sets. " if step.dose.sets > 1 and step.dose.rest_s else ""
    least, most = step.dose.per_week
    often = f"<p>{rest}On {least} to {most} days a week.</p>" if least != most else f"<p>{rest}{least} days a week.</p>"
    how = "".join(f"<li>{escape(line)}</li>" for line in (exercise.setup, *exercise.instructions))
    why = "; ".join(said[item] for item in step.because if item in said)
    because = f'<p class="why"><b>Why:</b> {escape(why)}</p>' if why else ""
    days = "".join(f"<li>{day}</li>" for day in WEEK)
    cues = "; ".join(escape(cue.text) + mark(cue.source) for cue in exercise.cues)
    stop = "".join(f"<li>{escape(claim.text)}{mark(claim.source)}</li>" for claim in exercise.stop_if)
    return (
        f"<article><div>{pictures.get(exercise.id, '')}<p><b>Stop if</b></p><ul>{stop}</ul>"
        f'<ul class="days" aria-label="Days to tick">{days}</ul></div>'
        f"<div><h2>{number}. {escape(exercise.name)}</h2>{dose}{often}<ol>{how}</ol>"
        f"<p><b>Keep in mind:</b> {cues}.</p>{because}</div></article>"
    )


def sides(step: Step) -> str:
    """On which side a step is done, in words."""
    if step.exercise.sides == "together":
        return "both sides together"
    return f"each side, {step.lead} first" if step.side is Side.BOTH else f"{step.side} side only"


def _source(source: Source) -> str:
    year = f", {source.year}" if source.year else ""
    return f"{source.title}. {source.where}{year}"


def _date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
