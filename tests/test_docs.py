"""What exists is documented: pages, commands, environment variables."""

import argparse
import re
from pathlib import Path

from unpinch import cli

REPO = Path(__file__).resolve().parents[1]
README = (REPO / "README.md").read_text("utf-8")


def test_each_page_of_the_navigation_stands_in_the_readme():
    titles = re.findall(r'st\.Page\("pages/\w+\.py", title="([^"]+)"', (REPO / "app.py").read_text("utf-8"))
    assert len(titles) == len(list((REPO / "pages").glob("*.py")))
    assert [title for title in titles if f"| {title} |" not in README] == []


def test_each_command_stands_in_the_readme():
    commands = next(
        action.choices for action in cli._parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    assert [name for name in commands if f"`unpinch {name}" not in README] == []


def test_each_environment_variable_that_is_read_stands_in_the_readme():
    code = [*(REPO / "unpinch").rglob("*.py"), *(REPO / "pages").rglob("*.py")]
    read = {name for file in code for name in re.findall(r'environ(?:\.get\(|\[)"(\w+)"', file.read_text("utf-8"))}
    assert read
    assert [name for name in sorted(read) if f"`{name}`" not in README] == []


def test_the_five_sentences_and_both_commands_stand_in_the_readme():
    for text in ("`pages/` is what the person sees", "    ./run\n", "    ./test\n"):
        assert text in README
