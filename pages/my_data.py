"""What is kept, where, how to take it along and how to be rid of it."""

import streamlit as st

from pages.components.guard import via_app

via_app()

from pages.components import importing, keeping, resources  # noqa: E402
from unpinch import paths, store  # noqa: E402

path = paths.database()
st.title("My data", anchor=False)
st.markdown(
    "Everything you enter stays in one file on this computer. Nobody else receives it, and nobody reads it: "
    "also what you write in notes is not looked at by anyone, so a note is no way to ask for help."
)
keeping.receipt()

st.header("The file", anchor=False)
st.code(str(path), language=None, wrap_lines=True)
try:
    with resources.database() as db:
        facts, counts, agreed = store.facts(db), store.counts(db), store.last_consent(db)
except store.StoreError as trouble:
    st.error(str(trouble))
    st.markdown("Until this is mended, nothing is saved. The danger signs work without the file.")
    keeping.deletion(path)
    st.stop()
size = sum(file.stat().st_size for file in store.files(path))
st.caption(
    f"{keeping.in_words(size)}. SQLite {facts['sqlite_version']}, journal {facts['journal_mode']}, "
    f"synchronous {facts['synchronous']}, format {facts['schema_version']}."
)
st.markdown(keeping.contents(counts))
st.caption("Close Unpinch before you copy the file itself; an export can be made at any time.")

st.header("Take it along", anchor=False)
st.markdown("One JSON file with everything: answers with the wording you saw, check-ins, sessions, settings.")
st.download_button(
    "Export everything",
    data=lambda: keeping.exported(path),  # runs in another thread, which has no session
    file_name=f"unpinch-{resources.today().isoformat()}.json",
    mime="application/json",
    on_click="ignore",
    type="secondary" if importing.is_open() else "primary",
)
st.caption("The export is not encrypted. Keep it where others do not look.")

importing.draw()

st.header("What you agreed to", anchor=False)
if agreed is None:
    st.markdown("Nothing yet: you are asked before the first question of the assessment.")
else:
    st.markdown(f"Version {agreed.version}, on {keeping.day_of(agreed.at)}:")
    st.markdown(agreed.text.replace("\n", "\n\n"))

st.header("If others use this computer", anchor=False)
st.markdown(
    "- The file can be opened by your user account on this computer and by its administrators. "
    "Use an account of your own, and lock the screen when you leave.\n"
    "- Encrypt the disk: FileVault on a Mac, LUKS on Linux, BitLocker on Windows. "
    "Else whoever has the disk can read the file.\n"
    "- Unpinch sends nothing anywhere and answers to this computer only. While it runs, "
    "other programs that you start can reach it too."
)

keeping.deletion(path)
