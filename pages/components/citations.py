"""Claims and their sources: [@key] marks become numbers, and the list behind them follows."""

import re
from collections.abc import Iterable, Mapping

import streamlit as st

from unpinch.catalogue import Catalogue, Source

TRUST = {
    "read": "read in the source",
    "secondary": "read in a page that reports it",
    "memory": "not checked against a source",
    "own": "Unpinch's own decision",
}


class Cited:
    """Gives each source a number in the order of first mention on a page."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._numbers: dict[str, int] = {}

    def mark(self, *keys: str) -> str:
        """The numbers of some sources, as Markdown."""
        numbers = sorted(self._numbers.setdefault(key, len(self._numbers) + 1) for key in keys if key)
        return f":small[[{', '.join(map(str, numbers))}]]" if numbers else ""

    def text(self, markdown: str) -> str:
        """Markdown with its [@a; @b] marks numbered and its [[links]] named."""

        def numbered(found: re.Match[str]) -> str:
            return self.mark(*(key.strip().lstrip("@") for key in found[1].split(";")))

        return re.sub(r"\[(@[^\]]+)\]", numbered, re.sub(r"\[\[([^\]]+)\]\]", self._name, markdown))

    def _name(self, found: re.Match[str]) -> str:
        key = found[1].removeprefix("habit:")
        habits, exercises = self._catalogue.habits, self._catalogue.exercises
        return f"*{habits[key].name if key in habits else exercises[key].name}*"

    def draw(self) -> None:
        """The numbered list of what was cited, closed until wanted."""
        if self._numbers:
            with st.expander("Sources"):
                st.markdown(_listed(self._numbers, self._catalogue.sources))


def _listed(numbers: Mapping[str, int], sources: Mapping[str, Source]) -> str:
    return "\n".join(f"{number}. {describe(sources[key])}" for key, number in numbers.items())


def describe(source: Source) -> str:
    """A source in one line: what, where, when, and how far it was checked."""
    year = f", {source.year}" if source.year else ""
    return f"{source.title}. {source.where}{year} ({TRUST[source.trust]})"


def source_names(keys: Iterable[str], catalogue: Catalogue) -> str:
    """The titles of some sources, for a line of small print."""
    return "; ".join(catalogue.sources[key].title for key in keys)
