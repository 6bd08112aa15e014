"""Rows in and out of a table: how instants and values are written, and how a row is put where one may be."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from unpinch.sqlite import Database

Number = TypeVar("Number", float, float | None)

_JSON_COLUMNS = frozenset(
    {"answer", "wording", "habits_kept", "sites", "plan", "answers", "value", "evidence", "choice", "report"}
)


def utc_text(at: datetime) -> str:
    """The instant in UTC, of one width, so that its text sorts as time. Raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {at.isoformat()} has none")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def json_text(value: Any) -> str:
    """The value as JSON, the same text for the same value. Raises ValueError for what JSON cannot say."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)


def whole(value: Number) -> Number:
    """A number as it was typed: 4.0 as 4, which SQLite's REAL does not tell apart."""
    return int(value) if value is not None and value == int(value) else value


def insert(db: Database, table: str, row: Mapping[str, Any]) -> bool:
    """Add the row unless its key is there already; True when it was added."""
    return _put(db, table, row, "ON CONFLICT DO NOTHING")


def upsert(db: Database, table: str, row: Mapping[str, Any], key: str, when: str = "TRUE") -> bool:
    """Add the row, or change the one with the same key if `when` holds; True when anything was written."""
    changes = ", ".join(f'"{column}" = excluded."{column}"' for column in row)
    return _put(db, table, row, f"ON CONFLICT ({key}) DO UPDATE SET {changes} WHERE {when}")


def require(db: Database, table: str, uid: str) -> None:
    """Raise LookupError unless `table` holds the row `uid`."""
    sql = f'SELECT 1 FROM "{table}" WHERE uid = ?'  # noqa: S608 - a table of ours
    if db.execute(sql, [uid]).fetchone() is None:
        raise LookupError(f"{table} holds no {uid}; it may have been deleted")


def whole_table(db: Database, table: str) -> list[dict[str, Any]]:
    """Every row as it was entered, JSON columns read."""
    cursor = db.execute(f'SELECT * FROM "{table}" ORDER BY rowid')  # noqa: S608 - a table of ours
    columns = [column for (column, *_) in cursor.description]
    rows = (dict(zip(columns, row, strict=True)) for row in cursor)
    return [{column: _read(column, value) for column, value in row.items()} for row in rows]


def _read(column: str, value: Any) -> Any:
    return json.loads(value) if column in _JSON_COLUMNS and isinstance(value, str) else value


def _put(db: Database, table: str, row: Mapping[str, Any], on_conflict: str) -> bool:
    columns = ", ".join(f'"{column}"' for column in row)
    values = ", ".join("?" for _ in row)
    sql = f'INSERT INTO "{table}" ({columns}) VALUES ({values}) {on_conflict}'  # noqa: S608 - names of ours
    return db.execute(sql, list(row.values())).rowcount == 1
