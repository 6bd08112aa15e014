"""The file: opened, refused, brought up to date, deleted. Every write goes through `immediate`."""

import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import sleep
from typing import Any

from unpinch.migrations import APPLICATION_ID, names, schema
from unpinch.sqlite import Database, Migrations, sqlite3

BUSY_TIMEOUT_S = 5.0
# In older versions two connections that checkpoint at once can damage a WAL file (sqlite.org/wal.html).
_WAL_IS_SAFE_FROM = (3, 51, 3)
_KNOWN = names(schema)
_NOT_A_DATABASE = 26
_CODES = {3: "readonly", 5: "busy", 6: "busy", 8: "readonly", 10: "io", 11: "corrupt", 13: "full",
          14: "readonly", 23: "readonly", _NOT_A_DATABASE: "corrupt"}  # fmt: skip
_MESSAGES = {
    "newer": "{path} was last used by a newer Unpinch than this one. Nothing in it was changed. "
    "Update Unpinch, or name another file with UNPINCH_DB.",
    "foreign": "{path} is not Unpinch's database, or its beginning is damaged. Nothing in it was changed. "
    "Move it away, or name another file with UNPINCH_DB.",
    "corrupt": "{path} is damaged and cannot be read safely. Nothing was overwritten. "
    "Copy it to a safe place, then put a good copy there or move it away to begin anew.",
    "full": "The disk is full, so this was not saved. What was saved before is safe. Free some space, then try again.",
    "readonly": "{path} cannot be opened for writing, so nothing was saved. "
    "Allow writing to the file and its folder, or name another file with UNPINCH_DB.",
    "busy": "Another program is using {path}, so this was not saved. Close it, then try again.",
    "io": "The disk reported an error at {path}, so this was not saved. What was saved before is kept. "
    "Check the disk and its free space, then try again.",
}
_opening = threading.Lock()
_accepted: dict[Path, tuple[int, int]] = {}


class StoreError(Exception):
    """Something about the file that the person can mend; the text says how.

    `kind` is newer, foreign, corrupt, full, readonly, busy or io.
    """

    def __init__(self, kind: str, path: Path) -> None:
        super().__init__(_MESSAGES[kind].format(path=path))
        self.kind = kind
        self.path = path


@contextmanager
def connect(path: Path, *, steps: Migrations = schema) -> Iterator[Database]:
    """A connection for one use, brought up to date and closed at the end. Share it with no other thread.

    A file on a disk that cannot be written can still be read. Raises StoreError, before any write, for a file
    of another program or of a newer Unpinch, and for every trouble with file or disk while it is in use.
    """
    with _plain_words(path), closing(_open(path, steps)) as db:
        yield db


@contextmanager
def immediate(db: Database) -> Iterator[None]:
    """All or nothing: the writes inside are one transaction, undone whole by any exception, also by a rerun.

    BEGIN IMMEDIATE, because a deferred transaction that reads before it writes fails at once beside another
    writer. Nothing of Streamlit belongs inside.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def facts(db: Database) -> dict[str, str]:
    """The engine's facts: SQLite's version, the journal mode, the level of syncing, the schema's version."""
    level = int(_pragma(db.conn, "synchronous"))
    return {
        "sqlite_version": sqlite3.sqlite_version,
        "journal_mode": str(_pragma(db.conn, "journal_mode")),
        "synchronous": ("off", "normal", "full", "extra")[level],
        "schema_version": str(_pragma(db.conn, "user_version")),
    }


def files(path: Path) -> tuple[Path, ...]:
    """The files that make up the database at `path`: it, SQLite's own beside it, and copies Unpinch made."""
    beside = (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")))
    copies = sorted(path.parent.glob(f"{path.name}.backup-*"))
    return tuple(file for file in (*beside, *copies) if file.is_file())


def delete_everything(path: Path) -> tuple[Path, ...]:
    """Remove the database and every copy Unpinch made of it, for good; the files removed are the receipt.

    Contents are overwritten before the file goes, so that a process that still has it open finds nothing.
    Raises StoreError("foreign") and removes nothing when the file is not Unpinch's.
    """
    if path.is_file():
        try:
            with connect(path) as db:
                db.execute("PRAGMA secure_delete=ON")
                db.execute("PRAGMA foreign_keys=OFF")
                with immediate(db):
                    for table in db.table_names():
                        if table != Migrations.migrations_table:
                            db.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a name from the schema
                db.execute("VACUUM")
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except StoreError as refusal:
            if refusal.kind not in ("newer", "corrupt"):
                raise
    removed = files(path)
    try:
        for file in reversed(removed):
            file.unlink(missing_ok=True)
    except OSError as problem:
        raise StoreError("readonly", path) from problem
    return removed


def _open(path: Path, steps: Migrations) -> Database:
    try:
        _admit(path, steps)
        conn = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        try:
            return _prepared(conn, path, steps)
        except BaseException:
            conn.close()
            raise
    except sqlite3.OperationalError as problem:
        if _CODES.get(_code(problem)) != "readonly" or not path.is_file() or not _alone(path):
            raise
        return _read_only(path, steps)
    except OSError as problem:
        raise StoreError("readonly", path) from problem


def _prepared(conn: Any, path: Path, steps: Migrations) -> Database:
    known = _KNOWN if steps is schema else names(steps)
    conn.execute("PRAGMA trusted_schema=OFF")
    conn.execute("PRAGMA foreign_keys=ON")
    conn.execute(f"PRAGMA synchronous={'FULL' if _journal(conn) == 'wal' else 'EXTRA'}")
    db = Database(conn, strict=True, execute_plugins=False)
    version = _pragma(conn, "user_version")
    if version > len(known):
        raise StoreError("newer", path)
    if version < len(known):
        _migrate(db, path, steps, known)
    return db


def _journal(conn: Any) -> str:
    """Set and return the journal mode. The busy timeout does not cover it, so it is tried again."""
    wanted = "wal" if sqlite3.sqlite_version_info >= _WAL_IS_SAFE_FROM else "delete"
    tries = 100
    while True:
        try:
            return str(conn.execute(f"PRAGMA journal_mode={wanted}").fetchone()[0])
        except sqlite3.OperationalError as problem:
            tries -= 1
            if tries == 0 or _CODES.get(_code(problem)) != "busy":
                raise
            sleep(BUSY_TIMEOUT_S / 100)


def _migrate(db: Database, path: Path, steps: Migrations, known: tuple[str, ...]) -> None:
    with immediate(db):
        refusal = _refusal(db.conn, known)
        if refusal:  # another process may have been here since the file was admitted
            raise StoreError(refusal, path)
        version = _pragma(db.conn, "user_version")
        if 0 < version < len(known):
            _keep_copy(path, version)
        steps.apply(db)
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        db.execute(f"PRAGMA user_version={len(known)}")


def _keep_copy(path: Path, version: int) -> None:
    """A copy of the file as it was before a migration. The caller holds the write lock, so it is whole."""
    copy = path.with_name(f"{path.name}.backup-v{version}")
    copy.unlink(missing_ok=True)
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _admit(path: Path, steps: Migrations) -> None:
    """Make the file if there is none; refuse a foreign or newer one before any write. Once per process."""
    try:
        status = path.stat()
    except FileNotFoundError:
        status = None
    if status and steps is schema and _accepted.get(path) == (status.st_dev, status.st_ino):
        return
    known = _KNOWN if steps is schema else names(steps)
    # Closing a descriptor of the file drops the locks this process holds on it: hence one thread at a time.
    with _opening:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            if path.is_dir():
                raise StoreError("readonly", path) from None
            refusal = _look(path, known)
            if refusal:
                raise StoreError(refusal, path) from None
            if path.stat().st_mode & 0o077 and os.access(path, os.W_OK):
                path.chmod(0o600)
        if steps is schema:
            status = path.stat()
            _accepted[path] = (status.st_dev, status.st_ino)


def _look(path: Path, known: tuple[str, ...]) -> str | None:
    """Why the file is refused, or None. It takes two looks to refuse, for the file may be in the making."""
    refusal = None
    for _ in range(2):
        with closing(_connect_to_look(path)) as conn:
            refusal = _refusal(conn, known)
        if refusal is None:
            break
    return refusal


def _alone(path: Path) -> bool:
    """Whether nothing is pending beside the file, so that it can be read as it is."""
    return not any(path.with_name(path.name + end).exists() for end in ("-wal", "-journal"))


def _connect_to_look(path: Path) -> Any:
    """A connection that leaves no trace: `immutable` makes no files but needs a file with nothing pending."""
    mode = "mode=ro&immutable=1" if _alone(path) else "mode=ro"
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=BUSY_TIMEOUT_S)
    conn.execute("PRAGMA trusted_schema=OFF")
    return conn


def _refusal(conn: Any, known: tuple[str, ...]) -> str | None:
    application_id, version = _pragma(conn, "application_id"), _pragma(conn, "user_version")
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables and application_id == 0 and version == 0:
        return None
    if application_id != APPLICATION_ID:
        return "foreign"
    applied: set[str] = set()
    if Migrations.migrations_table in tables:
        rows = conn.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [schema.name])
        applied = {name for (name,) in rows}
    return "newer" if version > len(known) or applied - set(known) else None


def _read_only(path: Path, steps: Migrations) -> Database:
    conn = _connect_to_look(path)
    known = _KNOWN if steps is schema else names(steps)
    if _pragma(conn, "user_version") != len(known):
        conn.close()
        raise StoreError("readonly", path)
    return Database(conn, strict=True, execute_plugins=False)


@contextmanager
def _plain_words(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as problem:
        kind = _CODES.get(_code(problem))
        if kind is None:
            raise
        if _code(problem) == _NOT_A_DATABASE and not _looks_like_sqlite(path):
            kind = "foreign"
        raise StoreError(kind, path) from problem


def _looks_like_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\x00"


def _code(problem: Exception) -> int:
    return getattr(problem, "sqlite_errorcode", 0) & 0xFF


def _pragma(conn: Any, name: str) -> int:
    return conn.execute(f"PRAGMA {name}").fetchone()[0]
