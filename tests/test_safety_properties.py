"""What must hold for every combination of answers, whoever gives them."""

import itertools
import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_cases import CATALOGUE, person
from unpinch.assess_command import BadAnswers, parse
from unpinch.findings import Assessment, Urgency, assess, hurts
from unpinch.pattern import Match
from unpinch.questionnaire import Answer, Kind, Response
from unpinch.routine import Routine, Status, Withheld, recommend

ITEMS = {item.id: item for item in CATALOGUE.questionnaire.items}
WELL: dict[str, Answer] = {
    item: tuple(value) if isinstance(value, list) else value for item, value in person({"answers": {}}).items()
}
HARMLESS_TO_WORST: dict[str, tuple[set[str], ...]] = {
    "saddle_numbness": ({"none"}, {"long_standing"}, {"new", "long_standing_worse", "unsure"}),
    "bladder_bowel_change": (
        {"none"}, {"long_standing_unchanged"}, {"new", "long_standing_worse", "unsure"},
    ),
    "sexual_function_change": (
        {"none"}, {"long_standing_unchanged"}, {"new", "long_standing_worse", "unsure"},
    ),
    "both_legs": ({"none"}, {"ache_long_standing"}, {"nerve_symptoms_new", "unsure"}),
    "leg_weakness": ({"none"}, {"mild"}, {"progressive", "unsure"}),
    "trauma": ({"none"}, {"minor"}, {"major"}),
    "cancer_history": ({"none"}, {"skin_only_removed"}, {"past"}, {"active"}),
    "weight_loss": ({"none"}, {"intended"}, {"unexplained"}),
    "night_pain": ({"none"}, {"positional"}, {"constant"}),
    "claudication": ({"none"}, {"eases_sitting_or_bending"}, {"stops_when_standing_still"}),
}  # fmt: skip
"""Each warning sign's codes in steps of concern; those that are not named go from no to yes or not sure."""

NUMBERS: dict[str, tuple[float, ...]] = {
    "age": (0, 16, 17, 18, 34, 44, 64, 65, 69, 70, 95),
    "weeks": (0, 1, 2, 3, 12, 13, 30, 500),
    "nrs_now": (0, 2, 3, 4, 5, 6, 7, 8, 10),
    "worst": (0, 5, 7, 8, 10),
    "weeks_of_selfcare": (0, 3, 4, 20),
    "morning_stiffness_min": (0, 25, 30, 90),
    "sitting_hours": (0, 3.5, 4, 12),
    "drives_hours": (0, 0.5, 1, 8),
    "time_minutes": (1, 2, 3, 4, 5, 8, 10, 20, 60),
}


def steps_of_concern(item: str) -> tuple[set[str], ...]:
    """The codes of a warning sign from harmless to worst."""
    return HARMLESS_TO_WORST.get(item, ({"no"}, {"yes", "unsure"}))


def changes() -> Iterator[tuple[str, Answer]]:
    """Everything one can answer: each code, each number that matters; an empty tuple clears a list."""
    for item in ITEMS.values():
        if item.kind is Kind.NUMBER:
            yield from ((item.id, number) for number in NUMBERS[item.id])
        elif item.kind is Kind.CHOICES:
            yield item.id, ()
            yield from ((item.id, (code,)) for code in item.codes)
        else:
            yield from ((item.id, code) for code in item.codes)
        if item.optional:
            yield item.id, None


CHANGES = tuple(changes())


def changed(*differences: tuple[str, Answer]) -> dict[str, Answer]:
    """The well person with these answers; codes of a list add up."""
    answers = dict(WELL)
    for item, answer in differences:
        before = answers.get(item)
        adds = isinstance(answer, tuple) and answer and isinstance(before, tuple)
        answers[item] = tuple(dict.fromkeys((*before, *answer))) if adds else answer  # type: ignore[misc]
    return answers


people = st.lists(st.sampled_from(CHANGES), max_size=9).map(lambda differences: changed(*differences))


def judge(answers: dict[str, Answer]) -> Assessment:
    return assess(Response(answers), CATALOGUE.findings, CATALOGUE.thresholds)


def routine_for(answers: dict[str, Answer]) -> tuple[Assessment, Routine | Withheld]:
    assessment = judge(answers)
    return assessment, recommend(Response(answers), assessment, CATALOGUE.exercises, CATALOGUE.thresholds)


def worse_answers(item: str) -> Iterator[tuple[str, str]]:
    """Each pair of an answer and one that is worse or as bad."""
    levels = steps_of_concern(item)
    for place, level in enumerate(levels):
        for code in level:
            yield from ((code, worse) for later in levels[place:] for worse in later if worse != code)


WARNING_SIGNS = tuple(item.id for item in CATALOGUE.questionnaire.warning_signs)
WARNING_ANSWERS = tuple((item, code) for item in WARNING_SIGNS for code in ITEMS[item].codes)
STRICTNESS = tuple(reversed(Status))


def test_the_order_of_concern_names_every_code_of_every_warning_sign() -> None:
    for item in WARNING_SIGNS:
        assert set().union(*steps_of_concern(item)) == set(ITEMS[item].codes)


@pytest.mark.parametrize("item", WARNING_SIGNS)
def test_a_worse_answer_beside_any_other_warning_sign_never_lowers_the_urgency(item: str) -> None:
    alone: tuple[str, Answer] = ("age", 42)
    for other in (alone, *WARNING_ANSWERS):
        urgency = {code: judge(changed(other, (item, code))).urgency for code in ITEMS[item].codes}
        for code, worse in worse_answers(item):
            assert urgency[worse] >= urgency[code], (other, item, code, worse)


@settings(max_examples=250, deadline=None)
@given(people, st.sampled_from(WARNING_SIGNS), st.data())
def test_a_worse_answer_never_lowers_the_urgency_nor_loosens_the_routine(
    answers: dict[str, Answer], item: str, data: st.DataObject
) -> None:
    code, worse = data.draw(st.sampled_from(tuple(worse_answers(item))))
    before, routine = routine_for({**answers, item: code})
    after, stricter = routine_for({**answers, item: worse})
    assert after.urgency >= before.urgency
    assert STRICTNESS.index(stricter.status) >= STRICTNESS.index(routine.status)


@settings(max_examples=150, deadline=None)
@given(people, st.sampled_from(("nrs_now", "worst")), st.integers(0, 9))
def test_more_pain_never_lowers_the_urgency(answers: dict[str, Answer], item: str, pain: int) -> None:
    assert judge({**answers, item: pain + 1}).urgency >= judge({**answers, item: pain}).urgency


@settings(max_examples=250, deadline=None)
@given(people, st.sampled_from(("pain_sites", "numbness_sites")), st.data())
def test_another_sore_or_numb_place_never_lowers_the_urgency(
    answers: dict[str, Answer], item: str, data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from(ITEMS[item].codes))
    more = tuple(dict.fromkeys((*Response(answers).chosen(item), code)))
    assert judge({**answers, item: more}).urgency >= judge(answers).urgency


@pytest.mark.parametrize("item", [item for item in WARNING_SIGNS if not ITEMS[item].added])
@pytest.mark.parametrize("gap", ["missing", "null"])
def test_a_warning_sign_without_an_answer_never_yields_a_routine(item: str, gap: str) -> None:
    answers: dict[str, object] = {**WELL, item: None}
    if gap == "missing":
        del answers[item]
    with pytest.raises(BadAnswers) as refused:
        parse(json.dumps(answers), CATALOGUE.questionnaire)
    assert [problem.split(":")[0] for problem in refused.value.problems] == [item]


def assert_safe(answers: dict[str, Answer]) -> None:
    response = Response(answers)
    assessment, routine = routine_for(answers)
    fired = {finding.id for finding in assessment.findings}
    excluded = {out.exercise for out in routine.excluded}
    answered = {item for item, answer in answers.items() if answer is not None}

    assert assessment.urgency is max((f.urgency for f in assessment.findings), default=Urgency.SELF_CARE)
    for finding in assessment.findings:
        assert finding.because
        assert set(finding.because) <= answered, finding.id
        assert finding.sources
        assert set(finding.sources) <= set(CATALOGUE.sources)
    assert (assessment.pattern is None) is (assessment.urgency >= Urgency.URGENT or not hurts(response))

    assert isinstance(routine, Withheld) is (routine.status in (Status.BLOCKED, Status.HOLD_UNTIL_SEEN))
    assert (routine.status is Status.BLOCKED) is (assessment.urgency >= Urgency.URGENT)
    assert set(routine.because) <= fired
    assert bool(routine.because) is (routine.status is not Status.ALLOWED)
    for out in routine.excluded:
        assert out.because
        assert set(out.because) <= answered, out.exercise
    for change in routine.habits:
        assert change.because
        assert set(change.because) <= answered, change.habit
        assert CATALOGUE.habits[change.habit].sources
    if isinstance(routine, Withheld):
        return

    place, lies = answers["setting"], response.has("equipment", "firm_bed")
    lies = lies or (response.has("equipment", "floor_mat") and answers["can_lie_on_floor"] == "yes")
    assert len(routine.steps) <= 4
    assert routine.minutes <= response.number("time_minutes")
    assert len({step.exercise.id for step in routine.steps}) == len(routine.steps)
    for step in routine.steps:
        exercise = step.exercise
        assert exercise.id not in excluded
        assert not set(exercise.excluded_by) & fired, exercise.id
        assert place in exercise.settings
        assert all(response.has("equipment", *either) for either in exercise.needs), exercise.id
        assert lies or exercise.position in ("seated", "standing"), exercise.id
        assert place != "office" or exercise.position in ("seated", "standing"), exercise.id
        assert exercise.position != "prone" or answers["can_lie_face_down"] == "yes"
        assert set(step.because) <= answered, exercise.id
        assert step.because
        assert step.sources
        assert set(step.sources) <= set(CATALOGUE.sources)
        least, most = exercise.limits.get("hold_s", (0, 60))
        assert step.dose.hold_s is None or least <= step.dose.hold_s <= most
        assert step.dose.sets >= 1
    assert place != "car" or not routine.steps
    strength = {e.id for e in CATALOGUE.exercises.values() if e.family == "strengthen"} - excluded
    if strength and response.number("time_minutes") >= 4:
        assert strength & {step.exercise.id for step in routine.steps}


def test_each_single_answer_is_handled_safely() -> None:
    for change in CHANGES:
        assert_safe(changed(change))


@settings(max_examples=500, deadline=None)
@given(people)
def test_any_combination_is_handled_safely(answers: dict[str, Answer]) -> None:
    assert_safe(answers)


CAUTIONS: tuple[tuple[str, Answer], ...] = (
    ("hip_replacement", "older_cleared"), ("hip_joint_signs", "unsure"),
    ("known_conditions", ("hip_arthritis",)),
    ("pregnancy", "pregnant"), ("pregnancy", "postpartum"), ("anticoagulant", "unsure"),
    ("numbness_sites", ("buttock",)), ("numbness_pattern", "intermittent"),
    ("recent_strain", ("direct_blow",)),
    ("pain_sites", ("lateral_hip",)), ("pain_sites", ("sit_bone",)), ("pain_sites", ("tailbone",)),
    ("pain_sites", ("groin",)), ("pain_sites", ("knee",)), ("knee_problem", "unsure"),
    ("balance_problem", "unsure"), ("equipment", ()), ("equipment", ("band",)), ("equipment", ("firm_bed",)),
    ("can_lie_face_down", "unsure"), ("can_lie_on_floor", "unsure"), ("nrs_now", 8), ("worst", 8),
    ("back_dominant", "yes"), ("aggravators", ("leaning_back",)), ("osteoporosis_or_steroids", "unsure"),
    ("setting", "office"), ("setting", "travel"), ("setting", "car"), ("age", 68), ("time_minutes", 4),
    ("trend", "improving"), ("weeks_of_selfcare", 5), ("runs", "yes"),
)  # fmt: skip


def test_no_pair_of_cautions_lets_an_excluded_exercise_through() -> None:
    for pair in itertools.combinations(CAUTIONS, 2):
        assert_safe(changed(*pair))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(CAUTIONS), max_size=len(CAUTIONS)))
def test_no_heap_of_cautions_lets_an_excluded_exercise_through(
    differences: list[tuple[str, Answer]],
) -> None:
    assert_safe(changed(*differences))


@settings(max_examples=150, deadline=None)
@given(people, st.data())
def test_what_only_the_pattern_reads_never_changes_the_urgency(answers: dict[str, Answer], data: st.DataObject) -> None:
    told = {
        item: data.draw(st.sampled_from(("yes", "no", "unsure", None)), label=item)
        for item in ("tender_deep_buttock", "figure4_reproduces", "crossing_leg_difficult")
    }
    assert judge({**answers, **told}).urgency is judge(answers).urgency


@settings(max_examples=250, deadline=None)
@given(people)
def test_a_consistent_pattern_has_buttock_sitting_a_test_and_one_side_and_nothing_against(
    answers: dict[str, Answer],
) -> None:
    pattern = judge(answers).pattern
    if pattern is None:
        return
    fits = {"buttock_main_site", "sitting_worse", "one_sided"} <= set(pattern.has)
    tested = bool({"tender_deep_buttock", "stretch_reproduces"} & set(pattern.has))
    assert (pattern.match is Match.CONSISTENT) is (fits and tested and not pattern.against)
    assert not set(pattern.has) & set(pattern.lacks)
    if "buttock_main_site" not in pattern.has or len(pattern.against) > 1:
        assert pattern.match is Match.UNLIKELY
