"""Cautions: reasons to leave out exercises, and near-misses that are named without alarm.

Each rule returns its evidence. "Not sure" takes the careful branch. Which exercise a caution removes stands
in the exercise's own file.
"""

from unpinch.emergencies import Evidence, Thresholds, only, severe
from unpinch.questionnaire import Response


def hip_replacement_precautions(r: Response, t: Thresholds) -> Evidence:
    """A replaced hip under movement precautions."""
    return only((r.has("hip_replacement", "recent", "older_with_precautions"), "hip_replacement"))


def hip_replacement_cleared(r: Response, t: Thresholds) -> Evidence:
    """A replaced hip without precautions: still no forced twist."""
    return only((r.has("hip_replacement", "older_cleared"), "hip_replacement"))


def hip_joint_picture(r: Response, t: Thresholds) -> Evidence:
    """Arthritis or impingement of the hip, known or suspected."""
    return only(
        (r.suspected("hip_joint_signs"), "hip_joint_signs"),
        (r.has("known_conditions", "hip_arthritis"), "known_conditions"),
    )


def pregnancy_caution(r: Response, t: Thresholds) -> Evidence:
    """Pregnant."""
    return only((r.has("pregnancy", "pregnant"), "pregnancy"))


def postpartum_caution(r: Response, t: Thresholds) -> Evidence:
    """The months after a birth."""
    return only((r.has("pregnancy", "postpartum"), "pregnancy"))


def anticoagulant_caution(r: Response, t: Thresholds) -> Evidence:
    """Blood thinner or bleeding tendency."""
    return only((r.suspected("anticoagulant"), "anticoagulant"))


def numb_buttock_skin(r: Response, t: Thresholds) -> Evidence:
    """Numb skin cannot warn of too much pressure."""
    numb = r.has("numbness_sites", "buttock", "saddle", "genitals") and not r.has("numbness_pattern", "none")
    old = r.has("saddle_numbness", "long_standing")
    return only((numb, "numbness_sites"), (old, "saddle_numbness"))


def bruised_buttock(r: Response, t: Thresholds) -> Evidence:
    """A blow or an injury to the buttock."""
    return only(
        (r.has("recent_strain", "direct_blow"), "recent_strain"),
        (r.has("trauma", "minor", "major"), "trauma"),
    )


def local_skin_or_lump(r: Response, t: Thresholds) -> Evidence:
    """Rash, lump or swelling where the ball would press."""
    items = ("rash_blisters", "lump", "calf_swelling")
    return only(*((r.suspected(item), item) for item in items))


def lateral_hip_picture(r: Response, t: Thresholds) -> Evidence:
    """Pain at the outer hip, where tendons dislike being pressed across."""
    return only((r.has("pain_sites", "lateral_hip"), "pain_sites"))


def sit_bone_picture(r: Response, t: Thresholds) -> Evidence:
    """Pain at the sit bone, where the hamstrings begin."""
    return only((r.has("pain_sites", "sit_bone"), "pain_sites"))


def tailbone_picture(r: Response, t: Thresholds) -> Evidence:
    """Pain at the tailbone."""
    return only((r.has("pain_sites", "tailbone"), "pain_sites"))


def knee_caution(r: Response, t: Thresholds) -> Evidence:
    """A knee that does not like to bend or turn."""
    return only((r.suspected("knee_problem"), "knee_problem"), (r.has("pain_sites", "knee"), "pain_sites"))


def balance_caution(r: Response, t: Thresholds) -> Evidence:
    """Unsteady on the feet."""
    return only((r.suspected("balance_problem"), "balance_problem"))


def balance_without_chair(r: Response, t: Thresholds) -> Evidence:
    """Unsteady, and nothing to hold on to."""
    unsupported = r.suspected("balance_problem") and not r.has("equipment", "chair")
    return ("balance_problem", "equipment") if unsupported else ()


def severe_pain(r: Response, t: Thresholds) -> Evidence:
    """Pain of 8 or more: walking, positions and breaks instead."""
    return severe(r, t)


def back_dominant_caution(r: Response, t: Thresholds) -> Evidence:
    """More back than buttock, or a back that twisting provokes."""
    twisting = r.has("aggravators", "twisting") and r.has("pain_sites", "low_back")
    return only((r.suspected("back_dominant"), "back_dominant"), (twisting, "aggravators"))


def back_extension_sensitive(r: Response, t: Thresholds) -> Evidence:
    """Leaning back provokes it."""
    return only((r.has("aggravators", "leaning_back"), "aggravators"))


def groin_pain_caution(r: Response, t: Thresholds) -> Evidence:
    """Pain in the groin."""
    return only((r.has("pain_sites", "groin"), "pain_sites"))


def fragile_bone(r: Response, t: Thresholds) -> Evidence:
    """Thin bones or long steroid treatment."""
    return only((r.suspected("osteoporosis_or_steroids"), "osteoporosis_or_steroids"))


def nerve_irritable(r: Response, t: Thresholds) -> Evidence:
    """Constant numbness or weakness: the nerve is left in peace."""
    return only(
        (r.has("numbness_pattern", "constant"), "numbness_pattern"),
        (r.has("leg_weakness", "mild", "progressive", "unsure"), "leg_weakness"),
    )


def long_standing_control(r: Response, t: Thresholds) -> Evidence:
    """Old and unchanged bladder, bowel or sexual change."""
    items = ("bladder_bowel_change", "sexual_function_change")
    return only(*((r.has(item, "long_standing_unchanged"), item) for item in items))


def cheek_numb_while_sitting(r: Response, t: Thresholds) -> Evidence:
    """One cheek goes numb while sitting and wakes within minutes."""
    cheek = r.chosen("numbness_sites") == ("buttock",) and r.has("numbness_pattern", "only_while_sitting")
    return ("numbness_sites", "numbness_pattern") if cheek else ()


def both_sides_ache(r: Response, t: Thresholds) -> Evidence:
    """Both buttocks or legs ache, without nerve signs."""
    return only((r.has("both_legs", "ache_long_standing"), "both_legs"))


def night_pain_positional(r: Response, t: Thresholds) -> Evidence:
    """Night pain that a change of position eases."""
    return only((r.has("night_pain", "positional"), "night_pain"))


CAUTION_RULES = (
    hip_replacement_precautions,
    hip_replacement_cleared,
    hip_joint_picture,
    pregnancy_caution,
    postpartum_caution,
    anticoagulant_caution,
    numb_buttock_skin,
    bruised_buttock,
    local_skin_or_lump,
    lateral_hip_picture,
    sit_bone_picture,
    tailbone_picture,
    knee_caution,
    balance_caution,
    balance_without_chair,
    severe_pain,
    back_dominant_caution,
    back_extension_sensitive,
    groin_pain_caution,
    fragile_bone,
    nerve_irritable,
    long_standing_control,
    cheek_numb_while_sitting,
    both_sides_ache,
    night_pain_positional,
)
