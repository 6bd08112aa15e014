"""Figures as SVG: a row of key poses with captions, the same as a wrapping gallery, or one moving figure."""

from collections.abc import Sequence
from html import escape

from unpinch.figure import tween
from unpinch.figure.body import solve
from unpinch.figure.paint import Film, paint
from unpinch.figure.poses import FigureSpec
from unpinch.figure.stage import PANEL, Stage, panel, stage_of, words
from unpinch.figure.theme import style

CAPTION = 30.0  # height of the line of captions, in units of the SVG
NARROWEST = "8rem"  # a gallery's pictures wrap before they get narrower


def draw(
    spec: FigureSpec, side: str = "right", uid: str = "figure", poses: str | int = "pair", theme: str = "auto"
) -> str:
    """A still SVG.

    `side` is the affected side; "both" shows the right one. `poses` is "pair" (the two that tell most),
    "all", or the position of one pose. `uid` must be unique on the page. `theme` is "auto" (the reader's
    system), "page" (the page's `color-scheme`), "light" or "dark". Raises IndexError for an unknown pose.
    """
    shown = _shown(spec, poses)
    stage = stage_of(spec, side)
    return _svg(stage, uid, theme, _title(stage), _desc(stage, shown), _row(stage, uid, shown), len(shown))


def gallery(
    spec: FigureSpec, side: str = "right", uid: str = "figure", poses: str | int = "pair", theme: str = "page"
) -> str:
    """The pictures of `draw` as HTML: one SVG each, captions as text, wrapping where the screen is narrow."""
    shown = _shown(spec, poses)
    stage = stage_of(spec, side)
    figures = []
    for number, index in enumerate(shown, 1):
        caption = words(stage, spec.poses[index].caption)
        title = f"{_title(stage)}: {caption}" if len(shown) > 1 else _title(stage)
        desc = _desc(stage, shown) if number == 1 else caption
        one = _svg(stage, f"{uid}-{number}", theme, title, desc, panel(stage, index, f"{uid}-{index}"), 1, 0.0)
        label = f"<b>{number}</b>&#160; " if len(shown) > 1 else ""
        figures.append(
            f'<figure style="margin:0 auto;max-width:24rem;width:100%">{one}'
            f'<figcaption style="text-align:center">{label}{escape(caption)}</figcaption></figure>'
        )
    inner = "".join(figures)
    columns = f"repeat(auto-fit,minmax({NARROWEST},1fr))"
    return f'<div style="display:grid;gap:0.5rem;grid-template-columns:{columns}">{inner}</div>'


def animate(spec: FigureSpec, side: str = "right", uid: str = "figure", theme: str = "auto") -> str:
    """A moving SVG (SMIL, endless; a pause control is the page's part), as large as `draw` makes the pair.

    Readers who ask for reduced motion see the still pair. A figure with one pose is drawn still.
    """
    if len(spec.poses) == 1:
        return draw(spec, side, uid, "all", theme)
    shown = _shown(spec, "pair")
    stage = stage_of(spec, side)
    frames, times, seconds = tween.film(spec)
    bodies = tuple(solve(pose) for pose in frames)
    centre = f'<g transform="translate({PANEL * (len(shown) - 1) / 2:g} 0)">'
    move = "".join(paint(spec, stage.cam, stage.marked, bodies, Film(tuple(times), seconds)))
    content = f'<g class="move">{centre}{move}</g></g><g class="still">{_row(stage, uid, shown)}</g>'
    every = tuple(range(len(spec.poses)))
    return _svg(stage, uid, theme, _title(stage), _desc(stage, every), content, len(shown))


def _shown(spec: FigureSpec, poses: str | int) -> tuple[int, ...]:
    if isinstance(poses, int):
        return (range(len(spec.poses))[poses],)
    return tuple(dict.fromkeys(spec.pair)) if poses == "pair" else tuple(range(len(spec.poses)))


def _title(stage: Stage) -> str:
    spec = stage.spec
    return f"{spec.title}, {stage.side} side" if spec.sided and stage.side != "both" else spec.title


def _desc(stage: Stage, shown: Sequence[int]) -> str:
    spec = stage.spec
    steps = " ".join(f"{n}: {words(stage, spec.poses[i].caption)}." for n, i in enumerate(shown, 1))
    both = " Then the same with the sides exchanged." if spec.sided and stage.side == "both" else ""
    return f"{words(stage, spec.desc)} {steps}{both}"


def _svg(
    stage: Stage,
    uid: str,
    theme: str,
    title: str,
    desc: str,
    content: str,
    columns: int,
    below: float = CAPTION,
) -> str:
    uid = escape(uid)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="fig fig-{theme}" role="img" '
        f'aria-labelledby="{uid}-t {uid}-d" viewBox="0 0 {PANEL * columns:g} {stage.height + below:.0f}">'
        f'<title id="{uid}-t">{escape(title)}</title><desc id="{uid}-d">{escape(desc)}</desc>'
        f"<style>{style(theme)}</style>{content}</svg>"
    )


def _row(stage: Stage, uid: str, shown: Sequence[int]) -> str:
    poses, baseline = stage.spec.poses, stage.height + CAPTION - 10
    out = []
    for column, index in enumerate(shown):
        number = column + 1 if len(shown) > 1 else index + 1
        label = f'<tspan class="num">{number}</tspan>&#160; ' if len(poses) > 1 else ""
        caption = escape(words(stage, poses[index].caption))
        out.append(
            f'<g transform="translate({PANEL * column:g} 0)">{panel(stage, index, f"{uid}-{index}")}'
            f'<text x="{PANEL / 2:g}" y="{baseline:.0f}">{label}{caption}</text></g>'
        )
    return "".join(out)
