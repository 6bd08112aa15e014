"""The one place that imports sqlite-utils, and the SQLite it chose: pysqlite3 if installed, else Python's.

It would load pandas and numpy for column types that Unpinch has no use for, which takes longer than all the
rest of a start. So while it loads, they look as if they were not installed.
"""

import sys

_spared = [name for name in ("pandas", "numpy") if name not in sys.modules]
for _name in _spared:
    sys.modules[_name] = None  # type: ignore[assignment]
try:
    from sqlite_utils import Database, Migrations
    from sqlite_utils.utils import sqlite3
finally:
    for _name in _spared:
        del sys.modules[_name]

__all__ = ["Database", "Migrations", "sqlite3"]
