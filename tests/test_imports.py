"""Who may import whom: pages → pages/components → unpinch, and inside unpinch never backwards."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

REPO = Path(__file__).parents[1]
LIBRARIES_OF_THE_PAGES = {"streamlit", "altair", "pandas"}
WALK = ("questionnaire", "emergencies", "findings", "routine", "assess_command", "cli")
"""The way of an answer through unpinch/: each may import those before it, none of those after it."""


def module_name(path: Path) -> str:
    parts = path.relative_to(REPO).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    module_name(path): ast.parse(path.read_text("utf-8"))
    for folder in ("unpinch", "pages")
    for path in sorted((REPO / folder).rglob("*.py"))
} | {"app": ast.parse((REPO / "app.py").read_text("utf-8"))}


def imported(name: str) -> Iterator[str]:
    """Everything that a module imports, also inside its functions: `from a import b` gives a and a.b."""
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own(name: str) -> set[str]:
    """The modules of this project that a module imports."""
    return {target for target in imported(name) if target in MODULES and target != name}


def libraries(name: str) -> set[str]:
    return {target.split(".")[0] for target in imported(name)}


CORE = sorted(name for name in MODULES if name.split(".")[0] == "unpinch")
PAGES = sorted(name for name in MODULES if name.split(".")[0] == "pages")
COMPONENTS = [name for name in PAGES if name.startswith("pages.components")]


@pytest.mark.parametrize("name", CORE)
def test_the_core_knows_neither_pages_nor_their_libraries(name: str) -> None:
    assert not {target for target in imported(name) if target.split(".")[0] in ("pages", "app")}
    assert not libraries(name) & LIBRARIES_OF_THE_PAGES - ({"streamlit"} if name == "unpinch.server" else set())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_imports_components_and_the_core_but_no_other_page(name: str) -> None:
    scripts = {target for target in own(name) if target in PAGES and target not in COMPONENTS}
    assert scripts - {"pages"} == set()
    assert "app" not in own(name)


def test_inside_the_core_nothing_goes_round_in_circles() -> None:
    order = TopologicalSorter({name: own(name) & set(CORE) - {"unpinch", "unpinch.figure"} for name in CORE})
    assert set(order.static_order()) >= set(CORE)


def reached(name: str) -> set[str]:
    """Every module that is loaded along with one, by whatever way."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        for target in own(waiting.pop()) - seen:
            seen.add(target)
            waiting.append(target)
    return seen


def test_an_answer_travels_one_way() -> None:
    for place, name in enumerate(WALK):
        later = {f"unpinch.{module}" for module in WALK[place + 1 :]}
        assert not reached(f"unpinch.{name}") & later, name


def test_what_decides_knows_neither_files_nor_the_database() -> None:
    for name in ("findings", "pattern", "routine", "timeline", "trend", "advice", "rescreen"):
        known = reached(f"unpinch.{name}") | {f"unpinch.{name}"}
        assert not known & {"unpinch.catalogue", "unpinch.store", "unpinch.paths", "unpinch.server"}
        assert not {"os", "sqlite3", "tomllib", "pathlib"} & {lib for module in known for lib in libraries(module)}


@pytest.mark.parametrize(("library", "module"), [("tomllib", "unpinch.catalogue"), ("sqlite_utils", "unpinch.sqlite")])
def test_one_module_alone_imports_the_library(library: str, module: str) -> None:
    assert {name for name in MODULES if library in libraries(name)} == {module}


def test_nobody_but_the_outermost_layer_reads_the_clock() -> None:
    clocks = {"now", "today", "utcnow", "time", "monotonic"}
    readers = {
        name
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in clocks
        and getattr(node.func.value, "id", "") in ("datetime", "date", "time")
    }
    assert readers <= {"pages.components.resources", "unpinch.cli"}


@pytest.mark.parametrize("name", sorted(MODULES))
def test_no_error_is_swallowed_wholesale(name: str) -> None:
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.ExceptHandler):
            caught = {leaf.id for leaf in ast.walk(node.type or node) if isinstance(leaf, ast.Name)}
            wholesale = node.type is None or caught & {"Exception", "BaseException"}
            assert not wholesale or isinstance(node.body[-1], ast.Raise), f"line {node.lineno}"


@pytest.mark.parametrize("name", CORE)
def test_no_module_is_a_bag_of_helpers(name: str) -> None:
    assert name.split(".")[-1] not in {"utils", "helpers", "common", "misc"}
