"""Pictures of exercises, drawn from key poses: a 3-D mannequin of balls under an orthographic camera, as
flat SVG.

`load` reads a parsed pose file, `draw` makes a still row of key poses, `animate` a moving figure, and
`checks.faults` finds what an eye can miss. The way of a picture: reading → poses → tween → body → flesh and
props → screen → paint → draw.
"""

from unpinch.figure.draw import animate, draw, gallery
from unpinch.figure.poses import FigureSpec
from unpinch.figure.reading import FigureError, load
from unpinch.figure.stage import mirrored_words

__all__ = ["FigureError", "FigureSpec", "animate", "draw", "gallery", "load", "mirrored_words"]
