"""What every test of a page needs: an app with a database of its own, and a person who has been assessed."""

import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from unpinch import catalogue as content
from unpinch import store

REPO = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def catalogue() -> content.Catalogue:
    """All content, read once."""
    return content.load()


@pytest.fixture
def database_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own database file and a clock that stands still."""
    path = tmp_path / "unpinch.db"
    monkeypatch.setenv("UNPINCH_DB", str(path))
    monkeypatch.setenv("UNPINCH_NOW", NOW.isoformat())
    return path


@pytest.fixture
def app(database_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """app(page): the app as a test harness sees it, opened on that page, always through app.py."""
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.testing.v1 import AppTest

    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)

    def opened(page: str = "pages/today.py") -> Any:
        test = AppTest.from_file(str(REPO / "app.py"), default_timeout=20)
        test.run()
        return test if page == "pages/today.py" else test.switch_page(page).run()

    return opened


def well_person() -> dict[str, Any]:
    """The answers of somebody with plain one-sided buttock pain (tests/cases/well.toml)."""
    return tomllib.loads((REPO / "tests/cases/well.toml").read_text("utf-8"))["answers"]


@pytest.fixture
def assessed(database_path: Path, catalogue: content.Catalogue) -> Callable[..., str]:
    """assessed(**changes): a finished assessment of the well person with these answers changed; gives its uid."""

    def finish(at: datetime = NOW, day: date | None = None, **changes: Any) -> str:
        answers, uid = {**well_person(), **changes}, f"assessment-{at:%Y%m%d%H%M}"
        version = catalogue.questionnaire.version
        with store.connect(database_path) as db:
            text = "\n".join((*catalogue.consent.points, catalogue.consent.agree))
            store.add_consent(db, catalogue.consent.version, at, text, "uk")
            store.start_response(db, uid, at=at, tz="UTC", day=day or at.date(), questionnaire_version=version)
            kept = {item: (answer, {"text": item}) for item, answer in answers.items() if answer is not None}
            store.save_answers(db, uid, kept, version, at)
            store.finish_response(db, uid, at)
        return uid

    return finish
