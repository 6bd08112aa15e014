"""Parts of My data: what is kept in words, the export, and deleting everything with a receipt."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st

from pages.components import forget, resources
from unpinch import store

WORD = "DELETE"
_NAMES = {
    "responses": ("assessment", "assessments"),
    "answers": ("answer", "answers"),
    "check_ins": ("check-in", "check-ins"),
    "sessions": ("session", "sessions"),
    "completions": ("finished or skipped step", "finished or skipped steps"),
    "rescreens": ("short repeat of the warning signs", "short repeats of the warning signs"),
    "advice_log": ("advice shown", "pieces of advice shown"),
}


def in_words(size: int) -> str:
    """A size in bytes as a person reads it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def day_of(at: datetime) -> str:
    """The person's date and time of an instant."""
    return f"{at.astimezone(ZoneInfo(resources.timezone())):%-d %B %Y, %H:%M}"


def contents(counts: dict[str, int]) -> str:
    """What the file holds, as a list; one sentence when it is empty."""
    held = [(counts[table], *names) for table, names in _NAMES.items() if counts[table]]
    lines = [f"- {number} {one if number == 1 else many}" for number, one, many in held]
    return "\n".join(["It holds:", "", *lines]) if lines else "It holds nothing yet."


def exported(path: Path) -> str:
    """Everything in the database at `path`, as the text of a JSON file."""
    with store.connect(path) as db:
        return json.dumps(store.export_all(db), ensure_ascii=False, indent=2) + "\n"


def deletion(path: Path) -> None:
    """Delete everything, once the person has typed the word."""
    st.header("Delete everything", anchor=False)
    st.markdown(
        "Removes the file and every copy that Unpinch made of it, for good: assessments, check-ins, "
        "sessions, settings. This browser forgets where a session was interrupted. There is no undo. Exports that you "
        "saved elsewhere stay where they are."
    )
    st.text_input(f"Type {WORD} to confirm", key="delete_word", autocomplete="off")
    st.button("Delete everything for good", on_click=_delete, args=(path,), key="delete_all")
    if st.session_state.get("delete_refused"):
        st.error(st.session_state["delete_refused"])


def receipt() -> None:
    """What was deleted and when, as long as this visit lasts."""
    if "delete_receipt" in st.session_state:
        st.success(st.session_state["delete_receipt"])
        forget.in_browser(st.session_state["delete_receipt"])


def _delete(path: Path) -> None:
    typed, now = st.session_state["delete_word"], resources.now()
    if typed.strip() != WORD:
        st.session_state["delete_refused"] = f"Nothing was deleted. Type {WORD} in capitals to confirm."
        return
    try:
        removed = store.delete_everything(path)
    except store.StoreError as trouble:
        st.session_state["delete_refused"] = f"Nothing was deleted. {trouble}"
        return
    for key in list(st.session_state):  # else a page could save again what it still remembers
        if key != "_via_app":
            del st.session_state[key]
    names = ", ".join(f"`{file.name}`" for file in removed) or "nothing, for there was no file"
    st.session_state["delete_receipt"] = (
        f"Deleted on {day_of(now)}: {names}, in `{path.parent}`, and what this browser remembered. "
        "Copies that your computer's own backup made are not reached from here."
    )
