"""Reasons to be seen the same day: one plain function a rule, returning its evidence."""

from unpinch.emergencies import (
    Evidence,
    Thresholds,
    both_sides,
    leg_numbness,
    new_or_worse,
    only,
    severe,
    weakness,
)
from unpinch.questionnaire import Response


def foot_drop(r: Response, t: Thresholds) -> Evidence:
    """A foot that no longer lifts."""
    return only((r.suspected("foot_drop"), "foot_drop"))


def progressive_weakness(r: Response, t: Thresholds) -> Evidence:
    """Weakness that is marked or grows, also mild weakness while things get worse."""
    if r.has("leg_weakness", "mild") and r.has("trend", "worsening"):
        return ("leg_weakness", "trend")
    return only((r.has("leg_weakness", "progressive", "unsure"), "leg_weakness"))


def saddle_numbness_long_standing(r: Response, t: Thresholds) -> Evidence:
    """Old and unchanged numbness in the saddle area."""
    return only((r.has("saddle_numbness", "long_standing"), "saddle_numbness"))


def nerve_signs_both_sides(r: Response, t: Thresholds) -> Evidence:
    """Both sides, with numbness or weakness in a leg, though not told as new in both."""
    both, signs = both_sides(r), weakness(r) + only((leg_numbness(r), "numbness_sites"))
    return (*both, *signs) if both and signs else ()


def foot_numbness_worsening(r: Response, t: Thresholds) -> Evidence:
    """A numb foot with weakness, or hard to walk on and new or worse; if constant, one of these is enough."""
    if not (r.has("numbness_sites", "foot") and r.has("numbness_pattern", "intermittent", "constant")):
        return ()
    weak, course = weakness(r), new_or_worse(r, t)
    limp = only((r.suspected("limp"), "limp"))
    constant = r.has("numbness_pattern", "constant") and (course or limp)
    worse = weak + course + limp if weak or constant or (course and limp) else ()
    return ("numbness_sites", "numbness_pattern", *worse) if worse else ()


def fever(r: Response, t: Thresholds) -> Evidence:
    """Fever with this pain, otherwise well."""
    return only((r.suspected("fever"), "fever"))


def very_unwell(r: Response, t: Thresholds) -> Evidence:
    """Very ill, without fever."""
    return only((r.suspected("unwell"), "unwell"))


def pelvic_infection(r: Response, t: Thresholds) -> Evidence:
    """A known infection in the pelvis or the sacroiliac joint."""
    told = r.has("known_conditions", "pelvic_inflammatory_disease", "sacroiliitis")
    return only((told, "known_conditions"))


def leg_clot(r: Response, t: Thresholds) -> Evidence:
    """A leg that is newly swollen, warm or tender."""
    return only((r.suspected("calf_swelling"), "calf_swelling"))


def chest_site(r: Response, t: Thresholds) -> Evidence:
    """Pain in the chest marked among the places that hurt."""
    return only((r.has("pain_sites", "chest"), "pain_sites"))


def night_pain_constant(r: Response, t: Thresholds) -> Evidence:
    """Night pain that no position eases."""
    return only((r.has("night_pain", "constant"), "night_pain"))


def central_back_strain(r: Response, t: Thresholds) -> Evidence:
    """Pain in the middle of the back that coughing, sneezing or straining worsens."""
    central = r.has("pain_sites", "low_back") and r.has("side", "central")
    strained = r.suspected("cough_sneeze_worse")
    return ("pain_sites", "side", "cough_sneeze_worse") if central and strained else ()


def weight_loss(r: Response, t: Thresholds) -> Evidence:
    """Weight lost without a reason."""
    return only((r.has("weight_loss", "unexplained"), "weight_loss"))


def cancer_with_pain(r: Response, t: Thresholds) -> Evidence:
    """Active cancer, or past cancer with severe, growing, nightly, spinal or band-like pain."""
    if r.has("cancer_history", "active"):
        return ("cancer_history",)
    character = severe(r, t) + only(
        (r.has("trend", "worsening"), "trend"),
        (r.has("night_pain", "positional", "constant"), "night_pain"),
        (r.suspected("back_dominant"), "back_dominant"),
        (r.has("pain_sites", "low_back", "abdomen", "chest"), "pain_sites"),
    )
    return ("cancer_history", *character) if r.has("cancer_history", "past") and character else ()


def fragility_fracture(r: Response, t: Thresholds) -> Evidence:
    """Thin bones or high age, and pain that came suddenly or after a small fall."""
    fragile = only(
        (r.suspected("osteoporosis_or_steroids"), "osteoporosis_or_steroids"),
        (r.number("age") >= t["fragile_age"], "age"),
    )
    event = only(
        (r.has("trauma", "minor"), "trauma"),
        (r.has("onset", "sudden", "after_injury"), "onset"),
        (r.has("recent_strain", "direct_blow", "car_accident"), "recent_strain"),
    )
    return (*fragile, *event) if fragile and event else ()


def bone_stress(r: Response, t: Thresholds) -> Evidence:
    """A leg that does not carry, or a limp or groin pain that came with running."""
    if r.suspected("cannot_bear_weight"):
        return ("cannot_bear_weight",)
    running = only(
        (r.suspected("runs"), "runs"),
        (r.has("aggravators", "running"), "aggravators"),
        (r.has("recent_strain", "running"), "recent_strain"),
    )
    provoked = (
        r.has("aggravators", "running") or r.has("recent_strain", "running") or r.has("onset", "after_activity_change")
    )
    groin = r.has("pain_sites", "groin") and provoked
    signs = only((r.suspected("limp"), "limp"), (groin, "pain_sites"))
    return (*signs, *running) if running and signs else ()


def shingles(r: Response, t: Thresholds) -> Evidence:
    """A one-sided blistering rash."""
    return only((r.suspected("rash_blisters"), "rash_blisters"))


def severe_artery_disease(r: Response, t: Thresholds) -> Evidence:
    """Walking pain from the arteries with sores, or with pain at rest or at night."""
    rest = only(
        (r.suspected("leg_sores_or_rest_pain"), "leg_sores_or_rest_pain"),
        (r.has("night_pain", "positional", "constant"), "night_pain"),
        (r.has("aggravators", "lying"), "aggravators"),
    )
    return ("claudication", *rest) if r.has("claudication", "stops_when_standing_still") and rest else ()


URGENT_RULES = (
    foot_drop,
    progressive_weakness,
    saddle_numbness_long_standing,
    nerve_signs_both_sides,
    foot_numbness_worsening,
    fever,
    very_unwell,
    pelvic_infection,
    leg_clot,
    chest_site,
    night_pain_constant,
    central_back_strain,
    weight_loss,
    cancer_with_pain,
    fragility_fracture,
    bone_stress,
    shingles,
    severe_artery_disease,
)
