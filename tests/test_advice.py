"""When the app says that self-care is not enough: each rule at its edge, with the data it names."""

from datetime import date, timedelta

import pytest

from unpinch.adherence import Adherence
from unpinch.advice import RULES, Course, Reported, advise
from unpinch.catalogue import load
from unpinch.diary import Reach
from unpinch.findings import Urgency
from unpinch.trend import trend
from unpinch.weeks import OF_A_WEEK, Rating

FIRST = date(2026, 3, 2)
CATALOGUE = load()
LIMITS = CATALOGUE.thresholds


def course(*levels: float | None, last_day: int = 6, reaches=(), adherence: float | None = None, **other) -> Course:
    """Daily ratings, a level a week, None for a week without; the last week ends with its day `last_day`."""
    days = [
        Rating(FIRST + timedelta(days=7 * week + weekday), level)
        for week, level in enumerate(levels)
        for weekday in range(7)
        if level is not None
    ]
    days = days[: len(days) - 6 + last_day]
    today = days[-1].day
    done = Adherence(percent=adherence)
    return Course(trend(days, today, LIMITS), today, tuple(reaches), done, **other)


def ids(given: Course) -> list[str]:
    return [advice.id for advice in advise(given, CATALOGUE.advice, LIMITS)]


def only(given: Course):
    (advice,) = advise(given, CATALOGUE.advice, LIMITS)
    return advice


def reached(*weeks: Reach) -> list[tuple[date, Reach]]:
    return [(FIRST + timedelta(days=7 * w + d), reach) for w, reach in enumerate(weeks) for d in range(7)]


def test_every_rule_has_its_words_and_every_text_its_rule():
    assert {rule.__name__ for rule in RULES} == set(CATALOGUE.advice)


def test_what_is_more_urgent_stands_first_and_adherence_before_any_judgement_of_the_plan():
    order = [rule.__name__ for rule in RULES]
    alarms = [CATALOGUE.advice[name].urgency for name in order[: order.index("low_adherence")]]
    assert alarms == sorted(alarms, reverse=True)
    assert Urgency.SELF_CARE not in alarms
    assert order.index("low_adherence") < order.index("not_better_six_weeks") < order.index("flat_four_weeks")


@pytest.mark.parametrize(
    ("levels", "last_day", "adherence", "expected"),
    [
        ((9, 9), 5, None, []),  # day 13: no checkpoint yet
        ((6, 6), 6, None, ["flat_two_weeks"]),
        ((6, 6.9), 6, None, []),  # less than a point, but 15 per cent
        ((6, 5.2), 6, None, ["flat_two_weeks"]),
        ((6, 5), 6, None, []),
        ((0, 0), 6, None, []),
        ((6, 6), 6, 49, ["low_adherence"]),
        ((6, 4), 6, 49, []),
        ((4, 6), 5, None, []),
        ((4, 6), 6, None, ["worse_after_two_weeks"]),
        ((6, 6, 6), 6, None, ["flat_two_weeks"]),
        ((6, 6, 6), 6, 20, ["low_adherence"]),
        ((6, 6, 6, 6), 5, None, ["flat_two_weeks"]),
        ((6, 6, 6, 6), 6, None, ["flat_four_weeks"]),
        ((6, 6, 6, 6), 6, 49.9, ["low_adherence"]),
        ((6, 6, 6, 6), 6, 50, ["flat_four_weeks"]),
        ((6, 6, 5, 5), 6, None, []),  # less than what matters, more than nothing
        ((6, 6, 6, 6, 6, 6), 5, None, ["flat_four_weeks"]),
        ((6, 6, 6, 6, 6, 6), 6, None, ["not_better_six_weeks"]),
        ((6, 6, 6, 5, 5, 5), 6, None, ["not_better_six_weeks"]),
        ((6, 6, 6, 6, 6, 6), 6, 49, ["low_adherence"]),
        ((6, 6, 6, 6, 6, 6), 6, 50, ["not_better_six_weeks"]),
        ((6, 6, 6, 6, 4, 4), 6, None, []),
        ((6, 6, 6, 6, 6, 4), 6, None, []),  # possibly better
        ((0, 0, 0, 0, 0, 0), 6, None, []),
        ((4, 4, 6), 6, None, ["worse_weeks_unclear"]),
        ((4, 4, 6, 6), 6, None, ["worsening_two_weeks"]),
        ((4, 4, 6, 6), 6, 10, ["worsening_two_weeks"]),  # an alarm does not ask how much was done
        ((6, 6, None, None, 6, 6), 6, None, ["not_better_six_weeks"]),
    ],
)
def test_the_checkpoints_at_two_four_and_six_weeks(levels, last_day, adherence, expected):
    assert ids(course(*levels, last_day=last_day, adherence=adherence)) == expected


def test_an_unclear_rise_after_two_weeks_asks_a_question_and_raises_no_alarm():
    days = [Rating(FIRST + timedelta(days=n), 4 + (n >= 7) * 3 + 3 * (-1) ** n) for n in range(14)]
    today = days[-1].day
    assert ids(Course(trend(days, today, LIMITS), today)) == ["worse_weeks_unclear"]


def test_two_worse_weeks_send_to_a_clinician_with_the_numbers():
    advice = only(course(4, 4, 6, 6))
    assert advice.urgency == Urgency.SEE_CLINICIAN
    assert "Change: +2.0 points (+50 per cent), plausibly between +2.0 and +2.0." in advice.because
    assert "physiotherapist" in advice.text


def test_what_was_told_before_a_verdict_names_both_weeks():
    assert only(course(4, 6)).because == (
        "Starting week: 4.0 on average (7 rated days from 2 Mar 2026).",
        "Latest week: 6.0 on average (7 rated days from 9 Mar 2026), a difference of +2.0.",
    )


def test_low_adherence_names_the_sessions():
    done = Adherence(percent=20, done=2, planned=10)
    given = course(6, 6, 6, 6)
    advice = only(Course(given.trend, given.today, adherence=done))
    assert advice.because[0] == "Days with a session done: 20 per cent of those the plan asks for (2 of 10)."


def test_the_checkpoints_count_from_the_starting_week():
    assert only(course(6, 6, 6, 5, 5, 5)).because[0] == "Weeks since your starting week began: 6."


def test_a_gap_before_the_second_week_makes_no_checkpoint_of_what_is_long_past():
    given = course(4, 6)
    late = given.today + timedelta(days=8)
    assert ids(Course(trend([Rating(FIRST, 4)], late, LIMITS), late)) == []
    days = [Rating(FIRST + timedelta(days=n), 4 if n < 7 else 6) for n in range(14)]
    assert ids(Course(trend(days, late, LIMITS), late)) == []


def test_ratings_about_whole_weeks_reach_the_checkpoints_with_four_of_them():
    told = [Rating(FIRST + timedelta(days=7 * week + 6), 6, days=OF_A_WEEK) for week in range(6)]

    def after(weeks: int) -> list[str]:
        today = told[weeks - 1].day
        return ids(Course(trend(told, today, LIMITS), today))

    assert [after(weeks) for weeks in (2, 3, 4, 6)] == [[], [], ["flat_four_weeks"], ["not_better_six_weeks"]]


def test_pain_further_down_the_leg_for_a_week_sends_to_a_clinician():
    advice = only(course(5, 4, 4, reaches=reached(Reach.BUTTOCK, Reach.BUTTOCK, Reach.CALF)))
    assert (advice.id, advice.urgency) == ("spreading_down_leg", Urgency.SEE_CLINICIAN)
    assert advice.because == (
        "First week: usually down to the buttock (7 answers).",
        "Last seven days: usually down to the calf (7 answers).",
    )


@pytest.mark.parametrize(
    "weeks",
    [
        (Reach.CALF, Reach.CALF, Reach.BUTTOCK),
        (Reach.CALF, Reach.CALF, Reach.CALF),
        (Reach.NONE, Reach.NONE, Reach.BUTTOCK),
        (Reach.CALF,),
    ],
)
def test_pain_that_retreats_stays_or_comes_to_the_buttock_is_not_spreading(weeks):
    assert ids(course(5, 4, 4, reaches=reached(*weeks))) == []


def test_three_answers_in_the_last_week_are_too_few_to_call_it_spreading():
    few = [(day, reach) for day, reach in reached(Reach.BUTTOCK, Reach.BUTTOCK, Reach.FOOT)][:-4]
    assert ids(course(5, 4, 4, reaches=few)) == []


def test_spreading_needs_no_ratings():
    today = FIRST + timedelta(days=13)
    assert ids(Course(trend([], FIRST, LIMITS), today, tuple(reached(Reach.THIGH, Reach.FOOT)))) == [
        "spreading_down_leg"
    ]


def test_a_danger_sign_that_was_reported_comes_first_and_cannot_be_put_aside():
    reported = Reported(danger=FIRST + timedelta(days=20))
    first, second = advise(course(4, 4, 6, 6, reported=reported), CATALOGUE.advice, LIMITS)
    assert (first.id, first.urgency, second.id) == ("danger_sign_reported", Urgency.URGENT, "worsening_two_weeks")
    assert first.because == ("Reported on 22 Mar 2026. The warning signs have not been answered since.",)
    assert (first.may_be_put_aside, second.may_be_put_aside) == (False, True)


@pytest.mark.parametrize(("days_ago", "expected"), [(0, ["new_numbness"]), (27, ["new_numbness"]), (28, [])])
def test_new_numbness_is_pointed_out_for_four_weeks(days_ago, expected):
    given = course(5, 5, 4, 4)
    told = Reported(numb="New: Calf", numb_day=given.today - timedelta(days=days_ago))
    assert ids(Course(given.trend, given.today, reported=told)) == expected


@pytest.mark.parametrize(
    ("weeks", "level", "examined", "expected"),
    [
        (13, 5, False, ["twelve_weeks_unexamined"]), (12, 5, False, []), (13, 5, True, []), (13, 0.9, False, []),
        (13, 1, False, ["twelve_weeks_unexamined"]), (None, 5, False, []),
    ],
)  # fmt: skip
def test_more_than_twelve_weeks_that_nobody_examined_suggest_a_check(weeks, level, examined, expected):
    given = course(level)
    began = None if weeks is None else given.today - timedelta(weeks=weeks)
    assert ids(Course(given.trend, given.today, reported=Reported(began=began, examined=examined))) == expected
