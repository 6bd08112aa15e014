"""Reading a table of content field by field, collecting every error with its place and its mend."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ContentError:
    """One thing wrong in content: where it is, what is wrong, and how to mend it."""

    file: str
    path: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.problem}; {self.mend}"


@dataclass(slots=True)
class Table:
    """A mapping of content under inspection. Each field taken is checked; `close` reports those left over."""

    file: str
    path: str
    values: Mapping[str, Any]
    errors: list[ContentError]
    taken: set[str] = field(default_factory=set)

    def error(self, key: str, problem: str, mend: str) -> None:
        """Note something wrong at a key."""
        self.errors.append(ContentError(self.file, f"{self.path}.{key}".strip("."), problem, mend))

    def _take(self, key: str, kinds: tuple[type, ...], default: Any, example: str) -> Any:
        self.taken.add(key)
        value = self.values.get(key, default)
        if key not in self.values and default is None:
            self.error(key, "is missing", f"add {key} = {example}")
        elif key in self.values and (not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds)):
            self.error(key, f"{value!r} has the wrong type", f"write it as {example}")
        else:
            return value
        return default if default is not None else kinds[0]()

    def text(self, key: str, default: str | None = None) -> str:
        """A text."""
        return str(self._take(key, (str,), default, '"…"'))

    def flag(self, key: str) -> bool:
        """True or false; false where it is left out."""
        return bool(self._take(key, (bool,), False, "true"))

    def number(self, key: str, default: float | None = None) -> float:
        """A number, whole or not."""
        value: float = self._take(key, (int, float), default, "1")
        return value

    def maybe(self, key: str) -> float | None:
        """A number that may be left out."""
        return self.number(key) if key in self.values else None

    def texts(self, key: str, default: list[str] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        values = self._take(key, (list,), default, '["…"]')
        if wrong := [value for value in values if not isinstance(value, str)]:
            self.error(key, f"{wrong[0]!r} is not a text", 'write each entry as "…"')
        return tuple(str(value) for value in values)

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """A text out of a few."""
        value = self.text(key, default)
        if value and value not in allowed:
            self.error(key, f"{value!r} is not known", f"choose one of {', '.join(allowed)}")
            return allowed[0]
        return value

    def tables(self, key: str) -> Iterator["Table"]:
        """The tables of a list; none where it is left out."""
        for place, value in enumerate(self._take(key, (list,), [], "[[…]]")):
            name = value.get("id", place) if isinstance(value, dict) else place
            yield Table(
                self.file,
                f"{self.path}.{key}[{name}]".strip("."),
                value if isinstance(value, dict) else {},
                self.errors,
            )

    def table(self, key: str) -> "Table":
        """A table inside this one; empty where it is left out."""
        return Table(self.file, f"{self.path}.{key}".strip("."), self._take(key, (dict,), {}, "[…]"), self.errors)

    def raw(self, key: str, default: Any = None) -> Any:
        """A value that is checked elsewhere."""
        self.taken.add(key)
        return self.values.get(key, default)

    def close(self) -> None:
        """Report every key that nobody asked for."""
        for key in self.values:
            if key not in self.taken:
                self.error(key, "is an unknown key", f"remove it, or use one of {', '.join(sorted(self.taken))}")
