"""The command line. Each command imports what it needs when it runs: those without pages start at once."""

import argparse
import json
import os
import socket
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from unpinch import paths

PORT = 8501


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `unpinch …` and return its exit status: 0 done, 1 trouble, 2 command or input is wrong."""
    options = _parser().parse_args(arguments, argparse.Namespace(port=PORT, no_browser=False))
    if options.command == "assess":
        return assess(options.file)
    if options.command == "check":
        return check()
    if options.command == "export":
        return export(options.file)
    if options.command == "figures":
        return figures(options.folder)
    if options.command == "import":
        return import_diary(options)
    if options.command == "undo-import":
        return undo_import()
    if options.command == "trend":
        return trend(options.files, options.today)
    if options.command == "demo":
        os.environ["UNPINCH_DB"] = str(paths.demo_database())
        make_demo(paths.demo_database(), date.today())
    return open_app(options.port, browser=not options.no_browser)


def run() -> None:
    """The `unpinch` command."""
    sys.exit(main())


def assess(path: str) -> int:
    """Print what the answers in a JSON file (or `-`) mean, as JSON."""
    from unpinch import assess_command

    return assess_command.main(path)


def check() -> int:
    """Read all content; print each error with its mend, or that there is none."""
    from unpinch import catalogue, cross_check

    try:
        found, errors = catalogue.read()
        lessons = catalogue.lessons()
    except catalogue.ContentProblems as problems:
        print(*problems.errors, sep="\n", file=sys.stderr)
        return 1
    if errors := errors or cross_check.cross_check(found, lessons, catalogue.figures()):
        print(*errors, sep="\n", file=sys.stderr)
        return 1
    print(f"Content is in order: {len(found.exercises)} exercises, {len(found.sources)} sources.")
    return 0


def export(target: str) -> int:
    """Write everything that is kept to a new file, for its owner only, or to standard output for `-`."""
    from unpinch import store

    database = paths.database()
    if not database.exists():
        return _trouble(f"There is nothing to export yet: {database} does not exist.")
    try:
        with store.connect(database) as db:
            text = json.dumps(store.export_all(db), ensure_ascii=False, indent=2)
    except store.StoreError as problem:
        return _trouble(str(problem))
    if target == "-":
        print(text)
        return 0
    try:
        new = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with open(new, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    except FileExistsError:
        return _trouble(f"{target} exists already and was left as it is. Name a new file.")
    except OSError as problem:
        return _trouble(f"{target} could not be written: {problem.strerror}.")
    print(f"Exported to {target}.")
    return 0


def figures(folder: str) -> int:
    """Write every picture of the exercises and postures into a folder, with contact sheets."""
    from unpinch import figures_command

    return figures_command.main(folder)


def import_diary(given: argparse.Namespace) -> int:
    """Print what a diary of another app holds, as JSON; with --yes, add it."""
    from unpinch import import_command

    scale = tuple(given.scale) if given.scale else None
    order = import_command.DateOrder(given.order) if given.order else None
    options = import_command.Options(
        given.file, given.name, given.yes, order, scale, given.shift, given.timezone
    )  # fmt: skip
    return import_command.main(options, datetime.now(UTC))


def undo_import() -> int:
    """Take the last import back."""
    from unpinch import import_command

    return import_command.undo(datetime.now(UTC))


def trend(files: Sequence[str], today: date | None) -> int:
    """Print what each diary of a list of CSV files says, one line of JSON each."""
    from unpinch import trend_command

    return trend_command.main(files, today)


def make_demo(path: Path, today: date) -> None:
    """Make the demonstration's database anew and fill it with sample data up to today."""
    from unpinch import catalogue, demo, store

    store.delete_everything(path)
    paths.make_private(path.parent)
    with store.connect(path) as db:
        demo.fill(db, catalogue.load(), today)


def open_app(port: int, *, browser: bool) -> int:
    """Serve the app and, unless told otherwise, open it in the browser."""
    if _taken(port):
        return _trouble(
            f"Port {port} is taken, perhaps by Unpinch itself: look at http://localhost:{port}, "
            f"or choose another port, as in: unpinch --port {port + 1}"
        )
    from unpinch import server

    server.serve(port, browser=browser)
    return 0


def _parser() -> argparse.ArgumentParser:
    # Given before the command or after it: suppressed defaults let neither place overrule the other.
    serving = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    serving.add_argument("--port", type=_port, help=f"where to serve (default {PORT})")
    serving.add_argument("--no-browser", action="store_true", help="serve without opening a browser")
    parser = argparse.ArgumentParser(
        prog="unpinch",
        parents=[serving],
        description="Self-assessment, a routine with timers, and your pain over weeks. "
        "Without a command: open the app.",
    )
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("demo", parents=[serving], help="open the app on twelve weeks of sample data")
    assess_parser = commands.add_parser("assess", help="print what the answers in a JSON file mean")
    assess_parser.add_argument("file", help="a file of item ids and answers, or - for standard input")
    export_parser = commands.add_parser("export", help="write everything that is kept as JSON")
    export_parser.add_argument("file", help="a new file, or - for standard output")
    figures_parser = commands.add_parser("figures", help="write every picture as SVG, with contact sheets")
    figures_parser.add_argument("folder", help="a folder, made if it does not exist")
    _add_import(commands.add_parser("import", help="print what a diary of another app holds, and add it with --yes"))
    commands.add_parser("undo-import", help="take the last import back, for good")
    trend_parser = commands.add_parser("trend", help="print what diaries as CSV say, one line of JSON each")
    trend_parser.add_argument("files", nargs="+", metavar="file", help="CSV with day,nrs, or - for standard input")
    trend_parser.add_argument(
        "--today", type=_day, metavar="DAY", help="the day of the verdict (default: the last day in each file)"
    )
    commands.add_parser("check", help="check all content and print every error with its mend")
    return parser


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="a CSV or zip file, or - for standard input")
    parser.add_argument("--as", dest="name", metavar="NAME", help="which column or body part is the pain")
    parser.add_argument("--yes", action="store_true", help="add the ratings; without it nothing is written")
    order = parser.add_mutually_exclusive_group()
    order.add_argument("--day-first", dest="order", action="store_const", const="day_first", help="31/5/2024")
    order.add_argument("--month-first", dest="order", action="store_const", const="month_first", help="5/31/2024")
    parser.add_argument(
        "--scale", nargs=2, type=float, metavar=("LOW", "HIGH"), help="the numbers for no pain and for the worst pain"
    )
    parser.add_argument(
        "--shift", type=int, default=0, metavar="HOURS", help="move timestamps that stand in for a missing day"
    )
    parser.add_argument("--timezone", metavar="NAME", help="such as Europe/Berlin (default: this computer's)")


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-03-31") from None


def _port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port; use a number from 1 to 65535")


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _trouble(text: str) -> int:
    print(text, file=sys.stderr)
    return 1
