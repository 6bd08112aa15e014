"""On which days something was so, on which it was not, and on which nobody knows.

No data is not "no". What nobody was asked, what an imported diary does not mention and what a rating about a whole
week cannot say stay unknown. A flare is pain itself and no exposure; its days stay in, for to leave out bad days
would be to choose by the outcome.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import fmean, median

from unpinch.diary import CheckIn
from unpinch.weeks import OF_A_DAY

Offer = tuple[date, frozenset[str]]
"""The day of an assessment, and the habits that the check-in asks about from then on."""


def pain_of_days(check_ins: Iterable[CheckIn]) -> dict[date, float]:
    """Average pain (0 to 10) of each day that has it, several ratings of one day averaged."""
    days: dict[date, list[float]] = {}
    for entry in check_ins:
        if entry.days == OF_A_DAY and entry.nrs is not None:
            days.setdefault(entry.day, []).append(entry.nrs)
    return {day: fmean(ratings) for day, ratings in days.items()}


def long_sitting(check_ins: Iterable[CheckIn], thresholds: Mapping[str, float]) -> tuple[float, dict[date, bool]]:
    """A number of hours, and whether each day with an answer had more of sitting.

    The hours are those of content, or the person's own middle where theirs leave one side nearly empty. The choice
    does not look at pain. Of several answers of one day the last counts.
    """
    hours = {
        entry.day: entry.sat_hours for entry in check_ins if entry.days == OF_A_DAY and entry.sat_hours is not None
    }
    fixed, side = thresholds["insight_sat_hours"], thresholds["insight_side_days"]
    if hours and not _both_sides(hours.values(), fixed, side):
        own = median(hours.values())
        if len(hours) >= thresholds["insight_paired_days"] and _both_sides(hours.values(), own, side):
            return own, {day: sat > own for day, sat in hours.items()}
    return fixed, {day: sat > fixed for day, sat in hours.items()}


def habit_kept(check_ins: Sequence[CheckIn], habit: str, offers: Sequence[Offer]) -> dict[date, bool]:
    """Whether the habit was kept, on the days on which that is known. `offers` in the order of days.

    A tick is a yes. A check-in without it is a no only if it was made here, on a day on which the check-in asked
    about this habit, and between the first and the last day with a tick on any habit: before and after that, the
    question may simply have been passed over.
    """
    daily = [entry for entry in check_ins if entry.days == OF_A_DAY]
    answered = [entry.day for entry in daily if entry.habits_kept and entry.batch is None]
    known: dict[date, bool] = {}
    for entry in daily:
        if habit in entry.habits_kept:
            known[entry.day] = True
        elif (
            entry.batch is None
            and answered
            and min(answered) <= entry.day <= max(answered)
            and _asked(habit, entry.day, offers)
        ):
            known.setdefault(entry.day, False)
    return known


def session_done(sessions: Sequence[tuple[date, bool]], check_ins: Iterable[CheckIn]) -> dict[date, bool]:
    """Whether a session was finished, from the first day with one to the last day with a check-in.

    `sessions` are days, and whether it was finished. A day with a session that was only begun is neither.
    """
    finished = {day for day, done in sessions if done}
    begun = {day for day, _ in sessions}
    if not finished:
        return {}
    checked = {entry.day for entry in check_ins if entry.days == OF_A_DAY and entry.day >= min(finished)}
    return {day: day in finished for day in checked | finished if day in finished or day not in begun}


def _both_sides(hours: Iterable[float], limit: float, side: float) -> bool:
    more = [sat > limit for sat in hours]
    return side <= sum(more) <= len(more) - side


def _asked(habit: str, day: date, offers: Sequence[Offer]) -> bool:
    """Whether every check-in of that day asked about the habit, whatever changed in the course of it."""
    before = [habits for since, habits in offers if since < day]
    return bool(before) and all(habit in habits for habits in (before[-1], *(h for d, h in offers if d == day)))
