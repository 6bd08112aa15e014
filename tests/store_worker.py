"""Another process that uses the store, for tests that end it, race it or starve it: WHAT PATH ARGUMENTS."""

import os
import resource
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from unpinch import store
from unpinch.diary import CheckIn

START = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)


def write(path: Path, first: int) -> None:
    """Two rows a transaction, and its number on standard output once it is committed. Until ended."""
    number = first
    while True:
        keep(path, number)
        print(number, flush=True)
        number += 1


def keep(path: Path, number: int, note: str = "") -> None:
    at = START + timedelta(minutes=number)
    with store.connect(path) as db, store.immediate(db):
        store.add_check_in(db, CheckIn(uid=f"w{number}", day=at.date(), at=at, tz="UTC", nrs=4, note=note))
        store.set_setting(db, f"w{number}", number)


def count(path: Path, times: int, how: str) -> None:
    """Four threads read a number, add one and write it back, `times` each; prints how many failed."""
    failures: list[str] = []

    def add() -> None:
        for _ in range(times):
            try:
                with store.connect(path) as db, store.immediate(db) if how == "immediate" else db.atomic():
                    store.set_setting(db, "count", store.get_setting(db, "count", 0) + 1)
            except store.StoreError as problem:
                failures.append(problem.kind)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(len(failures), flush=True)


def make(_path: Path) -> None:
    """Open the file that each line of standard input names, and say how it went."""
    print("ready", flush=True)
    for line in sys.stdin:
        try:
            with store.connect(Path(line.strip())) as db:
                print("ok", store.counts(db)["check_ins"], flush=True)
        except store.StoreError as problem:
            print(problem.kind, problem, flush=True)


def fill(path: Path, limit: int) -> None:
    """Write until no file may grow any more, then once more without that limit; prints kinds and counts."""
    kept = 0
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        while True:
            keep(path, kept, note="x" * 2000)
            kept += 1
    except store.StoreError as problem:
        print(problem.kind, kept, flush=True)
    with store.connect(path) as db:
        print("readable", store.counts(db)["check_ins"], flush=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    keep(path, kept)
    with store.connect(path) as db:
        print("resumed", store.counts(db)["check_ins"], flush=True)


def read_only(path: Path) -> None:
    """Read and try to write as somebody who may not; prints what came of it."""
    if os.geteuid() == 0:
        os.setresuid(65534, 65534, 65534)
    with store.connect(path) as db:
        print("read", store.get_setting(db, "kept"), flush=True)
    try:
        keep(path, 1)
    except store.StoreError as problem:
        print(problem.kind, flush=True)


if __name__ == "__main__":
    what, where, *rest = sys.argv[1:]
    arguments = [int(value) if value.isdecimal() else value for value in rest]
    globals()[what](Path(where), *arguments)
