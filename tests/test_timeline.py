"""The unrolled session, against the cases that the browser's engine plays too."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unpinch.exercise import Dose, Exercise, Side, Step
from unpinch.timeline import WORK, PhaseKind, Timing, duration_s, unroll

CASES = json.loads((Path(__file__).parent / "cases" / "timeline.json").read_text("utf-8"))["cases"]
TIMING = Timing(8, 12, 8, 3, 90)


def exercise(id: str, name: str, position: str, sides: str) -> Exercise:
    """An exercise of which only what the timeline reads is filled in."""
    blank: dict[str, Any] = dict.fromkeys(
        ("target", "needs", "settings", "instructions", "cues", "errors", "stop_if", "easier", "harder"), ()
    )
    dose = Dose(1, None, 10, 0, None, (1, 7), "unpinch")
    return Exercise(
        id=id, name=name, family="stretch", position=position, sides=sides, purpose="", setup="", feel="",
        excluded_by=(), dose=dose, limits={}, doses_by_source=(), sources=(), **blank,
    )  # fmt: skip


def step(case: dict[str, Any]) -> Step:
    """A step as a case describes it."""
    dose = Dose(per_week=(1, 7), source="unpinch", **case["dose"])
    return Step(exercise(**case["exercise"]), dose, Side(case["side"]), Side(case["lead"]), (), ())


def steps() -> st.SearchStrategy[Step]:
    dose = st.builds(
        lambda sets, hold, reps, rest, pace: Dose(
            sets, reps, None if reps else hold, rest, pace if reps else None, (1, 7), "unpinch"
        ),
        st.integers(1, 4), st.integers(1, 90), st.none() | st.integers(1, 20), st.integers(0, 60),
        st.none() | st.sampled_from([1, 2.5, 4]),
    )  # fmt: skip
    return st.builds(
        lambda position, sides, dose, side, lead: Step(exercise("e", "E", position, sides), dose, side, lead, (), ()),
        st.sampled_from(["seated", "supine"]),
        st.sampled_from(["affected_first", "affected_only", "together"]),
        dose,
        st.sampled_from(list(Side)),
        st.sampled_from([Side.LEFT, Side.RIGHT]),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_case_unrolls_into_its_phases_and_length(case: dict[str, Any]) -> None:
    timing = Timing(**case["timing"])
    phases = unroll([step(s) for s in case["steps"]], timing)
    assert [asdict(phase) for phase in phases] == case["phases"]
    assert duration_s(phases, timing.unpaced_rep_s) == case["duration_s"]
    worked = [[p.step, p.side, p.set, p.seconds] for p in phases if p.kind in WORK]
    assert worked == case["work"]


@given(st.lists(steps(), max_size=4))
def test_both_sides_get_exactly_the_same_and_the_leading_side_comes_first(routine: list[Step]) -> None:
    phases = unroll(routine, TIMING)
    for number, one in enumerate(routine):
        mine = [p for p in phases if p.step == number]
        halves = {
            side: [(p.kind, p.set, p.seconds, p.reps) for p in mine if p.side is side and p.kind in WORK]
            for side in (Side.LEFT, Side.RIGHT)
        }
        if one.exercise.sides == "together":
            assert not halves[Side.LEFT]
            assert not halves[Side.RIGHT]
        elif one.side is Side.BOTH:
            assert halves[Side.LEFT] == halves[Side.RIGHT]
            assert next(p.side for p in mine if p.kind in WORK) is one.lead
        else:
            assert not halves[one.side.other]
            assert len(halves[one.side]) == one.dose.sets


@given(st.lists(steps(), max_size=4))
def test_every_session_is_numbered_through_begins_by_getting_ready_and_ends_with_work(
    routine: list[Step],
) -> None:
    phases = unroll(routine, TIMING)
    assert [p.index for p in phases] == list(range(len(phases)))
    assert all(p.seconds is None or p.seconds > 0 for p in phases)
    assert duration_s(phases) >= 0
    for number in range(len(routine)):
        mine = [p for p in phases if p.step == number]
        assert mine[0].kind is PhaseKind.PREPARE
        assert sum(p.kind is PhaseKind.SWITCH for p in mine) <= 1
    if phases:
        assert phases[-1].kind in WORK


def test_only_repetitions_without_a_pace_have_no_length() -> None:
    base = {"sets": 1, "hold_s": None, "rest_s": 0, "per_week": (1, 7), "source": "unpinch"}
    for pace, seconds in ((None, None), (2.5, 25.0)):
        dose = Dose(reps=10, seconds_per_rep=pace, **base)
        one = Step(exercise("e", "E", "seated", "together"), dose, Side.BOTH, Side.LEFT, (), ())
        assert unroll([one], TIMING)[-1].seconds == seconds


def test_a_missing_length_is_named_by_its_error() -> None:
    with pytest.raises(KeyError, match="switch_s"):
        Timing.of({"prepare_s": 8, "prepare_new_position_s": 12})
