"""Colours. Each is `var(--fig-NAME, default)`: the page may set `--fig-NAME` on any ancestor of a figure."""

LIGHT = {
    "ink": "#1f2a37",
    "paper": "#fcfaf7",
    "skin": "#e9bb98",
    "hair": "#54443c",
    "eye": "#3a2c27",
    "top": "#8fae9e",
    "leg": "#8f99a6",
    "aff": "#2e6fa3",
    "hot": "#e4572e",
    "arrow": "#b23a17",
    "prop": "#c4a982",
    "prop2": "#dcc7a3",
    "mat": "#e4e9e0",
    "wall": "#d9d4ca",
    "pillow": "#eee0bb",
    "ball": "#d3d94a",
    "band": "#5d4a6b",
    "aid": "#2f7f79",
    "shade": "#1f2a37",
}
DARK = {
    "ink": "#e8e4dc",
    "paper": "#12181f",
    "skin": "#d9a784",
    "hair": "#93796b",
    "eye": "#2a1d17",
    "top": "#779a88",
    "leg": "#78838f",
    "aff": "#5aa9e0",
    "hot": "#ff8a65",
    "arrow": "#ffb59b",
    "prop": "#8d7757",
    "prop2": "#ab946f",
    "mat": "#25332f",
    "wall": "#363d45",
    "pillow": "#bfae82",
    "ball": "#cdd34a",
    "band": "#cdb4e0",
    "aid": "#5cb8ae",
    "shade": "#000000",
}
FILLS = (
    "skin",
    "hair",
    "eye",
    "top",
    "leg",
    "aff",
    "hot",
    "prop",
    "prop2",
    "mat",
    "wall",
    "pillow",
    "ball",
    "band",
    "aid",
    "shade",
    "ink",
)


def _defaults(colours: dict[str, str]) -> str:
    return ";".join(f"--_{name}:{value}" for name, value in colours.items())


def _colour(name: str) -> str:
    return f"var(--fig-{name},var(--_{name}))"


RULES = "".join(f".fig .{name}{{fill:{_colour(name)}}}" for name in FILLS) + (
    f".fig .o{{stroke:{_colour('paper')};stroke-width:2.6;stroke-linejoin:round;paint-order:stroke}}"
    ".fig .shade{opacity:.13}"
    f".fig .glow{{stroke:{_colour('hot')};stroke-width:5.5;stroke-linejoin:round;opacity:.3}}"
    f".fig .under{{fill:none;stroke:{_colour('paper')};stroke-width:4.5;opacity:.85}}"
    f".fig .dash{{fill:none;stroke:{_colour('hot')};stroke-width:2.4;stroke-dasharray:5 3.5}}"
    f".fig .ghost{{opacity:.9;stroke:{_colour('paper')};stroke-width:1.6}}"
    ".fig .arrow,.fig .halo{fill:none;stroke-linecap:round;stroke-linejoin:round}"
    f".fig .arrow{{stroke:{_colour('arrow')};stroke-width:4.4}}"
    f".fig .halo{{stroke:{_colour('paper')};stroke-width:8.5}}"
    f".fig .disc{{fill:{_colour('paper')}}}.fig .ring{{fill:none;stroke:{_colour('hot')};stroke-width:2.2}}"
    f".fig text{{fill:{_colour('ink')};font:500 19px system-ui,sans-serif;"
    "font-family:var(--fig-font,system-ui,sans-serif);"
    "text-anchor:middle}.fig .num{font-weight:700}"
    ".fig .still{display:none}"
    "@media(prefers-reduced-motion:reduce){.fig .still{display:inline}.fig .move{display:none}}"
)


def style(theme: str) -> str:
    """The style sheet of one figure.

    `auto` follows the reader's system, `page` the `color-scheme` of the page around it; `light` and `dark`
    are fixed.
    """
    if theme == "page":
        pairs = {name: f"light-dark({LIGHT[name]},{DARK[name]})" for name in LIGHT}
        return f".fig-page{{{_defaults(pairs)}}}{RULES}"
    light, dark = (f".fig-{theme}{{{_defaults(colours)}}}" for colours in (LIGHT, DARK))
    if theme == "auto":
        return f"{light}@media(prefers-color-scheme:dark){{{dark}}}{RULES}"
    return (dark if theme == "dark" else light) + RULES
