"""What is kept comes back as it was, and writing twice is writing once."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from unpinch import store
from unpinch.database import Database
from unpinch.diary import Adjustment, CheckIn, PainEntry, Reach, Rescreen, Session
from unpinch.events import Event
from unpinch.experiment import Experiment
from unpinch.imports import Batch
from unpinch.measures import MeasureValue

AT = datetime(2026, 5, 4, 7, 30, 15, 250_000, tzinfo=UTC)
DAY = date(2026, 5, 4)
HURT = {"id": "1", "phase": 3, "step": 1, "exercise": "clamshell", "where": "down_leg"}
WORDING = {"text": "Is one leg newly swollen?", "options": ["Yes", "No", "Not sure"], "answer": "No"}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with store.connect(tmp_path / "unpinch.db") as opened:
        yield opened


def begin(db: Database, uid: str = "r1", kind: str = "full") -> None:
    store.start_response(db, uid, at=AT, tz="Europe/Berlin", day=DAY, questionnaire_version="1", kind=kind)


def entry(uid: str = "c1", **changes: object) -> CheckIn:
    given = {
        "uid": uid, "day": DAY, "at": AT, "tz": "Europe/Berlin", "nrs": 4, "worst": 6, "reach": Reach.THIGH,
        "sitting_min": 20, "sat_hours": 7.5, "habits_kept": ("sitting_break", "uncross_legs"), "flare": True,
        "note": "Long drive; “stiff” — 痛い", "back_filled": False, "sites": ("buttock_right",),
    }  # fmt: skip
    return CheckIn(**(given | changes))  # type: ignore[arg-type]


def session(uid: str = "s1", **changes: object) -> Session:
    plan = {"steps": [{"exercise": "clamshell", "reps": None}]}
    given = {"uid": uid, "day": DAY, "started_at": AT, "tz": "Europe/Berlin", "plan": plan}
    return Session(**(given | changes))  # type: ignore[arg-type]


def event(phase: int, outcome: str = "completed", **changes: object) -> dict[str, object]:
    return {
        "id": f"{phase}:{outcome}", "phase": phase, "step": 0, "exercise": "clamshell", "side": "left",
        "set": 1, "outcome": outcome, "seconds": 30.0, "at": "2026-05-04T07:31:00Z",
    } | changes  # fmt: skip


# Responses


def test_answers_come_back_as_they_were_given(db: Database) -> None:
    begin(db)
    given = {"age": 44, "side": None, "pain_sites": ["buttock", "calf"], "sitting_hours": 7.5, "fever": "no"}
    store.save_answers(db, "r1", {item: (answer, WORDING) for item, answer in given.items()}, "v1", AT)
    assert store.answers(db, "r1") == given


def test_an_answer_of_not_known_differs_from_no_answer(db: Database) -> None:
    begin(db)
    store.save_answer(db, "r1", "side", None, WORDING, "v1", AT)
    assert store.answers(db, "r1") == {"side": None}
    store.clear_answer(db, "r1", "side")
    assert store.answers(db, "r1") == {}


def test_the_wording_shown_and_the_contents_version_are_kept_with_the_answer(db: Database) -> None:
    begin(db)
    store.save_answer(db, "r1", "calf_swelling", "no", WORDING, "v1", AT)
    (row,) = store.export_all(db)["tables"]["answers"]
    assert (row["answer"], row["wording"], row["content_version"]) == ("no", WORDING, "v1")


def test_the_same_answer_again_keeps_the_instant_it_was_first_given(db: Database) -> None:
    begin(db)
    for minutes, answer in ((0, "no"), (5, "no"), (9, "yes")):
        store.save_answer(db, "r1", "fever", answer, WORDING, "v1", AT + timedelta(minutes=minutes))
        (row,) = store.export_all(db)["tables"]["answers"]
        assert row["answered_at"][14:16] == {0: "30", 5: "30", 9: "39"}[minutes]


def test_answers_to_a_response_that_is_gone_are_refused_whole(db: Database) -> None:
    with pytest.raises(LookupError, match="r9"):
        store.save_answers(db, "r9", {"age": (44, WORDING)}, "v1", AT)
    assert store.counts(db)["answers"] == 0


def test_of_several_answers_all_are_kept_or_none(db: Database) -> None:
    begin(db)
    with pytest.raises(ValueError, match="JSON"):
        store.save_answers(db, "r1", {"age": (44, WORDING), "weeks": (float("nan"), WORDING)}, "v1", AT)
    assert store.answers(db, "r1") == {}


def test_a_response_is_open_until_it_is_finished(db: Database) -> None:
    assert store.open_response(db) is None
    assert store.latest_response(db) is None
    begin(db)
    begin(db)
    store.set_page(db, "r1", "your_pain")
    found = store.open_response(db)
    assert found is not None
    assert (found.uid, found.page, found.started_at, found.day, found.tz) == (
        "r1", "your_pain", AT, DAY, "Europe/Berlin",
    )  # fmt: skip
    store.finish_response(db, "r1", AT + timedelta(minutes=4))
    store.finish_response(db, "r1", AT + timedelta(hours=4))
    assert store.open_response(db) is None
    finished = store.latest_response(db)
    assert finished is not None
    assert finished.finished_at == AT + timedelta(minutes=4)


def test_the_order_of_responses_outlives_a_clock_set_back(db: Database) -> None:
    begin(db, "first")
    store.start_response(db, "second", at=AT - timedelta(days=3), tz="UTC", day=DAY, questionnaire_version="1")
    begin(db, "screening", kind="warning_signs")
    found = store.open_response(db)
    assert found is not None
    assert found.uid == "second"
    assert [one.uid for one in store.responses(db)] == ["first", "second", "screening"]


# Check-ins


def test_a_check_in_comes_back_as_it_was(db: Database) -> None:
    store.add_check_in(db, entry())
    store.add_check_in(db, CheckIn(uid="c2", day=DAY, at=AT + timedelta(hours=1), tz="UTC"))
    assert store.check_ins(db) == (entry(), CheckIn(uid="c2", day=DAY, at=AT + timedelta(hours=1), tz="UTC"))


def test_a_check_in_sent_twice_is_one_and_sent_changed_is_corrected(db: Database) -> None:
    store.add_check_in(db, entry())
    store.add_check_in(db, entry())
    store.add_check_in(db, entry(nrs=2, reach=None))
    assert store.check_ins(db) == (entry(nrs=2, reach=None),)


def test_several_check_ins_a_day_and_yesterday_come_in_order(db: Database) -> None:
    store.add_check_in(db, entry("today"))
    store.add_check_in(db, entry("later", at=AT + timedelta(hours=9)))
    store.add_check_in(db, entry("yesterday", day=DAY - timedelta(days=1), back_filled=True))
    assert [one.uid for one in store.check_ins(db)] == ["yesterday", "today", "later"]
    assert [one.uid for one in store.check_ins(db, since=DAY)] == ["today", "later"]


def test_a_removed_check_in_is_gone_until_it_is_restored(db: Database) -> None:
    store.add_check_in(db, entry())
    store.delete_check_in(db, "c1", AT)
    store.add_check_in(db, entry(nrs=1))
    assert store.check_ins(db) == ()
    assert store.pain_entries(db) == ()
    store.restore_check_in(db, "c1")
    assert store.check_ins(db) == (entry(nrs=1),)


# Sessions


def test_a_session_comes_back_with_its_plan_and_pain(db: Database) -> None:
    store.start_session(db, session(pain_before=5))
    store.start_session(db, session(pain_before=9))
    assert store.open_session(db, DAY) == session(pain_before=5)
    assert store.open_session(db, DAY + timedelta(days=1)) is None
    store.set_session_pain(db, "s1", at=AT + timedelta(minutes=12), after=3, effort=4, note="fine")
    store.finish_session(db, "s1", AT + timedelta(minutes=12))
    store.finish_session(db, "s1", AT + timedelta(minutes=50))
    assert store.open_session(db, DAY) is None
    assert store.sessions(db) == (
        session(pain_before=5, pain_after=3, effort=4, note="fine", finished_at=AT + timedelta(minutes=12)),
    )


def test_a_finished_session_can_be_kept_at_once(db: Database) -> None:
    whole = session(pain_before=5, pain_after=0, effort=0, note="n", finished_at=AT + timedelta(minutes=9))
    store.start_session(db, whole)
    assert store.sessions(db) == (whole,)
    assert store.sessions(db, since=DAY + timedelta(days=1)) == ()


def test_what_the_player_reports_is_kept_once_and_acknowledged(db: Database) -> None:
    store.start_session(db, session())
    assert store.add_completions(db, "s1", [event(1)]) == ("1:completed", "1:skipped", "1:stopped")
    first = store.completions(db, "s1")
    store.add_completions(db, "s1", [event(1, seconds=99.0), event(1, "skipped", seconds=1.0)])
    assert store.completions(db, "s1") == first
    assert first[0].seconds == 30.0
    assert first[0].at == datetime(2026, 5, 4, 7, 31, tzinfo=UTC)


def test_completed_replaces_skipped_and_never_the_other_way(db: Database) -> None:
    store.start_session(db, session())
    assert store.add_completions(db, "s1", [event(2, "skipped", seconds=3.0)]) == ("2:skipped", "2:stopped")
    store.add_completions(db, "s1", [event(2, "stopped", seconds=4.0)])
    assert store.completions(db)[0].outcome == "skipped"
    assert "2:completed" in store.add_completions(db, "s1", [event(2, seconds=30.0)])
    assert (store.completions(db)[0].outcome, store.completions(db)[0].seconds) == ("completed", 30.0)


def test_a_malformed_event_is_not_acknowledged_and_blocks_no_other(db: Database) -> None:
    store.start_session(db, session())
    acknowledged = store.add_completions(db, "s1", [{"id": "x"}, event(0, seconds=float("nan")), event(1)])
    assert acknowledged == ("1:completed", "1:skipped", "1:stopped")
    assert store.acknowledged(db, "s1") == acknowledged


def test_steps_of_a_session_that_is_gone_are_refused(db: Database) -> None:
    with pytest.raises(LookupError, match="s9"):
        store.add_completions(db, "s9", [event(1)])


def test_pain_comes_from_check_ins_sessions_and_finished_assessments(db: Database) -> None:
    begin(db)
    store.save_answer(db, "r1", "nrs_now", 7, WORDING, "v1", AT - timedelta(hours=1))
    assert store.pain_entries(db) == ()
    store.finish_response(db, "r1", AT)
    store.add_check_in(db, entry())
    store.add_check_in(db, entry("c2", nrs=None))
    store.start_session(db, session(pain_before=5))
    store.set_session_pain(db, "s1", at=AT + timedelta(minutes=12), after=0)
    assert store.pain_entries(db) == (
        PainEntry("r1:nrs_now", DAY, AT - timedelta(hours=1), 7, "assessment"),
        PainEntry("c1", DAY, AT, 4, "check_in"),
        PainEntry("s1:before", DAY, AT, 5, "before_session"),
        PainEntry("s1:after", DAY, AT + timedelta(minutes=12), 0, "after_session"),
    )


# The rest


def test_the_last_rescreen_is_the_one_added_last(db: Database) -> None:
    assert store.last_rescreen(db) is None
    store.add_rescreen(db, Rescreen("a", DAY, AT, {"saddle_numbness": "none"}, False, "Europe/Berlin"))
    second = Rescreen("b", DAY, AT - timedelta(days=1), {"saddle_numbness": "new"}, True, "Europe/Berlin")
    store.add_rescreen(db, second)
    store.add_rescreen(db, second)
    assert store.last_rescreen(db) == second
    assert store.counts(db)["rescreens"] == 2


def test_consent_is_kept_word_for_word_with_version_and_country(db: Database) -> None:
    assert store.last_consent(db) is None
    store.add_consent(db, "1", AT, "I have read …", "GB")
    store.add_consent(db, "2", AT, "I have read this …", "DE")
    last = store.last_consent(db)
    assert last is not None
    assert (last.version, last.at, last.text, last.country) == ("2", AT, "I have read this …", "DE")


def test_settings_keep_any_json_value(db: Database) -> None:
    assert store.get_setting(db, "sound", "voice") == "voice"
    for value in ("off", None, ["a"], {"b": 1}, 0, False):
        store.set_setting(db, "sound", value)
        assert store.get_setting(db, "sound", "voice") == value


def test_what_hurt_is_kept_once_and_a_malformed_report_is_left_out(db: Database) -> None:
    store.start_session(db, session())
    wrong = [{**HURT, "id": "2", "where": "elsewhere"}, {**HURT, "id": "3", "phase": None}, {"id": "4"}]
    for _ in range(2):
        store.add_hurts(db, "s1", [HURT, *wrong], AT, DAY)
    (kept,) = store.hurts(db)
    assert (kept.exercise, kept.place, kept.day, kept.at) == ("clamshell", "down_leg", DAY, AT)


def test_what_hurt_in_a_session_that_is_gone_is_refused(db: Database) -> None:
    with pytest.raises(LookupError):
        store.add_hurts(db, "gone", [HURT], AT, DAY)


def test_advice_is_logged_once_a_day(db: Database) -> None:
    assert store.log_advice(db, DAY, "see_clinician", AT, "UTC", {"weeks": [3, 4]}) is True
    assert store.log_advice(db, DAY, "see_clinician", AT, "UTC", {"weeks": []}) is False
    assert store.log_advice(db, DAY + timedelta(days=1), "see_clinician", AT, "UTC", None) is True


def test_an_instant_without_a_zone_is_never_stored(db: Database) -> None:
    with pytest.raises(ValueError, match="time zone"):
        store.finish_response(db, "r1", datetime(2026, 5, 4))


def test_the_export_holds_everything_and_says_what_it_is(db: Database) -> None:
    begin(db)
    store.save_answer(db, "r1", "pain_sites", ["buttock"], WORDING, "v7", AT)
    store.add_check_in(db, entry())
    store.add_import(db, Batch("i", AT, "UTC", DAY, "diary.csv", "csv", {"nrs": "pain"}, {}), [entry("c2", batch="i")])
    store.add_event(db, Event("e", "medicine", "Ibuprofen", DAY, None, AT, "UTC"))
    store.add_baseline(db, "b", DAY, AT, "UTC")
    store.add_experiment(db, Experiment("x", "Does it help?", "Stand up more", DAY, 2, AT, "UTC"), DAY)
    store.start_session(db, session())
    store.add_completions(db, "s1", [event(1)])
    store.add_hurts(db, "s1", [HURT], AT, DAY)
    store.add_adjustment(db, Adjustment("j", "dose", "clamshell", {"sets": 1}, DAY, AT))
    store.add_rescreen(db, Rescreen("a", DAY, AT, {"saddle_numbness": "none"}, False))
    store.save_measure(db, MeasureValue(DAY, AT, "UTC", "peg_pain", "How strong?", 4))
    store.add_consent(db, "1", AT, "text", "GB")
    store.set_setting(db, "sound", "off")
    store.log_advice(db, DAY, "a", AT, "UTC", {"n": 1})
    exported = json.loads(json.dumps(store.export_all(db)))
    assert (exported["format"], exported["schema_version"]) == ("unpinch-export", 1)
    assert exported["content_versions"] == ["v7"]
    assert {table: len(rows) for table, rows in exported["tables"].items()} == store.counts(db)
    assert all(exported["tables"].values())
    assert exported["tables"]["check_ins"][0]["habits_kept"] == ["sitting_break", "uncross_legs"]
    assert exported["tables"]["check_ins"][0]["note"] == "Long drive; “stiff” — 痛い"
    assert exported == json.loads(json.dumps(store.export_all(db)))


def test_every_table_is_strict_and_exported(db: Database) -> None:
    ours = {name for name in db.table_names() if not name.startswith("_")}
    assert ours == set(store.TABLES)
    assert all(db[name].strict for name in ours)  # type: ignore[union-attr]


def test_everything_that_leads_into_a_statement_stays_text(db: Database) -> None:
    nasty = "'); DROP TABLE check_ins; --"
    store.add_check_in(db, entry(nasty, note=nasty))
    store.set_setting(db, nasty, nasty)
    assert store.check_ins(db)[0].note == nasty
    assert store.get_setting(db, nasty) == nasty


# Taking over and putting aside


def test_what_is_copied_keeps_its_words_version_and_instant_and_only_what_is_named(db: Database) -> None:
    begin(db, "r1")
    store.save_answers(db, "r1", {"age": (44, WORDING), "fever": ("no", WORDING)}, "v1", AT)
    begin(db, "r2")
    for _ in range(2):
        store.copy_answers(db, "r1", "r2", ["age", "never_asked"])
    first, _, copied = store.export_all(db)["tables"]["answers"]
    assert copied == {**first, "response_uid": "r2"}
    with pytest.raises(LookupError, match="r9"):
        store.copy_answers(db, "r1", "r9", ["age"])


def test_only_what_is_not_finished_can_be_discarded(db: Database) -> None:
    for uid in ("r1", "r2"):
        begin(db, uid)
        store.save_answer(db, uid, "age", 44, WORDING, "v1", AT)
    store.finish_response(db, "r1", AT)
    for uid in ("r1", "r2"):
        store.discard_response(db, uid)
    assert [one.uid for one in store.responses(db)] == ["r1"]
    assert store.answers(db, "r1") == {"age": 44}
    assert store.counts(db)["answers"] == 1


def test_of_a_row_of_corrections_the_last_one_s_pain_counts_once(db: Database) -> None:
    begin(db, "r1")
    store.save_answer(db, "r1", "nrs_now", 7, WORDING, "v1", AT)
    store.finish_response(db, "r1", AT)
    for number, before, pain in ((2, 7, 5), (3, 5, 7)):
        at = AT + timedelta(hours=number)
        store.start_response(db, f"r{number}", at=at, tz="UTC", day=DAY, questionnaire_version="1", replaces="r1")
        store.copy_answers(db, "r1", f"r{number}", ["nrs_now"])
        store.save_answer(db, f"r{number}", "nrs_now", pain, {"again": number}, "v1", at)
        assert [entry.nrs for entry in store.pain_entries(db)] == [before]
        store.finish_response(db, f"r{number}", at)
        assert [entry.nrs for entry in store.pain_entries(db)] == [pain]
