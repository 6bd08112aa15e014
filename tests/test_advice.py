"""When the app says that self-care is not enough: each rule at its edge, with the data it names."""

from datetime import date, timedelta

import pytest

from unpinch.advice import RULES, Course, advise
from unpinch.catalogue import load
from unpinch.diary import Reach
from unpinch.findings import Urgency
from unpinch.trend import trend
from unpinch.weeks import Rating

FIRST = date(2026, 3, 2)
CATALOGUE = load()


def course(*levels: float, last_day: int = 6, reaches=(), adherence: float | None = None) -> Course:
    """Daily ratings, a level a week; the last week ends with its day `last_day`."""
    days = [
        Rating(FIRST + timedelta(days=7 * week + weekday), level)
        for week, level in enumerate(levels)
        for weekday in range(7)
    ]
    days = days[: len(days) - 6 + last_day]
    today = days[-1].day
    return Course(trend(days, today, CATALOGUE.thresholds), today, tuple(reaches), adherence)


def ids(given: Course) -> list[str]:
    return [advice.id for advice in advise(given, CATALOGUE.advice, CATALOGUE.thresholds)]


def reached(*weeks: Reach) -> list[tuple[date, Reach]]:
    return [(FIRST + timedelta(days=7 * w + d), reach) for w, reach in enumerate(weeks) for d in range(7)]


def test_every_rule_has_its_words_and_every_text_its_rule():
    assert [rule.__name__ for rule in RULES] == list(dict.fromkeys(rule.__name__ for rule in RULES))
    assert {rule.__name__ for rule in RULES} == set(CATALOGUE.advice)


def test_two_worse_weeks_send_to_a_clinician_with_the_numbers():
    (advice,) = advise(course(4, 4, 6, 6), CATALOGUE.advice, CATALOGUE.thresholds)
    assert (advice.id, advice.urgency) == ("worsening_two_weeks", Urgency.SEE_CLINICIAN)
    assert "Change: +2.0 points (+50 per cent), plausibly between +2.0 and +2.0." in advice.because
    assert "physiotherapist" in advice.text


def test_one_worse_week_asks_a_gentle_question():
    assert ids(course(4, 4, 6)) == ["worse_weeks_unclear"]


def test_four_flat_weeks_change_the_plan_on_their_last_day_and_not_before():
    assert ids(course(6, 6, 6, 6, last_day=5)) == []
    assert ids(course(6, 6, 6, 6)) == ["flat_four_weeks"]


def test_a_change_below_what_matters_but_above_flat_is_left_alone_at_four_weeks():
    assert ids(course(6, 6, 5, 5)) == []


def test_six_weeks_without_the_change_that_matters_send_to_a_clinician():
    assert ids(course(6, 6, 6, 5, 5, 5, last_day=5)) == []
    (advice,) = advise(course(6, 6, 6, 5, 5, 5), CATALOGUE.advice, CATALOGUE.thresholds)
    assert (advice.id, advice.urgency) == ("not_better_six_weeks", Urgency.SEE_CLINICIAN)
    assert advice.because[0] == "Weeks since your starting week began: 6."


@pytest.mark.parametrize("levels", [(6, 6, 6, 6, 4, 4), (6, 6, 6, 6, 6, 4), (0, 0, 0, 0, 0, 0)])
def test_six_weeks_that_got_better_or_had_no_pain_are_left_alone(levels):
    assert ids(course(*levels)) == []


def test_a_plan_hardly_tried_is_said_first_and_instead():
    assert ids(course(6, 6, 6, 6, 6, 6, adherence=49)) == ["low_adherence"]
    assert ids(course(6, 6, 6, 6, 6, 6, adherence=50)) == ["not_better_six_weeks"]


def test_too_early_gives_no_advice():
    assert ids(course(9, 9)) == []


def test_pain_further_down_the_leg_for_a_week_sends_to_a_clinician():
    given = course(5, 5, 5, reaches=reached(Reach.BUTTOCK, Reach.BUTTOCK, Reach.CALF))
    (advice,) = advise(given, CATALOGUE.advice, CATALOGUE.thresholds)
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
    assert ids(course(5, 5, 5, reaches=reached(*weeks))) == []


def test_three_answers_in_the_last_week_are_too_few_to_call_it_spreading():
    few = [(day, reach) for day, reach in reached(Reach.BUTTOCK, Reach.BUTTOCK, Reach.FOOT)][:-4]
    assert ids(course(5, 5, 5, reaches=few)) == []


def test_spreading_needs_no_ratings():
    assert ids(
        Course(
            trend([], FIRST, CATALOGUE.thresholds),
            FIRST + timedelta(days=13),
            tuple(reached(Reach.THIGH, Reach.FOOT)),
        )
    ) == ["spreading_down_leg"]


def test_the_most_urgent_advice_comes_first():
    given = course(4, 4, 6, reaches=reached(Reach.BUTTOCK, Reach.BUTTOCK, Reach.FOOT))
    assert ids(given) == ["spreading_down_leg", "worse_weeks_unclear"]
