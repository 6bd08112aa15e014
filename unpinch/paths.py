"""Where things are: beside the code in a checkout, inside the package in a wheel."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_app"

IN_CHECKOUT = not (_BUNDLED / "app.py").exists()
ROOT = _PACKAGE.parent if IN_CHECKOUT else _BUNDLED
APP = ROOT / "app.py"
PAGES = ROOT / "pages"
CONTENT = ROOT / "content"


def data_folder() -> Path:
    """The folder for what the person enters: `data/` of a checkout, else the user's own data folder."""
    if IN_CHECKOUT:
        return ROOT / "data"
    from platformdirs import user_data_path

    return user_data_path("unpinch", appauthor=False)


def database() -> Path:
    """The database file: UNPINCH_DB when it is set and not empty, else unpinch.db in the data folder."""
    chosen = os.environ.get("UNPINCH_DB", "").strip()
    return Path(chosen).expanduser().absolute() if chosen else data_folder() / "unpinch.db"


def demo_database() -> Path:
    """The file of `unpinch demo`: made anew at each start, and never the one that UNPINCH_DB names."""
    return data_folder() / "demo.db"


def make_private(folder: Path) -> None:
    """Make the folder if need be, and let nobody but its owner into it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077 and os.access(folder, os.W_OK):
        folder.chmod(0o700)
