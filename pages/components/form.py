"""A form whose widgets carry the id of what is being written in their keys: another id empties them, nothing else."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import streamlit as st

from pages.components.question import begin


@dataclass(frozen=True, slots=True)
class Form:
    """The widgets of one form. `name` keeps it apart from the others."""

    name: str

    def uid(self) -> str:
        """The id of what is being written."""
        token: str = st.session_state.setdefault(f"{self.name}_uid", uuid4().hex)
        return token

    def turn_to(self, uid: str | None = None) -> None:
        """Write something else: what has that id, or something new."""
        st.session_state[f"{self.name}_uid"] = uid or uuid4().hex

    def key(self, name: str) -> str:
        """The key of a widget."""
        return f"{self.name}_{name}_{self.uid()}"

    def kept(self, name: str) -> dict[str, Any]:
        """What every widget has: its key, and that it outlives a visit to another page."""
        return {"key": self.key(name), "persist_state": "session"}

    def value(self, name: str) -> Any:
        """What a widget says; None where it says nothing."""
        return st.session_state.get(self.key(name))

    def begin(self, name: str, value: object) -> None:
        """What a widget says before anything was chosen."""
        begin(self.key(name), value)

    def fill(self, name: str, value: object) -> None:
        """Let a widget say something, whatever it said."""
        st.session_state[self.key(name)] = value
