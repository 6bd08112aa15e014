"""Every pair of text and ground that the theme makes is readable, 4.5 to 1, captions and links too."""

import tomllib
from pathlib import Path

import pytest

CONFIG = Path(__file__).resolve().parents[1] / ".streamlit" / "config.toml"
THEME = tomllib.loads(CONFIG.read_text("utf-8"))["theme"]
CAPTION = 0.6
"""How strong Streamlit draws captions and other secondary text, of the text colour."""
HUES = ("red", "orange", "yellow", "green", "blue", "violet", "gray")

Colour = tuple[float, float, float]


def colour(text: str) -> Colour:
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def over(top: Colour, ground: Colour, strength: float) -> Colour:
    red, green, blue = (a * strength + b * (1 - strength) for a, b in zip(top, ground, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG 2.2."""

    def luminance(of: Colour) -> float:
        red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in of)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> dict[str, str]:
    return THEME[request.param]


def grounds(theme: dict[str, str]) -> list[Colour]:
    return [colour(theme["backgroundColor"]), colour(theme["secondaryBackgroundColor"])]


def test_text_and_captions_are_readable_on_every_surface(theme: dict[str, str]) -> None:
    ink = colour(theme["textColor"])
    for ground in grounds(theme):
        assert contrast(ink, ground) >= 7
        assert contrast(over(ink, ground, CAPTION), ground) >= 4.5


def test_links_are_readable_on_every_surface(theme: dict[str, str]) -> None:
    for ground in grounds(theme):
        for name in ("linkColor", "codeTextColor"):
            assert contrast(colour(theme[name]), ground) >= 4.5, name


def test_a_button_is_readable_and_stands_out_and_so_is_a_chosen_option(theme: dict[str, str]) -> None:
    primary = colour(theme["primaryColor"])
    assert contrast((1, 1, 1), primary) >= 4.5
    for ground in grounds(theme):
        assert contrast(primary, ground) >= 3
        for tint in (0.1, 0.2):
            assert contrast(colour(theme["grayTextColor"]), over(primary, ground, tint)) >= 4.5


def test_coloured_text_is_readable_on_its_own_ground_and_on_the_page(theme: dict[str, str]) -> None:
    for hue in HUES:
        text = colour(theme[f"{hue}TextColor"])
        assert contrast(text, colour(theme[f"{hue}BackgroundColor"])) >= 4.5, hue
        for ground in grounds(theme):
            assert contrast(text, ground) >= 4.5, hue


def test_marks_in_charts_stand_out_from_the_page(theme: dict[str, str]) -> None:
    assert len(set(theme["chartCategoricalColors"])) == 6
    for mark in theme["chartCategoricalColors"]:
        assert contrast(colour(mark), grounds(theme)[0]) >= 3, mark


def test_light_and_dark_set_the_same_options() -> None:
    assert THEME["light"].keys() == THEME["dark"].keys()
