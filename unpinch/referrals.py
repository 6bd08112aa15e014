"""Reasons to see a clinician within days to two weeks: one plain function a rule, returning its evidence."""

from unpinch.emergencies import Evidence, Thresholds, only
from unpinch.questionnaire import Response


def mild_weakness(r: Response, t: Thresholds) -> Evidence:
    """Mild and stable weakness of one leg."""
    return only((r.has("leg_weakness", "mild"), "leg_weakness"))


def constant_numbness(r: Response, t: Thresholds) -> Evidence:
    """Numbness that never leaves."""
    return only((r.has("numbness_pattern", "constant"), "numbness_pattern"))


def foot_numbness_walking(r: Response, t: Thresholds) -> Evidence:
    """A numb foot together with a limp: hard to walk on."""
    numb = r.has("numbness_sites", "foot") and not r.has("numbness_pattern", "none")
    return ("numbness_sites", "limp") if numb and r.suspected("limp") else ()


def limping(r: Response, t: Thresholds) -> Evidence:
    """A limp from the pain."""
    return only((r.suspected("limp"), "limp"))


def walking_pain_artery(r: Response, t: Thresholds) -> Evidence:
    """Walking pain that standing still relieves."""
    return only((r.has("claudication", "stops_when_standing_still"), "claudication"))


def walking_pain_spine(r: Response, t: Thresholds) -> Evidence:
    """Walking pain that sitting or bending relieves."""
    return only((r.has("claudication", "eases_sitting_or_bending"), "claudication"))


def inflammatory_rhythm(r: Response, t: Thresholds) -> Evidence:
    """Inflammatory features as told, or counted (NICE NG65: onset before 45, over 3 months, 4 more)."""
    if r.suspected("inflammatory_features"):
        return ("inflammatory_features",)
    onset_age = r.number("age", unknown=120) - r.number("weeks") / t["weeks_per_year"]
    back = r.has("pain_sites", "low_back", "sacroiliac") and r.number("weeks") > t["long_lasting_weeks"]
    signs = only(
        (onset_age < t["inflammatory_early_onset_age"], "age"),
        (r.has("night_pain", "constant"), "night_pain"),
        (r.has("pain_sites", "buttock"), "pain_sites"),
        (r.has("relievers", "walking", "exercise"), "relievers"),
        (r.number("morning_stiffness_min") >= t["morning_stiffness_min"], "morning_stiffness_min"),
    )
    count = len(signs) + r.has("relievers", "nsaid")
    enough = back and onset_age < t["inflammatory_onset_age"] and count >= t["inflammatory_features"]
    return (*signs, "weeks", *only((r.has("relievers", "nsaid"), "relievers"))) if enough else ()


def cyclical_pain(r: Response, t: Thresholds) -> Evidence:
    """Sciatica that follows the periods."""
    return only((r.suspected("cyclical_with_periods"), "cyclical_with_periods"))


def lump(r: Response, t: Thresholds) -> Evidence:
    """A lump in the buttock or groin."""
    return only((r.suspected("lump"), "lump"))


def past_cancer(r: Response, t: Thresholds) -> Evidence:
    """Past cancer with mild, mechanical pain."""
    return only((r.has("cancer_history", "past"), "cancer_history"))


def under_age(r: Response, t: Thresholds) -> Evidence:
    """Younger than an adult."""
    return only((r.number("age", unknown=0) < t["adult_age"], "age"))


def after_injury(r: Response, t: Thresholds) -> Evidence:
    """Pain that began with a specific injury."""
    return only(
        (r.has("onset", "after_injury"), "onset"),
        (r.has("trauma", "minor"), "trauma"),
        (r.has("recent_strain", "car_accident"), "recent_strain"),
    )


def hip_joint(r: Response, t: Thresholds) -> Evidence:
    """A picture that points to the hip joint."""
    return only((r.suspected("hip_joint_signs"), "hip_joint_signs"))


def hip_replacement_team(r: Response, t: Thresholds) -> Evidence:
    """A replaced hip that is recent or still under precautions."""
    return only((r.has("hip_replacement", "recent", "older_with_precautions"), "hip_replacement"))


def pregnancy_referral(r: Response, t: Thresholds) -> Evidence:
    """Pregnant: the midwife or physiotherapist should know."""
    return only((r.has("pregnancy", "pregnant"), "pregnancy"))


def severe_pain_lasting(r: Response, t: Thresholds) -> Evidence:
    """Severe average pain beyond a week."""
    lasting = r.number("weeks") >= t["severe_pain_weeks"]
    return ("nrs_now", "weeks") if lasting and r.number("nrs_now") >= t["severe_pain_nrs"] else ()


def severe_pain_sleepless(r: Response, t: Thresholds) -> Evidence:
    """Severe average pain with broken nights."""
    sleepless = r.has("night_pain", "positional", "constant")
    return ("nrs_now", "night_pain") if sleepless and r.number("nrs_now") >= t["severe_pain_nrs"] else ()


def not_improving(r: Response, t: Thresholds) -> Evidence:
    """Weeks of self-care without getting better."""
    tried = r.number("weeks_of_selfcare") >= t["fair_try_weeks"]
    return ("weeks_of_selfcare", "trend") if tried and r.has("trend", "stable", "fluctuating") else ()


def getting_worse(r: Response, t: Thresholds) -> Evidence:
    """Pain that has been getting worse for two weeks or more."""
    lasting = max(r.number("weeks"), r.number("weeks_of_selfcare")) >= t["worsening_weeks"]
    return ("trend", "weeks") if lasting and r.has("trend", "worsening") else ()


def never_assessed(r: Response, t: Thresholds) -> Evidence:
    """Over twelve weeks without anybody having examined it."""
    long = r.number("weeks") > t["long_lasting_weeks"]
    told = () if r.answers.get("assessed_by_clinician") is None else ("assessed_by_clinician",)
    return ("weeks", *told) if long and not r.has("assessed_by_clinician", "yes") else ()


def abdominal_site(r: Response, t: Thresholds) -> Evidence:
    """Pain in the belly marked among the places that hurt."""
    return only((r.has("pain_sites", "abdomen"), "pain_sites"))


REFERRAL_RULES = (
    mild_weakness,
    constant_numbness,
    foot_numbness_walking,
    limping,
    walking_pain_artery,
    walking_pain_spine,
    inflammatory_rhythm,
    cyclical_pain,
    lump,
    past_cancer,
    under_age,
    after_injury,
    hip_joint,
    hip_replacement_team,
    pregnancy_referral,
    severe_pain_lasting,
    severe_pain_sleepless,
    not_improving,
    getting_worse,
    never_assessed,
    abdominal_site,
)
