"""`unpinch figures`: every picture as a file of its own, and contact sheets to look over them all at once."""

import re
import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from unpinch import catalogue, figure
from unpinch.figure import FigureSpec

SIDES = ("right", "left")
THEMES = ("light", "dark")
COLUMNS, CELL, LABEL, GAP = 3, 640.0, 40.0, 24.0
PAPER = {"light": ("#fcfaf7", "#1f2a37"), "dark": ("#12181f", "#e8e4dc")}


def main(target: str) -> int:
    """Write all pictures into a folder, which is made where it does not exist. 0 is done, 1 trouble."""
    specs = {name: figure.load(values) for name, values in catalogue.figures().items()}
    try:
        number = write(specs, Path(target))
    except OSError as problem:
        print(f"{target} could not be written: {problem.strerror}.", file=sys.stderr)
        return 1
    print(f"Wrote {number} pictures of {len(specs)} figures and {len(SIDES) * len(THEMES)} contact sheets to {target}.")
    return 0


def write(specs: Mapping[str, FigureSpec], folder: Path) -> int:
    """Write the pictures and the four contact sheets; how many pictures. Raises OSError where it cannot."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for name, svg in pictures(specs):
        (folder / f"{name}.svg").write_text(svg, "utf-8")
        number += 1
    for side in SIDES:
        for theme in THEMES:
            (folder / f"contact-sheet-{side}-{theme}.svg").write_text(sheet(specs, side, theme), "utf-8")
    return number


def pictures(specs: Mapping[str, FigureSpec]) -> Iterator[tuple[str, str]]:
    """Each key pose by its name, such as "clamshell-left-2-dark": both sides, where they differ, in both themes."""
    for name, spec in specs.items():
        for side in SIDES if spec.sided else SIDES[:1]:
            for place in range(len(spec.poses)):
                for theme in THEMES:
                    uid = f"{name}-{side}-{place + 1}" if spec.sided else f"{name}-{place + 1}"
                    yield f"{uid}-{theme}", figure.draw(spec, side, uid, place, theme)


def sheet(specs: Mapping[str, FigureSpec], side: str, theme: str) -> str:
    """One SVG with the pair of every figure on one side, in rows of three, each below its name."""
    paper, ink = PAPER[theme]
    style, cells, top = "", [], GAP
    drawn = [(spec.title, figure.draw(spec, side, name, theme=theme)) for name, spec in specs.items()]
    for begin in range(0, len(drawn), COLUMNS):
        row = drawn[begin : begin + COLUMNS]
        tall = 0.0
        for column, (title, svg) in enumerate(row):
            style = re.search(r"<style>.*?</style>", svg, re.DOTALL)[0]  # type: ignore[index]  # the same in all
            wide, high = (float(size) for size in re.search(r'viewBox="0 0 (\S+) (\S+)"', svg).groups())  # type: ignore[union-attr]
            left, tall = GAP + column * (CELL + GAP), max(tall, high)
            box = f' x="{left + (CELL - wide) / 2:g}" y="{top + LABEL:g}" width="{wide:g}" height="{high:g}"'
            cells.append(
                f'<text class="name" x="{left + CELL / 2:g}" y="{top + 24:g}">{escape(title)}</text>'
                + svg.replace(style, "").replace("<svg", f"<svg{box}", 1)
            )
        top += LABEL + tall + GAP
    width = GAP + COLUMNS * (CELL + GAP)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {top:g}">{style}'
        f"<style>.name{{fill:{ink};font:700 22px system-ui,sans-serif;text-anchor:middle}}</style>"
        f'<rect width="100%" height="100%" fill="{paper}"/>{"".join(cells)}</svg>'
    )
