"""What speaks for an exercise or a habit change: one plain function each, returning the items that do.

The function's name is the id in content/. An exercise that nothing speaks for can still be chosen by its
family's rank; a habit that nothing speaks for is not suggested.
"""

from unpinch.emergencies import LEG_SITES, Evidence, Thresholds, only
from unpinch.questionnaire import Response


def fair_try(r: Response, t: Thresholds) -> Evidence:
    """Weeks of self-care that did not help enough."""
    tried = r.number("weeks_of_selfcare") >= t["fair_try_weeks"]
    return ("weeks_of_selfcare", "trend") if tried and r.has("trend", "stable", "fluctuating", "worsening") else ()


def ball_release_lying(r: Response, t: Thresholds) -> Evidence:
    """A tender spot, or massage that helps."""
    return only(
        (r.has("tender_deep_buttock", "yes"), "tender_deep_buttock"),
        (r.has("relievers", "massage"), "relievers"),
    )


def ball_release_seated(r: Response, t: Thresholds) -> Evidence:
    """The same, for a place where one does not lie down."""
    return ball_release_lying(r, t) + only((r.has("setting", "office", "travel"), "setting"))


def seated_figure4_stretch(r: Response, t: Thresholds) -> Evidence:
    """Sitting brings it on: the chair is where the stretch is needed."""
    return only(
        (r.has("aggravators", "sitting", "driving"), "aggravators"),
        (r.number("sitting_hours") >= t["long_sitting_hours"], "sitting_hours"),
        (r.has("setting", "office", "travel"), "setting"),
    )


def supine_figure4_stretch(r: Response, t: Thresholds) -> Evidence:
    """Nights and lying: done in bed, with the back supported."""
    return only(
        (r.has("night_pain", "positional"), "night_pain"),
        (r.has("aggravators", "lying"), "aggravators"),
        (r.has("relievers", "lying"), "relievers"),
        (r.has("equipment", "firm_bed"), "equipment"),
        (r.has("pain_sites", "low_back"), "pain_sites"),
    )


def standing_figure4_stretch(r: Response, t: Thresholds) -> Evidence:
    """For people who run or play, and so want balance as well."""
    return only(
        (r.has("runs", "yes"), "runs"),
        (r.has("racket_or_ball_sport", "yes"), "racket_or_ball_sport"),
        (r.has("aggravators", "running", "stairs"), "aggravators"),
    )


def hip_twist_stretch(r: Response, t: Thresholds) -> Evidence:
    """Tightness that reaches from the buttock into the sacroiliac region."""
    return only(
        (r.has("pain_sites", "sacroiliac"), "pain_sites"),
        (r.has("figure4_reproduces", "yes"), "figure4_reproduces"),
    )


def side_stretch(r: Response, t: Thresholds) -> Evidence:
    """A leg that is hard to cross or falls outwards."""
    return only(
        (r.has("crossing_leg_difficult", "yes"), "crossing_leg_difficult"),
        (r.has("foot_turns_out_lying", "yes"), "foot_turns_out_lying"),
        (r.has("aggravators", "crossing_legs"), "aggravators"),
    )


def knee_to_opposite_shoulder(r: Response, t: Thresholds) -> Evidence:
    """The usual stretches had a fair try: reach the neighbours."""
    return fair_try(r, t)


def belly_dancer_stretch(r: Response, t: Thresholds) -> Evidence:
    """Stiffness, standing, or walking that eases it: loosening rather than pulling."""
    return only(
        (r.number("morning_stiffness_min") > 0, "morning_stiffness_min"),
        (r.has("relievers", "walking", "exercise", "standing"), "relievers"),
        (r.has("aggravators", "rising_from_chair", "standing"), "aggravators"),
    )


def clamshell(r: Response, t: Thresholds) -> Evidence:
    """Stairs, walking and one-leg loads ask for the side of the hip."""
    return only(
        (r.has("aggravators", "stairs", "walking", "running"), "aggravators"),
        (r.has("recent_strain", "rotation_on_one_leg", "caught_a_fall", "running"), "recent_strain"),
        (r.has("runs", "yes"), "runs"),
    )


def glute_bridge(r: Response, t: Thresholds) -> Evidence:
    """Long sitting lets the large buttock muscle weaken."""
    return only(
        (r.number("sitting_hours") >= t["long_sitting_hours"], "sitting_hours"),
        (r.has("little_activity", "yes"), "little_activity"),
        (r.has("aggravators", "rising_from_chair", "squatting"), "aggravators"),
    )


def frog_press_strengthener(r: Response, t: Thresholds) -> Evidence:
    """Lying face down feels good, and there is a pillow."""
    return only(
        (r.has("can_lie_face_down", "yes") and r.has("relievers", "lying"), "can_lie_face_down"),
        (r.has("can_lie_face_down", "yes") and r.has("equipment", "pillow"), "equipment"),
    )


def isometric_glute_squeeze(r: Response, t: Thresholds) -> Evidence:
    """A quiet start where nothing else is possible, or the pain is fresh."""
    return only((r.has("setting", "office", "travel"), "setting"), (r.has("trend", "new", "worsening"), "trend"))


def band_walk(r: Response, t: Thresholds) -> Evidence:
    """A later stage: getting better, with a band at hand."""
    better = r.has("trend", "improving") and r.number("nrs_now") <= t["green_pain_nrs"]
    return ("trend", "nrs_now", "equipment") if better and r.has("equipment", "band") else ()


def hip_hinge(r: Response, t: Thresholds) -> Evidence:
    """A later stage: getting better, and getting up is the trouble."""
    better = r.has("trend", "improving") and r.number("nrs_now") <= t["green_pain_nrs"]
    trouble = r.has("aggravators", "rising_from_chair", "bending", "squatting")
    return ("trend", "nrs_now", "aggravators") if better and trouble else ()


def nerve_slider(r: Response, t: Thresholds) -> Evidence:
    """Pain or tingling down the leg that is not severe."""
    mild = max(r.number("nrs_now"), r.number("worst")) <= t["amber_pain_nrs"]
    down = only(
        (r.has("pain_sites", *LEG_SITES), "pain_sites"),
        (r.has("numbness_sites", *LEG_SITES), "numbness_sites"),
    )
    return down if mild else ()


def sitting_break(r: Response, t: Thresholds) -> Evidence:
    """Long sitting, or sitting that brings it on."""
    return only(
        (r.number("sitting_hours") >= t["long_sitting_hours"], "sitting_hours"),
        (r.has("aggravators", "sitting"), "aggravators"),
    )


def empty_back_pocket(r: Response, t: Thresholds) -> Evidence:
    """Something in the back pocket."""
    return only((r.suspected("sits_on_wallet"), "sits_on_wallet"))


def uncross_legs(r: Response, t: Thresholds) -> Evidence:
    """Crossed legs."""
    return only((r.suspected("crosses_legs"), "crosses_legs"), (r.has("aggravators", "crossing_legs"), "aggravators"))


def not_sit_on_foot(r: Response, t: Thresholds) -> Evidence:
    """Sitting on a foot."""
    return only((r.suspected("sits_on_foot"), "sits_on_foot"))


def driving_break_lumbar(r: Response, t: Thresholds) -> Evidence:
    """Driving for long, or driving that brings it on."""
    return only(
        (r.number("drives_hours") >= t["long_driving_hours"], "drives_hours"),
        (r.has("aggravators", "driving"), "aggravators"),
        (r.has("setting", "car"), "setting"),
    )


def sleep_pillow(r: Response, t: Thresholds) -> Evidence:
    """Nights or lying are a trouble, or the side is where it eases."""
    return only(
        (r.has("night_pain", "positional"), "night_pain"),
        (r.has("aggravators", "lying"), "aggravators"),
        (r.has("relievers", "side_lying"), "relievers"),
        (r.has("pain_sites", "lateral_hip"), "pain_sites"),
    )


def lumbar_support_upright(r: Response, t: Thresholds) -> Evidence:
    """Propped sitting, or sitting that brings it on."""
    return only(
        (r.suspected("sits_propped_in_bed_or_floor"), "sits_propped_in_bed_or_floor"),
        (r.has("aggravators", "sitting", "leaning_back"), "aggravators"),
    )


def pause_running(r: Response, t: Thresholds) -> Evidence:
    """Impact sport while it hurts."""
    hurts = r.number("nrs_now") > t["green_pain_nrs"] or r.suspected("limp") or r.has("aggravators", "running")
    return only(
        (hurts and r.suspected("runs"), "runs"),
        (hurts and r.suspected("racket_or_ball_sport"), "racket_or_ball_sport"),
        (r.has("aggravators", "running"), "aggravators"),
    )


def relax_glute_clench(r: Response, t: Thresholds) -> Evidence:
    """Clenching the buttocks."""
    return only((r.suspected("clenches_buttocks"), "clenches_buttocks"))


def gentle_walking(r: Response, t: Thresholds) -> Evidence:
    """Keeping active helps nearly everybody, unless walking itself is the question."""
    if not r.has("claudication", "none") or r.suspected("cannot_bear_weight"):
        return ()
    return only(
        (r.has("relievers", "walking", "exercise"), "relievers"),
        (r.has("little_activity", "yes"), "little_activity"),
        (True, "claudication"),
    )


def seat_cushion(r: Response, t: Thresholds) -> Evidence:
    """A seat that presses where it hurts."""
    pressed = r.has("pain_sites", "sit_bone", "tailbone", "buttock") and r.has("aggravators", "sitting", "driving")
    return ("aggravators", "pain_sites") if pressed else ()


EXERCISE_INDICATIONS = {
    rule.__name__: rule
    for rule in (
        ball_release_lying,
        ball_release_seated,
        seated_figure4_stretch,
        supine_figure4_stretch,
        standing_figure4_stretch,
        hip_twist_stretch,
        side_stretch,
        knee_to_opposite_shoulder,
        belly_dancer_stretch,
        clamshell,
        glute_bridge,
        frog_press_strengthener,
        isometric_glute_squeeze,
        band_walk,
        hip_hinge,
        nerve_slider,
    )
}
"""Exercise id → what speaks for it. The order is the rank within a family where nothing else decides."""

HABIT_INDICATIONS = {
    rule.__name__: rule
    for rule in (
        sitting_break,
        empty_back_pocket,
        uncross_legs,
        not_sit_on_foot,
        driving_break_lumbar,
        sleep_pillow,
        lumbar_support_upright,
        pause_running,
        relax_glute_clench,
        gentle_walking,
        seat_cushion,
    )
}
"""Habit id → what speaks for it."""
