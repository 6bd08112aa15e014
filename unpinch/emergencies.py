"""Emergencies: one plain function a rule, each returning the items that made it fire.

The rules are those of NHS, BMJ, NICE and IFOMPT, listed with each finding in content/findings.toml. On a
warning sign "not sure" counts as yes. An empty tuple means that the rule did not fire.
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


def both_sides(r: Response) -> Evidence:
    """Anything told about both sides, short of new nerve symptoms in both legs."""
    return only(
        (r.has("both_legs", "ache_long_standing"), "both_legs"),
        (r.has("side", "both", "alternating"), "side"),
    )


def new_or_worse(r: Response, t: Thresholds) -> Evidence:
    """A course that is new or goes downhill, so that nerve signs cannot be called old and unchanged."""
    return only((r.number("weeks") <= t["new_nerve_weeks"], "weeks"), (r.has("trend", "new", "worsening"), "trend"))


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
    """Nerve symptoms down both legs, new, or one side that became two, also where only its parts are told."""
    told = only((r.has("both_legs", "nerve_symptoms_new", "unsure"), "both_legs"))
    both, course = both_sides(r), new_or_worse(r, t)
    signs = weakness(r) + only((leg_numbness(r), "numbness_sites"))
    return told + ((*both, *signs, *course) if both and signs and course else ())


def weakness_both_legs(r: Response, t: Thresholds) -> Evidence:
    """Marked weakness on both sides or of sudden onset, or any weakness with a leg that no longer carries."""
    marked = only(
        (r.has("leg_weakness", "progressive", "unsure"), "leg_weakness"),
        (r.suspected("foot_drop"), "foot_drop"),
    )
    course = new_or_worse(r, t)
    sudden = ("onset", *course) if r.has("onset", "sudden") and course else ()
    cannot_stand = only((r.suspected("cannot_bear_weight"), "cannot_bear_weight"))
    if cannot_stand and weakness(r):
        return weakness(r) + cannot_stand
    return marked + both_sides(r) + sudden if marked and (both_sides(r) or sudden) else ()


def major_trauma(r: Response, t: Thresholds) -> Evidence:
    """A serious accident, or a lesser one after which the leg does not carry."""
    lesser = only(
        (r.has("trauma", "minor"), "trauma"),
        (r.has("onset", "after_injury"), "onset"),
        (r.has("recent_strain", "car_accident"), "recent_strain"),
    )
    if lesser and r.suspected("cannot_bear_weight"):
        return (*lesser, "cannot_bear_weight")
    return only((r.has("trauma", "major"), "trauma"))


def serious_infection(r: Response, t: Thresholds) -> Evidence:
    """Fever together with anything that makes an infection dangerous."""
    worse = only(
        (r.suspected("unwell"), "unwell"),
        (r.suspected("immunosuppressed"), "immunosuppressed"),
        (r.suspected("recent_infection_or_injection"), "recent_infection_or_injection"),
        (r.suspected("cannot_bear_weight"), "cannot_bear_weight"),
        (r.suspected("limp"), "limp"),
        (r.has("known_conditions", "pelvic_inflammatory_disease", "sacroiliitis"), "known_conditions"),
        (r.has("cancer_history", "active"), "cancer_history"),
        (r.has("hip_replacement", "recent"), "hip_replacement"),
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
    """Chest pain or breathlessness, also where the chest is marked beside a leg that hurts or swells."""
    leg = r.suspected("calf_swelling") or r.has("pain_sites", *LEG_SITES)
    chest = only(
        (r.suspected("chest_pain_or_breathless"), "chest_pain_or_breathless"),
        (r.has("pain_sites", "chest") and leg, "pain_sites"),
    )
    return chest + only((r.suspected("calf_swelling"), "calf_swelling")) if chest else ()


def limb_ischaemia(r: Response, t: Thresholds) -> Evidence:
    """A leg or buttock without blood."""
    return only((r.suspected("cold_or_discoloured_leg"), "cold_or_discoloured_leg"))


def abdominal_emergency(r: Response, t: Thresholds) -> Evidence:
    """A large vessel in the belly may be failing, also where sudden severe pain is marked in the belly."""
    told = only((r.suspected("abdominal_pain_or_faint"), "abdominal_pain_or_faint"))
    strong = severe(r, t)
    marked = r.has("pain_sites", "abdomen") and r.has("onset", "sudden") and strong
    return told + (("pain_sites", "onset", *strong) if marked else ())


def spinal_cord_compression(r: Response, t: Thresholds) -> Evidence:
    """Cancer, now or past, with any new nerve sign."""
    signs = weakness(r) + only(
        (leg_numbness(r) or r.has("numbness_pattern", "intermittent", "constant"), "numbness_sites"),
        (r.suspected("balance_problem"), "balance_problem"),
        (r.suspected("cannot_bear_weight"), "cannot_bear_weight"),
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
    """A danger to the pregnancy: a sign that is told, or belly pain while the signs were not asked."""
    belly = r.has("pregnancy", "pregnant") and r.has("pain_sites", "abdomen")
    if belly and not r.has("pregnancy_warning_signs", "no"):
        return (
            "pregnancy",
            "pain_sites",
            *only((r.suspected("pregnancy_warning_signs"), "pregnancy_warning_signs")),
        )
    return only((r.suspected("pregnancy_warning_signs"), "pregnancy_warning_signs"))


def gluteal_compartment(r: Response, t: Thresholds) -> Evidence:
    """A buttock swollen hard after hours of lying on it."""
    return only((r.suspected("long_lie"), "long_lie"))


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
