"""The routine page: nobody gets an exercise past the gate."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.test_cases import CATALOGUE, response_of
from unpinch import session_plan, store
from unpinch.diary import CheckIn, Rescreen, Session
from unpinch.findings import assess
from unpinch.routine import recommend
from unpinch.timeline import Timing

PAGE = "pages/routine.py"
YESTERDAY = NOW - timedelta(days=1)


def texts(test):
    shown = (*test.title, *test.header, *test.subheader, *test.markdown, *test.error, *test.info)
    return " ".join(element.value for element in shown)


def labels(test):
    return [button.label for button in test.button]


def press(test, label):
    return next(button for button in test.button if button.label == label).click().run()


def test_without_an_assessment_there_is_no_exercise(app):
    test = app(PAGE)
    assert "Fill in the self-assessment first" in texts(test)
    assert "Start" not in labels(test)


@pytest.mark.parametrize("sign", [{"fever": "yes"}, {"both_legs": "nerve_symptoms_new"}, {"leg_weakness": "mild"}])
def test_a_sign_that_needs_care_withholds_the_routine(app, assessed, sign):
    assessed(**sign)
    test = app(PAGE)
    assert "Start" not in labels(test)
    assert "until somebody has looked at this" in texts(test)


def test_each_exercise_says_why_from_which_source_and_when_to_stop(app, assessed, catalogue):
    assessed()
    test = app(PAGE)
    assert "Start" in labels(test)
    shown = texts(test)
    assert "Stop if" in shown
    assert "Sources" in [expander.label for expander in test.expander]
    folds = [fold for fold in (f"fold:{name}" for name in catalogue.exercises) if fold in test.session_state]
    assert folds
    for fold in folds:
        test.session_state[fold] = True
    opened = texts(test.run())
    assert opened.count("Because you answered") == opened.count("Our start") == len(folds)


def test_the_first_session_of_a_later_day_asks_the_three_questions(app, assessed):
    assessed(at=YESTERDAY)
    test = app(PAGE)
    assert "New or worse since the last time?" in texts(test)
    assert "Start" not in labels(test)
    test = press(test, "Go on")
    assert "one of the two" in texts(test)
    test.checkbox(key="rescreen:none").check()
    assert "Start" in labels(press(test, "Go on"))


def test_a_positive_answer_stops_until_the_assessment_is_done_again(app, assessed, database_path):
    assessed(at=YESTERDAY)
    test = app(PAGE)
    test.checkbox(key="rescreen:leg_weakness").check()
    test = press(test, "Go on")
    assert "Stop for now" in texts(test)
    with store.connect(database_path) as db:
        assert store.last_rescreen(db).positive
    assert "Stop for now" in texts(app(PAGE))
    assessed(at=NOW + timedelta(minutes=5), day=NOW.date())
    assert "Start" in labels(app(PAGE))


def test_a_positive_answer_also_stops_a_session_that_is_open(app, assessed, database_path):
    assessed()
    with store.connect(database_path) as db:
        store.start_session(db, Session("s", NOW.date(), NOW, "UTC", {"phases": [], "steps": []}))
        store.add_rescreen(db, Rescreen("r", NOW.date(), NOW + timedelta(seconds=1), {}, True))
    assert "Stop for now" in texts(app(PAGE))


def test_a_session_is_opened_once_with_its_plan_and_the_pain_before(app, assessed, database_path):
    assessed()
    test = app(PAGE)
    next(group for group in test.button_group if group.key == "pain_now").set_value(6).run()
    press(test, "Start")
    with store.connect(database_path) as db:
        (session,) = store.sessions(db)
    assert session.pain_before == 6
    assert [phase["index"] for phase in session.plan["phases"]] == list(range(len(session.plan["phases"])))
    assert session.plan["steps"]


def test_strong_pain_now_leaves_out_what_needs_calm(app, assessed):
    assessed(equipment=("chair", "ball", "floor_mat"))
    test = app(PAGE)
    assert "Glute bridge" in texts(test)
    next(group for group in test.button_group if group.key == "pain_now").set_value(9).run()
    assert "Glute bridge" not in texts(test)
    assert "Ball massage" not in texts(test)


def test_strength_rests_on_the_day_after_strength(app, assessed, database_path):
    assessed(at=YESTERDAY)
    with store.connect(database_path) as db:
        store.start_session(db, Session("s", YESTERDAY.date(), YESTERDAY, "UTC", {"phases": [], "steps": []}))
        event = {"phase": 1, "step": 0, "exercise": "glute_bridge", "side": None, "set": 1, "outcome": "completed",
                 "seconds": 40, "at": YESTERDAY.isoformat()}  # fmt: skip
        store.add_completions(db, "s", [event])
        store.finish_session(db, "s", YESTERDAY)
    test = app(PAGE)
    test.checkbox(key="rescreen:none").check()
    shown = texts(press(test, "Go on"))
    assert "strengthening rests today" in shown
    assert "Glute bridge" not in shown


def test_pain_after_is_kept_and_a_rise_is_not_cheered(app, assessed, database_path):
    assessed()
    with store.connect(database_path) as db:
        store.start_session(db, Session("s", NOW.date(), NOW, "UTC", {"phases": [], "steps": []}, pain_before=3))
        store.finish_session(db, "s", NOW)
    test = app(PAGE)
    assert "Session over" in texts(test)
    next(group for group in test.button_group if group.key == "pain_after").set_value(6).run()
    test = press(test, "Save")
    assert "It rose. Do less next time" in test.success[0].value
    with store.connect(database_path) as db:
        assert store.sessions(db)[0].pain_after == 6


def planned():
    """The plan of the well person's recommended routine."""
    response, timing = response_of({"answers": {}}), Timing.of(CATALOGUE.thresholds)
    assessment = assess(response, CATALOGUE.findings, CATALOGUE.thresholds)
    routine = recommend(response, assessment, CATALOGUE.exercises, CATALOGUE.thresholds)
    return session_plan.plan_of(routine.steps, timing, CATALOGUE.exercises, "v")


def begun(database_path, at):
    """A session begun at that instant whose first part is done."""
    plan = planned()
    with store.connect(database_path) as db:
        store.start_session(db, Session("s", at.date(), at, "UTC", plan))
        store.add_completions(db, "s", [done(plan, 1, at)])


def done(plan, number, at):
    phase = plan["phases"][number]
    return {key: phase[key] for key in ("step", "exercise", "side", "set")} | {
        "phase": number, "outcome": "completed", "seconds": 30, "at": at.isoformat(),
    }  # fmt: skip


@pytest.mark.parametrize("hours", [1, 11, 23])
def test_an_interrupted_session_is_offered_also_past_midnight_and_never_plays_by_itself(
    app, assessed, database_path, hours
):
    assessed()
    begun(database_path, NOW - timedelta(hours=hours))
    test = app(PAGE)
    assert "An interrupted session" in texts(test)
    assert "1 of 11 parts are done" in texts(test)
    test = press(test, "Continue at Ball massage, lying, right")
    assert "An interrupted session" not in texts(test)
    assert not test.exception


def test_on_a_later_day_the_three_questions_come_before_the_rest_of_a_session(app, assessed, database_path):
    assessed(at=YESTERDAY)
    begun(database_path, NOW - timedelta(hours=11))
    test = app(PAGE)
    assert "New or worse since the last time?" in texts(test)
    assert "Continue at Ball massage, lying, right" not in labels(test)
    test.checkbox(key="rescreen:none").check()
    assert "Continue at Ball massage, lying, right" in labels(press(test, "Go on"))


def test_a_session_of_long_ago_is_not_offered(app, assessed, database_path):
    assessed()
    begun(database_path, NOW - timedelta(hours=25))
    assert "Start" in labels(app(PAGE))


def test_starting_anew_closes_the_old_session_for_good(app, assessed, database_path):
    assessed()
    begun(database_path, NOW - timedelta(hours=1))
    assert "Start" in labels(press(app(PAGE), "Start anew"))
    assert "Start" in labels(app(PAGE))
    with store.connect(database_path) as db:
        assert store.sessions(db)[0].finished_at


def test_a_withheld_routine_and_a_danger_sign_close_what_is_open(app, assessed, database_path):
    assessed(fever="yes")
    begun(database_path, NOW - timedelta(hours=1))
    assert "Continue at Ball massage, lying, right" not in labels(app(PAGE))
    with store.connect(database_path) as db:
        assert store.sessions(db)[0].finished_at


def hurting(database_path, *places, exercise="glute_bridge"):
    with store.connect(database_path) as db:
        for number, where in enumerate(places, 1):
            at = NOW - timedelta(days=number)
            store.start_session(db, Session(f"h{number}", at.date(), at, "UTC", {"phases": [], "steps": []}))
            report = {"id": "1:hurt:0", "phase": 1, "step": 0, "exercise": exercise, "where": where}
            store.add_hurts(db, f"h{number}", [report], at, at.date())
            store.finish_session(db, f"h{number}", at)


def test_what_hurt_in_the_muscle_is_lighter_and_the_person_may_take_it_back(app, assessed, database_path):
    assessed()
    hurting(database_path, "muscle")
    test = app(PAGE)
    assert "Glute bridge hurt in the muscle on 19 November. Until 26 November it comes lighter" in texts(test)
    assert "**2 × 8 times**" in texts(test)
    assert "**An easier form:**" in texts(test)
    test = press(test, "It is fine again: usual dose")
    assert "it comes lighter" not in texts(test)
    assert "**2 × 10 times**" in texts(test)
    test = press(test, "Undo")
    assert "it comes lighter" in texts(test)


def test_what_sent_pain_down_the_leg_is_left_out_with_its_day_and_cannot_be_pressed_away(app, assessed, database_path):
    assessed()
    hurting(database_path, "down_leg", exercise="seated_figure4_stretch")
    test = app(PAGE)
    shown = texts(test)
    assert "Seated figure-4 stretch is left out until 26 November" in shown
    assert "because it sent pain down the leg on 19 November" in shown
    assert "### Seated figure-4 stretch" not in shown
    assert not {"It is fine again: usual dose", "Undo"} & set(labels(test))


def calm(database_path):
    """Two sessions of the recommended routine, done in full, with calm days after."""
    plan = planned()
    work = [phase["index"] for phase in plan["phases"] if phase["kind"] in ("hold", "move")]
    with store.connect(database_path) as db:
        for uid, days in (("calm0", 4), ("calm1", 2)):
            at, after = NOW - timedelta(days=days), NOW - timedelta(days=days - 1)
            store.start_session(db, Session(uid, at.date(), at, "UTC", plan, pain_before=2))
            store.add_completions(db, uid, [done(plan, index, at) for index in work])
            store.finish_session(db, uid, at)
            store.set_session_pain(db, uid, at=at, after=2, effort=4)
            store.add_check_in(db, CheckIn(f"after {uid}", after.date(), after, "UTC", nrs=2))


def test_two_calm_sessions_offer_one_step_harder_that_can_be_taken_up_and_undone(app, assessed, database_path):
    assessed()
    calm(database_path)
    test = app(PAGE)
    assert "Glute bridge: 2 × 12 times instead of 2 × 10 times." in texts(test)
    assert "16 November and 18 November" in texts(test)
    assert "2 – 2 – 2, then 2 – 2 – 2; effort 4 and 4" in texts(test)
    assert "**2 × 10 times**" in texts(test)
    test = press(test, "Take it up")
    assert "**2 × 12 times**" in texts(test)
    assert "taken up on 20 November" in texts(test)
    assert "Ready for a little more" not in texts(test)
    assert "**2 × 12 times**" in texts(app(PAGE))
    test = press(test, "Restore the recommended routine")
    assert "**2 × 10 times**" in texts(test)


def test_not_now_is_an_answer(app, assessed, database_path):
    assessed()
    calm(database_path)
    test = press(app(PAGE), "Not now")
    assert "Glute bridge: 2 × 12" not in texts(test)
    assert "Glute bridge: 2 × 12" not in texts(app(PAGE))


def test_a_routine_can_be_adjusted_within_its_limits_and_restored(app, assessed):
    assessed()
    test = app(PAGE)
    test.session_state["adjust:glute_bridge"] = True
    test.run()
    reps = next(field for field in test.number_input if field.label == "Repeats (6 to 15)")
    reps.set_value(14).run()
    assert "**2 × 14 times**" in texts(test)
    assert "Glute bridge: 2 × 14 times instead of 2 × 10 times, your choice of 20 November." in texts(test)
    test = press(test, "Leave it out")
    assert "### Glute bridge" not in texts(test)
    test = press(test, "Restore the recommended routine")
    assert "**2 × 10 times**" in texts(test)
    test = press(test, "Undo")
    assert "### Glute bridge" not in texts(test)


def tried_for_weeks(database_path, before=4, after=4):
    """Thirty days of ratings with a session every other day: a fair try, with these ratings at first and later."""
    plan = planned()
    work = [phase["index"] for phase in plan["phases"] if phase["kind"] in ("hold", "move")]
    with store.connect(database_path) as db:
        for days in range(30, -1, -1):
            at = NOW - timedelta(days=days, hours=1)
            nrs = before if days > 14 else after
            store.add_check_in(db, CheckIn(f"c{days}", at.date(), at, "UTC", nrs=nrs))
            if days and days % 2 == 0:
                store.start_session(db, Session(f"s{days}", at.date(), at, "UTC", plan, pain_before=nrs))
                store.add_completions(db, f"s{days}", [done(plan, index, at) for index in work])
                store.finish_session(db, f"s{days}", at)
                store.set_session_pain(db, f"s{days}", at=at, after=nrs, effort=4)
        store.set_setting(db, "session_dismissed", "s2")


def test_a_fair_try_that_changed_nothing_offers_a_changed_plan_that_can_be_undone(app, assessed, database_path):
    assessed()
    tried_for_weeks(database_path)
    test = app(PAGE)
    assert "Four weeks of a fair try have changed little" in texts(test)
    assert "### Knee to opposite shoulder" not in texts(test)
    test = press(test, "Change the plan")
    shown = texts(test)
    assert "### Knee to opposite shoulder" in shown
    assert "Knee to opposite shoulder takes the place of Seated figure-4 stretch" in shown
    assert "Four weeks of a fair try" not in shown
    test = press(app(PAGE), "Back to the plan before")
    assert "### Seated figure-4 stretch" in texts(test)
    test = press(test, "Not now")
    assert "Four weeks of a fair try" not in texts(app(PAGE))


def test_pain_that_eases_offers_no_changed_plan(app, assessed, database_path):
    assessed()
    tried_for_weeks(database_path, before=6, after=2)
    assert "Four weeks of a fair try" not in texts(app(PAGE))
