"""From answers to what they mean: findings with evidence, the urgency they add up to, and the pattern."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from unpinch.cautions import CAUTION_RULES
from unpinch.emergencies import EMERGENCY_RULES, Thresholds
from unpinch.pattern import Pattern, compare
from unpinch.questionnaire import Response
from unpinch.referrals import REFERRAL_RULES
from unpinch.urgencies import URGENT_RULES


class Urgency(IntEnum):
    """How soon care is needed. Ordered, so that `max()` gives the one that counts."""

    SELF_CARE = 0
    SEE_CLINICIAN = 1
    URGENT = 2
    EMERGENCY = 3

    @property
    def code(self) -> str:
        """The word of the data dictionary."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class FindingText:
    """What clinicians wrote about a finding. `hold` keeps exercises back until somebody has had a look.

    A `near_miss` resembles a warning sign and is not one; what would make it one is shown openly.
    """

    id: str
    urgency: Urgency
    title: str
    meaning: str
    do: str
    say: str
    hold: bool
    near_miss: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired, with the items whose answers made it fire."""

    id: str
    urgency: Urgency
    because: tuple[str, ...]
    sources: tuple[str, ...]
    hold: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """Findings, most urgent first; the highest urgency; the pattern, if pain is there and nothing urgent."""

    findings: tuple[Finding, ...]
    urgency: Urgency
    pattern: Pattern | None

    def at(self, urgency: Urgency) -> tuple[Finding, ...]:
        """The findings of one level."""
        return tuple(finding for finding in self.findings if finding.urgency is urgency)


RULES = (*EMERGENCY_RULES, *URGENT_RULES, *REFERRAL_RULES, *CAUTION_RULES)
"""Every rule. The function's name is the finding's id in content/findings.toml."""


def hurts(response: Response) -> bool:
    """Whether there is any pain or numbness to speak of."""
    return bool(
        response.chosen("pain_sites")
        or response.chosen("numbness_sites")
        or response.number("nrs_now")
        or response.number("worst")
    )


def assess(response: Response, texts: Mapping[str, FindingText], thresholds: Thresholds) -> Assessment:
    """Run every rule over complete answers. The pattern comes afterwards and never changes the urgency."""
    findings = []
    for rule in RULES:
        if because := rule(response, thresholds):
            text = texts[rule.__name__]
            findings.append(Finding(text.id, text.urgency, tuple(dict.fromkeys(because)), text.sources, text.hold))
    findings.sort(key=lambda finding: -finding.urgency)
    urgency = findings[0].urgency if findings else Urgency.SELF_CARE
    shown = urgency < Urgency.URGENT and hurts(response)
    return Assessment(tuple(findings), urgency, compare(response, thresholds) if shown else None)
