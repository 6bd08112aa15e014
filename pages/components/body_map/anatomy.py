"""The body map's drawing: outlines and regions in millimetres, as SVG.

Only the half with x > 0 is written; the other is its mirror image. x is measured from the midline, y
upwards from the floor. Smooth curves go through the points; a region may reach beyond the body, whose
outline trims it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Points = tuple[tuple[float, float], ...]

WIDTH, TOP, BOTTOM = 400.0, 1440.0, -55.0
CENTRAL = ("low_back", "tailbone", "perineum", "abdomen", "chest")
SIDED = (
    "sacroiliac",
    "buttock",
    "sit_bone",
    "lateral_hip",
    "groin",
    "anterior_thigh",
    "posterior_thigh",
    "knee",
    "calf",
    "foot",
)
NAMES = {
    "low_back": "low back",
    "tailbone": "tailbone",
    "perineum": "between the legs",
    "abdomen": "belly",
    "chest": "chest",
    "sacroiliac": "beside the base of the spine",
    "buttock": "buttock",
    "sit_bone": "sit bone",
    "lateral_hip": "outer side of the hip",
    "groin": "groin",
    "anterior_thigh": "front of the thigh",
    "posterior_thigh": "back of the thigh",
    "knee": "knee",
    "calf": "lower leg",
    "foot": "foot",
}


def _points(text: str) -> Points:
    """Pairs of x and y from a line of numbers."""
    numbers = [float(word) for word in text.split()]
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def _regions(text: str) -> dict[str, Points]:
    """Named curves, each written as `code: x y  x y …`."""
    parts = re.split(r"(\w+):", text)[1:]
    return {name: _points(points) for name, points in zip(parts[::2], parts[1::2], strict=True)}


BACK = _points("""
    0 1475  90 1475  172 1450  176 1385  168 1310  154 1230  141 1150  135 1090  138 1035  154 985  171
    925  179 862  177 795  168 700  155 600  144 522  138 470  140 420  146 358  142 298  128 220  113
    142  107 95  110 55  117 26  109 4  82 -2  56 4  45 26  49 60  50 95  47 150  37 232  26 310  22 365
    26 420  32 470  31 522  22 600  12 690  4 758
""")
FRONT = _points("""
    0 1475  90 1475  172 1450  176 1385  168 1310  154 1230  141 1150  135 1090  138 1035  152 985  168
    925  177 862  176 795  169 700  157 612  145 540  139 490  140 440  143 378  139 308  126 222  111
    142  107 95  113 62  125 32  139 6  138 -14  126 -26  108 -33  88 -39  68 -40  51 -30  46 -6  47 30
    51 66  51 96  47 150  38 232  28 310  24 370  28 430  33 485  32 536  23 610  12 695  4 765
""")
SOLE = _points("""
    2 262  26 256  41 238  47 208  47 174  42 128  39 84  38 44  33 14  18 -6  -2 -12  -21 -5  -33 16
    -32 48  -25 88  -25 126  -33 162  -39 200  -38 234  -22 256
""")
TOES = ((-29, 285, 18, 22), (3, 293, 11, 15), (23, 286, 10, 13), (38, 272, 9, 12), (50, 254, 8, 10))
BACK_REGIONS = _regions("""
    low_back: 0 1195  56 1190  92 1160  92 1100  72 1048  34 1032  0 1030
    buttock: 72 1016  110 1002  140 950  149 890  142 822  113 788  72 778  34 788  12 822  8 872  28
        905  56 950
    sacroiliac: 12 1018  42 1028  68 1012  65 968  50 925  28 910  10 955
    tailbone: 0 938  18 929  27 896  18 856  0 842
    sit_bone: 36 838  62 848  88 838  92 812  72 790  44 792  30 812
    perineum: 0 832  12 814  20 788  28 766  18 742  0 732
    lateral_hip: 121 1006  152 1020  205 950  210 860  200 778  164 768  153 828  160 890  150 956
    posterior_thigh: 6 776  40 766  80 760  122 768  150 784  205 752  195 640  170 548  130 530  90 526
        50 530  18 542  -4 640  -4 735
    knee: 14 543  50 530  90 526  130 530  172 548  168 440  126 452  90 456  50 452  13 440
    calf: 13 442  50 452  90 456  126 452  165 440  172 350  150 235  122 96  80 92  36 96  20 250  6
        350
    foot: 36 96  80 92  122 96  134 30  122 -16  80 -18  38 -16  30 40
""")
FRONT_REGIONS = _regions("""
    chest: 0 1392  80 1396  150 1380  156 1310  128 1238  70 1208  0 1204
    abdomen: 0 1190  66 1194  116 1216  124 1150  118 1080  116 1020  92 958  50 898  20 868  0 866
    groin: 17 855  45 878  78 916  106 958  122 946  112 896  86 850  56 806  34 778  23 784  16 815
    perineum: 0 836  13 820  18 786  26 766  18 742  0 732
    lateral_hip: 124 1010  152 1018  205 950  210 860  200 778  164 770  142 808  132 866  133 950
    anterior_thigh: 114 878  126 838  142 788  166 752  205 736  195 650  170 572  125 556  86 562  48
        556  16 576  -4 650  2 735  24 748  46 784  78 832
    knee: 16 574  48 556  86 562  125 556  170 572  164 430  122 418  88 411  54 418  16 430
    calf: 16 432  54 418  88 411  122 418  160 430  168 350  148 235  120 98  80 92  38 98  22 250  6
        350
    foot: 38 98  80 92  120 98  155 40  158 -20  122 -52  70 -55  32 -30  34 36
""")
BACK_HINTS = tuple(
    _points(line)
    for line in (
        "0 1420  -1 1300  0 1204",
        "2 838  1 800  18 776  60 764  106 770",
        "62 492  86 484  112 492",
        "48 272  64 232  82 218  100 232  118 272",
        "72 166  74 116  67 66",
        "92 166  89 116  98 66",
    )
)
FRONT_HINTS = tuple(
    _points(line)
    for line in (
        "0 1056  0 1044",
        "14 1228  60 1234  108 1256",
        "62 524  64 486  86 470  108 486  110 524  88 540  62 524",
        "64 380  68 282  72 172",
        "70 -38  72 -16",
        "88 -37  88 -16",
        "105 -32  103 -12",
        "121 -26  117 -8",
    )
)


@dataclass(frozen=True, slots=True)
class _View:
    key: str
    title: str
    outline: Points
    regions: dict[str, Points]
    hints: tuple[Points, ...]


VIEWS = (
    _View("back", "Back", BACK, BACK_REGIONS, BACK_HINTS),
    _View("front", "Front", FRONT, FRONT_REGIONS, FRONT_HINTS),
)


def regions() -> tuple[str, ...]:
    """Every region id: a code of the item `pain_sites`, with `_left` or `_right` where the body has two."""
    return (*CENTRAL, *(f"{code}_{side}" for code in SIDED for side in ("left", "right")))


def label(region: str) -> str:
    """The spoken name of a region, such as "Right buttock"."""
    code, _, side = region.rpartition("_")
    text = f"{side} {NAMES[code]}" if side in ("left", "right") and code in SIDED else NAMES[region]
    return text[0].upper() + text[1:]


def drawing() -> str:
    """The three views as figures with one SVG each; every region is a checkbox of its own, none is ticked."""
    body = "".join(_view(view) for view in VIEWS)
    return f'<div class="views">{body}{_soles()}</div>'


def _curve(points: Sequence[tuple[float, float]], closed: bool = True, sign: int = 1, centre: float = WIDTH / 2) -> str:
    """A Catmull-Rom curve through the points as cubic Béziers."""
    q = [(centre + sign * x, TOP - y) for x, y in points]
    n = len(q)
    out = [f"M{q[0][0]:g} {q[0][1]:g}"]
    for i in range(n if closed else n - 1):
        a, b, c, d = (q[j % n] if closed else q[max(0, min(n - 1, j))] for j in (i - 1, i, i + 1, i + 2))
        out.append(
            f"C{b[0] + (c[0] - a[0]) / 6:.1f} {b[1] + (c[1] - a[1]) / 6:.1f} {c[0] - (d[0] - b[0]) / 6:.1f} "
            f"{c[1] - (d[1] - b[1]) / 6:.1f} {c[0]:g} {c[1]:g}"
        )
    return "".join(out) + ("Z" if closed else "")


def _whole(half: Points) -> Points:
    """A curve that crosses the midline, from its half."""
    return half + tuple((-x, y) for x, y in reversed(half) if x)


def _region(region: str, view: str, d: str, clip: str) -> str:
    text = f"{label(region)}, {view}"
    return (
        f'<path class="region" data-region="{region}" role="checkbox" aria-checked="false" tabindex="-1" '
        f'aria-label="{text}" d="{d}"{clip}><title>{label(region)}</title></path>'
    )


def _view(view: _View) -> str:
    whole = _curve(_whole(view.outline))
    clip = f' clip-path="url(#body-map-{view.key})"'
    out = [
        f'<clipPath id="body-map-{view.key}"><path d="{whole}"/></clipPath>',
        f'<g mask="url(#body-map-fade-{view.key})"><path class="skin" d="{whole}"/>',
    ]
    for code, points in view.regions.items():
        if code in CENTRAL:
            out.append(_region(code, f"seen from the {view.key}", _curve(_whole(points)), clip))
            continue
        for sign in (-1, 1):
            side = "right" if (sign == 1) == (view.key == "back") else "left"
            out.append(_region(f"{code}_{side}", f"seen from the {view.key}", _curve(points, sign=sign), clip))
    out += [f'<path class="hint" d="{_curve(line, False, sign)}"/>' for line in view.hints for sign in (1, -1)]
    fade = (
        f'<linearGradient id="body-map-shade-{view.key}" x2="0" y2="1"><stop offset="0" stop-color="#000"/>'
        f'<stop offset=".05" stop-color="#fff"/></linearGradient><mask id="body-map-fade-{view.key}" '
        f'maskUnits="userSpaceOnUse" x="0" y="0" width="{WIDTH:g}" height="{TOP - BOTTOM:g}">'
        f'<rect width="{WIDTH:g}" height="{TOP - BOTTOM:g}" fill="url(#body-map-shade-{view.key})"/></mask>'
    )
    sides = ("left", "right") if view.key == "back" else ("right", "left")
    words = "".join(
        f'<text x="{x}" y="356" aria-hidden="true">{side}</text>' for x, side in zip((8, 392), sides, strict=True)
    )
    words = words.replace('x="392"', 'x="392" class="end"')
    return _figure(
        view.key,
        view.title,
        f"0 0 {WIDTH:g} {TOP - BOTTOM:g}",
        f"<defs>{fade}</defs>{''.join(out)}</g>{words}",
    )


def _soles() -> str:
    """Both soles as somebody lying face down shows them: the left one on the left."""
    out = []
    for sign, side, centre in ((-1, "left", 130.0), (1, "right", 270.0)):
        d = _curve(SOLE, sign=sign, centre=centre)
        toes = "".join(
            f'<ellipse class="skin" cx="{centre + sign * x:g}" cy="{TOP - y:g}" rx="{rx}" ry="{ry}"/>'
            for x, y, rx, ry in TOES
        )
        out.append(
            f'{toes}<path class="skin" d="{d}"/>'
            + _region(f"foot_{side}", "sole", d, "")
            + f'<text class="mid" x="{centre:g}" y="{TOP + 62:g}" aria-hidden="true">{side}</text>'
        )
    return _figure("soles", "Soles", f"40 {TOP - 330:g} 320 410", "".join(out))


def _figure(key: str, title: str, box: str, content: str) -> str:
    return (
        f'<figure data-view="{key}"><figcaption>{title}</figcaption>'
        f'<svg viewBox="{box}" role="group" aria-label="{title}">{content}</svg></figure>'
    )
