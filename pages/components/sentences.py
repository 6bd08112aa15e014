"""What the charts show, in a sentence each, and what their marks mean."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from statistics import median

from pages.components.tables import LONGEST_IN_DAYS, REACH_WORDS
from unpinch.diary import CheckIn, Session
from unpinch.weeks import OF_A_DAY, Rating, WeekSummary

KEY = {
    "Day": "A round dot is a day. Days without a rating are gaps.",
    "Whole week": "A line over seven days is a rating about that whole week.",
    "Week": "A thick bar is the median of a week: filled on four days or more, hollow on three or on one rating about"
    " the whole week. Weeks with fewer are in the table alone.",
    "Spread": "The shade behind a bar reaches from the lowest to the highest day of its week.",
    "Guide": "The thin line guides the eye: it follows the days slowly, and stops where days are missing.",
    "Starting week": "The dotted line is the average of your starting week, with which all later weeks are compared."
    " It stays as it is.",
    "Better": "In the region below, a weekly average is lower than that by an amount that matters to most people:"
    " {better_points:g} points or {better_percent:g} per cent.",
    "Worse": "In the region above, it is higher by an amount that matters: {worse_points:g} points, or"
    " {worse_percent:g} per cent and at least {worse_floor:g} point.",
    "Anew": "The upright broken line is the day from which you chose to count anew.",
    "Number": "Rated: the number of days in each week with a rating; a dash is a rating about the whole week.",
    "Session": "Sessions: a filled square is a session done, a hollow one a part of a session.",
    "Flare": "Flares: a triangle, and the day shaded above; a hollow one was found in the ratings alone.",
    "Change": "Plan: a diamond is a day on which the routine was changed.",
    "Event": "Events: a whole bar is a medicine, a broken one a treatment, a dotted one anything else.",
}
LONG_KEY = "Over more than a year single days are left out. Choose a shorter range to see them."


def key(kinds: Collection[str], thresholds: Mapping[str, float], *, short: bool) -> tuple[str, ...]:
    """What the marks of the pain chart mean, one line for each that is in it."""
    numbers = {
        "better_points": thresholds["trend_better_points"],
        "better_percent": thresholds["trend_better_percent"],
        "worse_points": thresholds["trend_worse_points"],
        "worse_percent": thresholds["trend_worse_percent"],
        "worse_floor": thresholds["trend_worse_floor_points"],
    }
    lines = tuple(text.format(**numbers) for kind, text in KEY.items() if kind in kinds)
    return lines if short else (*lines, LONG_KEY)


def pain(days: Sequence[Rating], weeks: Sequence[WeekSummary], since: date, until: date) -> str:
    """What the pain chart shows."""
    span = f"{_day(since)} to {_day(until)}"
    if until - since > LONGEST_IN_DAYS:
        rated = sum(week.n for week in weeks)
        return f"{span}: {rated} rated days in {len(weeks)} weeks{_medians(weeks)}."
    if not days:
        return f"{span}: no rated day."
    if len(days) == 1:
        return f"{span}: one rated day, {days[0].nrs:.3g} on {_day(days[0].day)}."
    lowest, highest = min(day.nrs for day in days), max(day.nrs for day in days)
    whole = sum(day.days != OF_A_DAY for day in days)
    told = f"{len(days) - whole} rated days" + (f" and {whole} whole weeks" if whole else "")
    said = f"{span}: {told} between {lowest:.3g} and {highest:.3g}"
    return f"{said}{_medians(weeks)}."


def high_pain(days: Sequence[Rating], weeks: Sequence[WeekSummary], limit: float) -> str:
    """Time in high pain and how far the days of a week lay apart; empty without an answer to either.

    `limit` is the worst pain from which a day counts, as in the weeks. Without single days the weeks are counted.
    """
    worsts = [one.worst for one in days if one.worst is not None and one.days == OF_A_DAY]
    asked, high = len(worsts), sum(worst >= limit for worst in worsts)
    if not days:
        asked, high = sum(week.days_with_worst for week in weeks), sum(week.high_days for week in weeks)
    told = []
    if asked:
        told.append(f"High pain (worst {limit:g} or more) on {high} of {asked} days that say how bad it got.")
    if spreads := [week.spread for week in weeks if week.counts and week.spread is not None]:
        told.append(f"Within a week, days usually lay about {median(spreads):.1f} points from its average.")
    return " ".join(told)


def pain_around(session: Session) -> str:
    """Pain before and after a session, to follow other words; empty when it was not asked or not told."""
    given = (("before", session.pain_before), ("after", session.pain_after))
    said = ", ".join(f"{name} {value}" for name, value in given if value is not None)
    return f": pain {said}" if said else ""


def reach(check_ins: Sequence[CheckIn]) -> str:
    """Where it reached most often."""
    counted = Counter(entry.reach for entry in check_ins if entry.reach is not None)
    place, times = counted.most_common(1)[0]
    if counted.total() == 1:
        return f"One answer: {REACH_WORDS[place]}."
    return f"{counted.total()} answers; most often {REACH_WORDS[place]} ({times})."


def sitting(check_ins: Sequence[CheckIn]) -> str:
    """How long sitting went well."""
    minutes = [entry.sitting_min for entry in check_ins if entry.sitting_min is not None]
    if len(minutes) == 1:
        return f"One answer: {minutes[0]} minutes."
    return f"{len(minutes)} answers, {min(minutes)} to {max(minutes)} minutes, median {median(minutes):g}."


def _medians(weeks: Sequence[WeekSummary]) -> str:
    used = [week for week in weeks if week.counts]
    if len(used) < 2:
        return ""
    return f"; weekly median {used[0].median:.3g} in the first week shown, {used[-1].median:.3g} in the last"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
