"""What changed since one's own first assessment, in words."""

from typing import Any

import pytest

from tests.conftest import well_person
from unpinch.catalogue import Catalogue
from unpinch.changes import changes, ticked
from unpinch.questionnaire import Response


def person(**answers: Any) -> Response:
    given = {**well_person(), **answers}
    return Response({item: tuple(a) if isinstance(a, list) else a for item, a in given.items()})


def said(catalogue: Catalogue, first: Response, latest: Response) -> dict[str, tuple[str, str, str]]:
    lines = changes(catalogue.questionnaire, first, latest, catalogue.thresholds)
    return {line.what: (line.first, line.latest, line.words) for line in lines}


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        (7, 5, "2 points less; a real change"),
        (7, 6, "1 point less; may be ordinary ups and downs"),
        (6, 4, "2 points less; a real change"),
        (10, 7, "3 points less; a real change"),
        (3, 2, "1 point less; a real change"),
        (4, 4, "the same"),
        (4, 6, "2 points more; a real change"),
        (7, 8, "1 point more; may be ordinary ups and downs"),
        (3, 4, "1 point more; a real change"),
        (0, 1, "1 point more; a real change"),
    ],
)
def test_a_change_of_pain_is_real_from_two_points_or_thirty_per_cent_on(
    catalogue: Catalogue, then: int, now: int, words: str
) -> None:
    assert said(catalogue, person(nrs_now=then), person(nrs_now=now))["Average pain"] == (str(then), str(now), words)


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        (["buttock", "calf"], ["buttock", "posterior_thigh"], "less far down"),
        (["buttock"], ["buttock", "foot"], "farther down; tell a clinician"),
        (["buttock"], [], "less far down"),
        ([], ["buttock"], "farther down; tell a clinician"),
        (["foot"], ["foot", "buttock"], "the same"),
        (["low_back"], ["buttock"], "changed"),
    ],
)
def test_how_far_down_it_reaches_is_told_without_a_number(
    catalogue: Catalogue, then: list[str], now: list[str], words: str
) -> None:
    assert said(catalogue, person(pain_sites=then), person(pain_sites=now))["Reaches down to"][2] == words


def test_hours_places_numbness_and_warning_signs_are_told(catalogue: Catalogue) -> None:
    first = person(sitting_hours=9, numbness_sites=["foot"], numbness_pattern="only_while_sitting", fever="yes")
    latest = person(sitting_hours=7.5, pain_sites=["buttock"])
    lines = said(catalogue, first, latest)
    assert lines["Hours of sitting"] == ("9", "7.5", "1.5 hours less")
    assert lines["Places that hurt"] == ("2", "1", "1 less")
    assert lines["Numbness"] == ("only while sitting", "none", "changed")
    assert lines["Warning signs ticked"] == ("1", "0", "1 less")


def test_a_line_that_was_never_answered_is_left_out(catalogue: Catalogue) -> None:
    answers = dict(person().answers)
    del answers["sitting_hours"]
    assert "Hours of sitting" not in said(catalogue, person(), Response(answers))


def test_not_sure_counts_as_ticked_and_unanswered_does_not(catalogue: Catalogue) -> None:
    assert ticked(catalogue.questionnaire, person(fever="unsure", limp="yes")) == ("limp", "fever")
    assert ticked(catalogue.questionnaire, Response({})) == ()
