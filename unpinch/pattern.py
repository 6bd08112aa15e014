"""How far the answers match what people describe with deep buttock pain: features, never a percentage.

The rule is the project's own (clinical notes, section 3) and not validated. It never touches the urgency.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from unpinch.questionnaire import Response


class Match(StrEnum):
    """How well the features fit."""

    CONSISTENT = "consistent"
    PARTIAL = "partial"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Feature ids that fit, that are missing, and that speak against."""

    match: Match
    has: tuple[str, ...]
    lacks: tuple[str, ...]
    against: tuple[str, ...]


SUPPORTING: Mapping[str, tuple[str, ...]] = {
    "buttock_main_site": ("pain_sites",),
    "sitting_worse": ("aggravators",),
    "eases_walking_or_standing": ("relievers",),
    "one_sided": ("side",),
    "tender_deep_buttock": ("tender_deep_buttock",),
    "stretch_reproduces": ("figure4_reproduces",),
    "crossing_leg_difficult": ("crossing_leg_difficult",),
    "foot_turns_out": ("foot_turns_out_lying",),
}
COUNTER: Mapping[str, tuple[str, ...]] = {
    "back_dominant": ("back_dominant",),
    "cough_sneeze_worse": ("cough_sneeze_worse",),
    "hip_joint_stiff": ("hip_joint_signs", "pain_sites"),
    "walking_only": ("claudication", "aggravators"),
    "morning_stiffness": ("morning_stiffness_min",),
    "limp": ("limp",),
    "both_legs": ("both_legs", "side"),
    "lateral_hip": ("pain_sites",),
    "sit_bone": ("pain_sites",),
    "tailbone": ("pain_sites",),
}
"""Feature id → the items it is read from. The words for each stand in content/pattern.toml."""


def supporting(r: Response) -> dict[str, bool]:
    """Each feature that fits, and whether it is there."""
    return {
        "buttock_main_site": r.has("pain_sites", "buttock"),
        "sitting_worse": r.has("aggravators", "sitting", "driving"),
        "eases_walking_or_standing": r.has("relievers", "walking", "standing"),
        "one_sided": r.has("side", "left", "right"),
        "tender_deep_buttock": r.has("tender_deep_buttock", "yes"),
        "stretch_reproduces": r.has("figure4_reproduces", "yes"),
        "crossing_leg_difficult": r.has("crossing_leg_difficult", "yes"),
        "foot_turns_out": r.has("foot_turns_out_lying", "yes"),
    }


def counter(r: Response, thresholds: Mapping[str, float]) -> dict[str, bool]:
    """Each feature that speaks against, and whether it is there."""
    sitting = r.has("aggravators", "sitting", "driving")
    groin_provoked = r.has("pain_sites", "groin") and r.has("hip_joint_signs", "yes", "unsure")
    return {
        "back_dominant": r.has("back_dominant", "yes"),
        "cough_sneeze_worse": r.has("cough_sneeze_worse", "yes"),
        "hip_joint_stiff": r.has("hip_joint_signs", "yes") or groin_provoked,
        "walking_only": (not r.has("claudication", "none") and r.answers.get("claudication") is not None)
        or (r.has("aggravators", "walking") and not sitting),
        "morning_stiffness": r.number("morning_stiffness_min") >= thresholds["morning_stiffness_min"],
        "limp": r.suspected("limp"),
        "both_legs": not r.has("both_legs", "none") and r.answers.get("both_legs") is not None,
        "lateral_hip": r.has("pain_sites", "lateral_hip"),
        "sit_bone": r.has("pain_sites", "sit_bone"),
        "tailbone": r.has("pain_sites", "tailbone"),
    }


def compare(r: Response, thresholds: Mapping[str, float]) -> Pattern:
    """Weigh the features: buttock (A), sitting (B), a self-test (T), one side, and what speaks against."""
    fits, speaks_against = supporting(r), counter(r, thresholds)
    against = tuple(feature for feature, there in speaks_against.items() if there)
    buttock, sitting = fits["buttock_main_site"], fits["sitting_worse"]
    tested = fits["tender_deep_buttock"] or fits["stretch_reproduces"]
    ruled_out = speaks_against["back_dominant"] or speaks_against["walking_only"] or len(against) > 1
    if not buttock or ruled_out or not (sitting or tested):
        match = Match.UNLIKELY
    elif sitting and tested and fits["one_sided"] and not against:
        match = Match.CONSISTENT
    else:
        match = Match.PARTIAL
    return Pattern(
        match,
        has=tuple(feature for feature, there in fits.items() if there),
        lacks=tuple(feature for feature, there in fits.items() if not there),
        against=against,
    )
