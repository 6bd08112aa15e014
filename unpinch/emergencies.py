"""Warning signs that cannot wait: one plain function a rule, each returning the items that made it fire.

The rules are those of NHS, BMJ, NICE and IFOMPT listed with each finding in content/findings.toml. On a warning sign
"not sure" counts as yes. An empty tuple means that the rule did not fire.
"""

from collections.abc import Mapping

from unpinch.questionnaire import Response

Evidence = tuple[str, ...]
Thresholds = Mapping[str, float]

NEW = ("new", "long_standing_worse", "unsure")
LEG_SITES = ("posterior_thigh", "calf", "foot")


def only(*conditions: tuple[bool, str]) -> Evidence:
    """The items whose condition holds."""
    return tuple(dict.fromkeys(item for holds, item in conditions if holds))


def severe(r: Response, t: Thresholds) -> Evidence:
    """Average or worst pain in the severe range."""
    return only(*((r.number(item) >= t["severe_pain_nrs"], item) for item in ("nrs_now", "worst")))


def leg_numbness(r: Response) -> bool:
    """Numbness or tingling in a leg that has not gone."""
    return r.has("numbness_sites", *LEG_SITES) and not r.has("numbness_pattern", "none")


def weakness(r: Response) -> Evidence:
    """Any weakness of a leg or foot."""
    return only(
        (r.has("leg_weakness", "mild", "progressive", "unsure"), "leg_weakness"),
        (r.suspected("foot_drop"), "foot_drop"),
    )


def cauda_equina_saddle(r: Response, t: Thresholds) -> Evidence:
    """New numbness in the saddle area, also where it is only reported among the numb places."""
    return only(
        (r.has("saddle_numbness", *NEW), "saddle_numbness"),
        (r.has("numbness_sites", "saddle", "genitals"), "numbness_sites"),
    )


def cauda_equina_bladder_bowel(r: Response, t: Thresholds) -> Evidence:
    """New change of bladder or bowel."""
    return only((r.has("bladder_bowel_change", *NEW), "bladder_bowel_change"))


def cauda_equina_sexual(r: Response, t: Thresholds) -> Evidence:
    """New change of sexual feeling or function."""
    return only((r.has("sexual_function_change", *NEW), "sexual_function_change"))


def cauda_equina_both_legs(r: Response, t: Thresholds) -> Evidence:
    """Nerve symptoms down both legs, new, or one side that became two."""
    return only((r.has("both_legs", "nerve_symptoms_new", "unsure"), "both_legs"))


def weakness_both_legs(r: Response, t: Thresholds) -> Evidence:
    """Marked weakness on both sides, or with a leg that no longer carries."""
    both = only((r.has("both_legs", "ache_long_standing"), "both_legs"), (r.has("side", "both"), "side"))
    cannot_stand = only((r.suspected("cannot_bear_weight"), "cannot_bear_weight"))
    marked = r.has("leg_weakness", "progressive", "unsure")
    return ("leg_weakness", *both, *cannot_stand) if marked and (both or cannot_stand) else ()


def major_trauma(r: Response, t: Thresholds) -> Evidence:
    """A serious accident, or a lesser one after which the leg does not carry."""
    if r.has("trauma", "minor") and r.suspected("cannot_bear_weight"):
        return ("trauma", "cannot_bear_weight")
    return only((r.has("trauma", "major"), "trauma"))


def serious_infection(r: Response, t: Thresholds) -> Evidence:
    """Fever together with anything that makes an infection dangerous."""
    worse = only(
        (r.suspected("unwell"), "unwell"),
        (r.suspected("immunosuppressed"), "immunosuppressed"),
        (r.suspected("recent_infection_or_injection"), "recent_infection_or_injection"),
        (r.suspected("cannot_bear_weight"), "cannot_bear_weight"),
        (r.has("known_conditions", "pelvic_inflammatory_disease", "sacroiliitis"), "known_conditions"),
    ) + severe(r, t)
    return ("fever", *worse) if r.suspected("fever") and worse else ()


def sepsis_without_fever(r: Response, t: Thresholds) -> Evidence:
    """Very unwell with a weak immune system or a recent infection: fever may be missing."""
    risk = only(
        (r.suspected("immunosuppressed"), "immunosuppressed"),
        (r.suspected("recent_infection_or_injection"), "recent_infection_or_injection"),
    )
    return ("unwell", *risk) if r.suspected("unwell") and risk else ()


def lung_clot(r: Response, t: Thresholds) -> Evidence:
    """Chest pain or breathlessness, the more so with a swollen leg."""
    chest = only(
        (r.suspected("chest_pain_or_breathless"), "chest_pain_or_breathless"),
        (r.has("pain_sites", "chest") and r.suspected("calf_swelling"), "pain_sites"),
    )
    return chest + only((r.suspected("calf_swelling"), "calf_swelling")) if chest else ()


def limb_ischaemia(r: Response, t: Thresholds) -> Evidence:
    """A leg or buttock without blood."""
    return only((r.suspected("cold_or_discoloured_leg"), "cold_or_discoloured_leg"))


def abdominal_emergency(r: Response, t: Thresholds) -> Evidence:
    """A large vessel in the belly may be failing."""
    return only((r.suspected("abdominal_pain_or_faint"), "abdominal_pain_or_faint"))


def spinal_cord_compression(r: Response, t: Thresholds) -> Evidence:
    """Cancer, now or past, with any new nerve sign."""
    signs = weakness(r) + only(
        (leg_numbness(r) and not r.has("numbness_pattern", "only_while_sitting"), "numbness_sites"),
        (r.suspected("balance_problem"), "balance_problem"),
        (r.has("saddle_numbness", "long_standing"), "saddle_numbness"),
        (r.has("both_legs", "nerve_symptoms_new", "unsure"), "both_legs"),
        (r.has("bladder_bowel_change", *NEW), "bladder_bowel_change"),
    )
    return ("cancer_history", *signs) if r.has("cancer_history", "past", "active") and signs else ()


def hip_prosthesis_failure(r: Response, t: Thresholds) -> Evidence:
    """A replaced hip that may have come out or broken."""
    signs = only(
        (r.suspected("hip_prosthesis_signs"), "hip_prosthesis_signs"),
        (r.suspected("cannot_bear_weight"), "cannot_bear_weight"),
        (
            r.has("onset", "sudden", "after_injury") and r.has("foot_turns_out_lying", "yes"),
            "foot_turns_out_lying",
        ),
    )
    replaced = r.has("hip_replacement", "recent", "older_with_precautions", "older_cleared")
    return ("hip_replacement", *signs) if replaced and signs else ()


def pregnancy_emergency(r: Response, t: Thresholds) -> Evidence:
    """A danger to the pregnancy."""
    return only((r.suspected("pregnancy_warning_signs"), "pregnancy_warning_signs"))


def gluteal_compartment(r: Response, t: Thresholds) -> Evidence:
    """A buttock swollen hard after hours of lying on it."""
    return only((r.suspected("long_lie"), "long_lie"))


def foot_drop(r: Response, t: Thresholds) -> Evidence:
    """A foot that no longer lifts."""
    return only((r.suspected("foot_drop"), "foot_drop"))


def progressive_weakness(r: Response, t: Thresholds) -> Evidence:
    """Weakness that is marked or grows."""
    return only((r.has("leg_weakness", "progressive", "unsure"), "leg_weakness"))


def saddle_numbness_long_standing(r: Response, t: Thresholds) -> Evidence:
    """Old and unchanged numbness in the saddle area."""
    return only((r.has("saddle_numbness", "long_standing"), "saddle_numbness"))


def nerve_signs_both_sides(r: Response, t: Thresholds) -> Evidence:
    """Both sides, with numbness or weakness in a leg, though not told as new in both."""
    both = only((r.has("both_legs", "ache_long_standing"), "both_legs"), (r.has("side", "both"), "side"))
    signs = weakness(r) + only((leg_numbness(r), "numbness_sites"))
    return (*both, *signs) if both and signs else ()


def foot_numbness_worsening(r: Response, t: Thresholds) -> Evidence:
    """A constantly numb foot that is new, getting worse, weak or hard to walk on."""
    numb = r.has("numbness_sites", "foot") and r.has("numbness_pattern", "constant")
    worse = weakness(r) + only((r.has("trend", "new", "worsening"), "trend"), (r.suspected("limp"), "limp"))
    return ("numbness_sites", "numbness_pattern", *worse) if numb and worse else ()


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


def weight_loss(r: Response, t: Thresholds) -> Evidence:
    """Weight lost without a reason."""
    return only((r.has("weight_loss", "unexplained"), "weight_loss"))


def cancer_with_pain(r: Response, t: Thresholds) -> Evidence:
    """Active cancer, or past cancer with severe, growing, nightly or spinal pain."""
    if r.has("cancer_history", "active"):
        return ("cancer_history",)
    character = severe(r, t) + only(
        (r.has("trend", "worsening"), "trend"),
        (r.has("night_pain", "constant"), "night_pain"),
        (r.suspected("back_dominant"), "back_dominant"),
        (r.has("pain_sites", "low_back"), "pain_sites"),
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
        r.has("aggravators", "running")
        or r.has("recent_strain", "running")
        or r.has("onset", "after_activity_change")
    )
    groin = r.has("pain_sites", "groin") and provoked
    signs = only((r.suspected("limp"), "limp"), (groin, "pain_sites"))
    return (*signs, *running) if running and signs else ()


def shingles(r: Response, t: Thresholds) -> Evidence:
    """A one-sided blistering rash."""
    return only((r.suspected("rash_blisters"), "rash_blisters"))


def severe_artery_disease(r: Response, t: Thresholds) -> Evidence:
    """Walking pain from the arteries with sores, or with pain at rest."""
    rest = only(
        (r.suspected("leg_sores_or_rest_pain"), "leg_sores_or_rest_pain"),
        (r.has("night_pain", "constant"), "night_pain"),
    )
    return ("claudication", *rest) if r.has("claudication", "stops_when_standing_still") and rest else ()


EMERGENCY_RULES = (
    cauda_equina_saddle,
    cauda_equina_bladder_bowel,
    cauda_equina_sexual,
    cauda_equina_both_legs,
    weakness_both_legs,
    major_trauma,
    serious_infection,
    sepsis_without_fever,
    lung_clot,
    limb_ischaemia,
    abdominal_emergency,
    spinal_cord_compression,
    hip_prosthesis_failure,
    pregnancy_emergency,
    gluteal_compartment,
)
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
    weight_loss,
    cancer_with_pain,
    fragility_fracture,
    bone_stress,
    shingles,
    severe_artery_disease,
)
