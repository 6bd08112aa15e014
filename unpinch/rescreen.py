"""The short repeat of the warning signs, before the first session of a day and whenever something is new."""

from datetime import date, datetime
from enum import StrEnum

from unpinch.diary import Rescreen

ITEMS = ("saddle_numbness", "bladder_bowel_change", "leg_weakness")
"""The items whose check lines are shown again."""


class Gate(StrEnum):
    """Whether a session may begin."""

    OPEN = "open"
    DUE = "due"
    STOPPED = "stopped"


def gate(last: Rescreen | None, assessed_at: datetime, assessed_day: date, today: date) -> Gate:
    """Stopped after a positive answer until the assessment is done again; due once a day; else open."""
    if last and last.positive and last.at >= assessed_at:
        return Gate.STOPPED
    if assessed_day == today or (last and last.day == today):
        return Gate.OPEN
    return Gate.DUE
