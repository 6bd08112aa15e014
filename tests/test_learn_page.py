"""The library and the danger signs: all of content, readable, with its sources."""

import pytest

from unpinch import catalogue as content

LESSONS = [lesson.slug for lesson in content.lessons()]
EXERCISES = sorted(content.load().exercises)


def reading(app, name):
    test = app("pages/learn.py")
    test.query_params["read"] = name
    return test.run()


@pytest.mark.parametrize("slug", [slug for slug in LESSONS if slug != "danger-signs"])
def test_each_lesson_shows_its_title_and_numbers_its_sources(app, slug):
    test = reading(app, slug)
    lesson = next(lesson for lesson in content.lessons() if lesson.slug == slug)
    assert test.title[0].value == lesson.title
    body = " ".join(element.value for element in test.markdown)
    assert "[@" not in body
    assert "[[exercise" not in body
    assert "Sources" in [expander.label for expander in test.expander]


@pytest.mark.parametrize("name", EXERCISES)
def test_each_exercise_shows_its_dose_and_every_sources_dose(app, catalogue, name):
    test = reading(app, name)
    exercise = catalogue.exercises[name]
    body = " ".join(element.value for element in test.markdown)
    assert exercise.dose.text in body
    for claim in (*exercise.doses_by_source, *exercise.cues, *exercise.errors, *exercise.stop_if):
        assert claim.text in body


def test_the_danger_signs_work_with_an_empty_and_with_a_broken_database(app, database_path):
    test = app("pages/danger_signs.py")
    assert test.title[0].value == "Danger signs"
    database_path.write_bytes(b"this is not a database" * 100)
    test.run()
    assert not test.exception
    assert test.title[0].value == "Danger signs"
    assert "999" in " ".join(element.value for element in test.markdown)


def test_a_broken_database_is_told_in_plain_words_on_other_pages(app, database_path):
    database_path.write_bytes(b"this is not a database" * 100)
    test = app()
    assert not test.exception
    assert test.error
