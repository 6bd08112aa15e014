"""The acknowledged is never lost, the interrupted is never half there, what is not ours is not touched."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from unpinch import migrations, store
from unpinch.migrations import APPLICATION_ID, m001_facts, names, schema
from unpinch.sqlite import Database, Migrations, sqlite3

REPO = Path(__file__).resolve().parents[1]
ACKNOWLEDGED = 1_000
KILLS = 10
WAL = sqlite3.sqlite_version_info >= (3, 51, 3)


def worker(what: str, path: Path, *arguments: object, stdin: int | None = None) -> "subprocess.Popen[str]":
    command = [sys.executable, str(REPO / "tests" / "store_worker.py"), what, str(path), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(REPO), *sys.path))}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, stdin=stdin)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "unpinch.db"


@pytest.fixture
def used(path: Path) -> Path:
    """A file of ours with something in it, closed."""
    with store.connect(path) as db:
        store.set_setting(db, "kept", "yes")
    return path


def everything(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def sound(path: Path) -> bool:
    with store.connect(path) as db:
        return bool(db.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


def elsewhere(path: Path, tmp_path: Path) -> Path:
    """A copy that this process has not opened before."""
    copy = tmp_path / "elsewhere" / path.name
    copy.parent.mkdir()
    shutil.copy(path, copy)
    return copy


# Endings


def test_no_acknowledged_entry_is_lost_and_none_is_torn_when_the_process_is_killed(path: Path) -> None:
    acknowledged: list[int] = []
    for _ in range(KILLS):
        process = worker("write", path, max(acknowledged, default=0) + 2)
        assert process.stdout is not None
        acknowledged += [int(process.stdout.readline()) for _ in range(ACKNOWLEDGED // KILLS)]
        process.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in process.stdout.read().split()]
        process.wait()
        process.stdout.close()
    assert len(acknowledged) >= ACKNOWLEDGED
    with store.connect(path) as db:
        check_ins = {entry.uid for entry in store.check_ins(db)}
        settings = {row["key"] for row in store.export_all(db)["tables"]["settings"]}
    assert {f"w{number}" for number in acknowledged} <= check_ins
    assert check_ins == settings
    assert sound(path)


class Interruption(BaseException):
    """As Streamlit's, which stop a script at any of its calls."""


def test_an_interrupted_transaction_leaves_nothing_and_harms_nothing(path: Path) -> None:
    def half(db: Database, key: str) -> None:
        with store.immediate(db):
            store.set_setting(db, key, 1)
            raise Interruption

    with store.connect(path) as db:
        with pytest.raises(Interruption):
            half(db, "first")
        with store.immediate(db):
            store.set_setting(db, "second", 2)
            with pytest.raises(Interruption):
                half(db, "third")
    with store.connect(path) as db:
        assert [store.get_setting(db, key) for key in ("first", "second", "third")] == [None, 2, None]


def test_an_interruption_that_leaves_the_connection_rolls_back(path: Path) -> None:
    def half() -> None:
        with store.connect(path) as db, store.immediate(db):
            store.set_setting(db, "first", 1)
            raise Interruption

    with pytest.raises(Interruption):
        half()
    with store.connect(path) as db:
        assert store.get_setting(db, "first") is None


def test_two_processes_of_four_threads_count_exactly(path: Path) -> None:
    with store.connect(path):
        pass
    processes = [worker("count", path, 100, "immediate") for _ in range(2)]
    assert [process.communicate(timeout=120)[0].strip() for process in processes] == ["0", "0"]
    with store.connect(path) as db:
        assert store.get_setting(db, "count") == 800


def test_the_count_would_fail_with_deferred_transactions(path: Path) -> None:
    with store.connect(path):
        pass
    processes = [worker("count", path, 50, "deferred") for _ in range(2)]
    failed = sum(int(process.communicate(timeout=120)[0]) for process in processes)
    with store.connect(path) as db:
        assert failed > 0
        assert store.get_setting(db, "count") == 400 - failed


def test_a_full_disk_stops_writing_keeps_what_was_kept_and_writing_resumes(path: Path) -> None:
    with store.connect(path):
        pass
    said, _ = worker("fill", path, 400_000).communicate(timeout=60)
    (kind, kept), (_, readable), (_, resumed) = (line.split() for line in said.splitlines())
    assert kind in ("io", "full")
    assert int(kept) > 0
    assert (int(readable), int(resumed)) == (int(kept), int(kept) + 1)
    assert sound(path)


def test_a_file_that_may_not_be_written_can_still_be_read() -> None:
    folder = Path(tempfile.mkdtemp())
    path = folder / "unpinch.db"
    try:
        with store.connect(path) as db:
            store.set_setting(db, "kept", "yes")
        path.chmod(0o444)
        folder.chmod(0o555)
        said, _ = worker("read_only", path).communicate(timeout=30)
        assert said.split("\n")[:2] == ["read yes", "readonly"]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_file_that_another_program_holds_is_busy(used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unpinch.database.BUSY_TIMEOUT_S", 0.05)
    holder = sqlite3.connect(used, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with store.connect(used) as db:
        assert store.get_setting(db, "kept") == "yes"
    with pytest.raises(store.StoreError) as caught, store.connect(used) as db:
        store.set_setting(db, "kept", "no")
    assert caught.value.kind == "busy"
    assert str(used) in str(caught.value)
    holder.close()


# Refusals


@pytest.fixture(params=["version", "step"])
def newer(request: pytest.FixtureRequest, used: Path, tmp_path: Path) -> Path:
    conn = sqlite3.connect(used)
    if request.param == "version":
        conn.execute("PRAGMA user_version = 99")
    else:
        conn.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('unpinch', 'm999_ahead')")
    conn.commit()
    conn.close()
    return elsewhere(used, tmp_path)


def test_a_newer_file_is_refused_and_stays_byte_for_byte_the_same(newer: Path) -> None:
    before = everything(newer.parent)
    for _ in range(2):
        with pytest.raises(store.StoreError, match="newer") as caught, store.connect(newer):
            pass
        assert caught.value.kind == "newer"
    assert everything(newer.parent) == before


@pytest.mark.skipif(not WAL, reason="only a file in WAL mode has entries pending beside it")
def test_a_newer_file_with_entries_pending_beside_it_stays_the_same(used: Path, tmp_path: Path) -> None:
    conn = sqlite3.connect(used, isolation_level=None)
    conn.execute("PRAGMA user_version = 99")
    folder = tmp_path / "elsewhere"
    shutil.copytree(used.parent, folder)
    conn.close()
    before = everything(folder)
    assert before["unpinch.db-wal"]
    with pytest.raises(store.StoreError, match="newer"), store.connect(folder / "unpinch.db"):
        pass
    after = everything(folder)
    assert {name: after[name] for name in ("unpinch.db", "unpinch.db-wal")} == {
        name: before[name] for name in ("unpinch.db", "unpinch.db-wal")
    }


def foreign_tables(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE recipes (name TEXT)")
    conn.close()


def foreign_id(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA application_id = 7")
    conn.close()


def foreign_version(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA user_version = 1")
    conn.close()


def letter(path: Path) -> None:
    path.write_text("Dear diary, " * 500)


def noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


@pytest.mark.parametrize("make", [foreign_tables, foreign_id, foreign_version, letter, noise])
def test_a_file_that_is_not_ours_is_refused_and_not_touched(make: object, tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    make(path)  # type: ignore[operator]
    mode, before = path.stat().st_mode, everything(tmp_path)
    with pytest.raises(store.StoreError, match="not Unpinch's database") as caught, store.connect(path):
        pass
    assert caught.value.kind == "foreign"
    with pytest.raises(store.StoreError, match="not Unpinch's database"):
        store.delete_everything(path)
    assert everything(tmp_path) == before
    assert path.stat().st_mode == mode


@pytest.mark.parametrize("harm", ["truncated", "zeroed"])
def test_a_damaged_file_is_called_so_and_not_overwritten(harm: str, used: Path, tmp_path: Path) -> None:
    contents = used.read_bytes()
    damaged = elsewhere(used, tmp_path)
    harmed = {"truncated": contents[:5000], "zeroed": contents[:100] + bytes(4096) + contents[4196:]}
    damaged.write_bytes(harmed[harm])
    before = damaged.read_bytes()
    with pytest.raises(store.StoreError, match="damaged") as caught, store.connect(damaged) as db:
        store.export_all(db)
    assert caught.value.kind in ("corrupt", "foreign")
    assert damaged.read_bytes() == before


def test_an_empty_file_becomes_ours(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch(mode=0o644)
    with store.connect(path) as db:
        assert store.counts(db)["check_ins"] == 0
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(store.StoreError, match="cannot be opened") as caught, store.connect(tmp_path):
        pass
    assert caught.value.kind == "readonly"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "file" / "unpinch.db"
    inside.parent.touch()
    with pytest.raises(store.StoreError, match="cannot be opened"), store.connect(inside):
        pass


# Schema


@pytest.fixture
def path_of_old(used: Path, tmp_path: Path) -> Path:
    return elsewhere(used, tmp_path)


@pytest.fixture
def ahead() -> Migrations:
    """The steps of a future Unpinch: today's and one more, which fails halfway."""
    steps = Migrations("unpinch")
    steps(name="m001_facts")(m001_facts)

    @steps()
    def m002_half(db: Database) -> None:
        db.execute("CREATE TABLE half (a INTEGER) STRICT")
        db.execute("INSERT INTO half VALUES ('not a number')")

    return steps


def test_a_migration_that_fails_halfway_leaves_no_trace(path_of_old: Path, ahead: Migrations) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.connect(path_of_old, steps=ahead):
        pass
    with store.connect(path_of_old) as db:
        assert "half" not in db.table_names()
        assert store.facts(db)["schema_version"] == "1"
        assert store.get_setting(db, "kept") == "yes"
        assert [step.name for step in ahead.pending(db)] == ["m002_half"]
    (copy,) = path_of_old.parent.glob("*.backup-*")
    assert copy.stat().st_mode & 0o777 == 0o600
    with store.connect(copy) as db:
        assert store.get_setting(db, "kept") == "yes"


def test_a_migration_that_works_keeps_what_was_there(path_of_old: Path) -> None:
    steps = Migrations("unpinch")
    steps(name="m001_facts")(m001_facts)
    steps(name="m002_more")(lambda db: db["more"].create({"a": int}))
    for _ in range(2):
        with store.connect(path_of_old, steps=steps) as db:
            assert store.get_setting(db, "kept") == "yes"
            assert store.facts(db)["schema_version"] == "2"
            assert "more" in db.table_names()
    with pytest.raises(store.StoreError, match="newer"), store.connect(path_of_old):
        pass


def test_four_processes_make_the_same_new_file_without_a_fault(tmp_path: Path) -> None:
    workers = [worker("make", tmp_path, stdin=subprocess.PIPE) for _ in range(4)]
    for process in workers:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    said = []
    for number in range(25):
        for process in workers:
            assert process.stdin is not None
            process.stdin.write(f"{tmp_path / f'{number}.db'}\n")
            process.stdin.flush()
        said += [process.stdout.readline().strip() for process in workers if process.stdout]
    for process in workers:
        process.communicate(timeout=20)
    assert said == ["ok 0"] * 100


def test_released_steps_are_never_renamed() -> None:
    assert names(schema) == ("m001_facts",)
    assert APPLICATION_ID == 0x556E7043
    assert migrations.schema.name == "unpinch"


# How it is kept


def test_the_safest_journal_that_this_sqlite_has_is_used(path: Path) -> None:
    with store.connect(path) as db:
        facts = store.facts(db)
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert db.execute("PRAGMA trusted_schema").fetchone()[0] == 0
    expected = ("wal", "full") if WAL else ("delete", "extra")
    assert (facts["journal_mode"], facts["synchronous"]) == expected


def test_nobody_else_can_read_the_files_or_enter_the_folder(path: Path) -> None:
    with store.connect(path) as db:
        store.set_setting(db, "a", 1)
        assert len(store.files(path)) >= 1
        for file in store.files(path):
            assert file.stat().st_mode & 0o777 == 0o600, file
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_foreign_key_is_held(path: Path) -> None:
    with store.connect(path) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO answers VALUES ('none', 'age', '1', '{}', 'v', 't')")


def test_delete_everything_removes_every_file_and_names_it(path_of_old: Path, ahead: Migrations) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.connect(path_of_old, steps=ahead):
        pass
    mine = path_of_old.parent / "unpinch.db.my-own-copy"
    shutil.copy(path_of_old, mine)
    removed = store.delete_everything(path_of_old)
    assert [file.name for file in removed] == ["unpinch.db", "unpinch.db.backup-v1"]
    assert list(path_of_old.parent.iterdir()) == [mine]
    assert store.delete_everything(path_of_old) == ()


def test_after_deleting_nothing_can_be_read_from_a_file_still_held_open(used: Path) -> None:
    with store.connect(used) as db:
        store.set_setting(db, "told", "in confidence")
    with used.open("rb") as held:
        assert b"in confidence" in held.read()
        store.delete_everything(used)
        held.seek(0)
        assert b"in confidence" not in held.read()


def test_a_newer_file_can_be_deleted_when_the_person_asks(newer: Path) -> None:
    assert [file.name for file in store.delete_everything(newer)] == ["unpinch.db"]
    assert not newer.exists()
