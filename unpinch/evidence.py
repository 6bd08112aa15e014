"""The numbers behind a verdict, in sentences."""

from collections.abc import Sequence
from datetime import timedelta
from statistics import fmean

from unpinch.trend import TooEarly, Trend, latest_of
from unpinch.weeks import OF_A_WEEK, WEEK, WeekSummary

HIGHER = "pain is remembered as higher than it was rated day by day"


def evidence(trend: Trend) -> tuple[str, ...]:
    """The numbers behind a verdict in sentences; what was, where there is no recent week; empty while too early."""
    if trend.reason is TooEarly.NOT_RECENT:
        latest = latest_of(trend.used)
        then = fmean(week.mean for week in latest)
        last = latest[-1].start + WEEK - timedelta(days=1)
        return (
            starting_week(trend),
            f"The last weeks with enough ratings, up to {last.day} {last:%b %Y}: {then:.1f} on average, a difference of"
            f" {signed(then - trend.used[0].mean)}. That was then; it says nothing about now.",
        )
    if trend.change is None or trend.baseline is None or trend.low is None or trend.high is None:
        return ()
    share = "" if trend.change_percent is None else f" ({signed(trend.change_percent, 0)} per cent)"
    lines = [
        starting_week(trend),
        f"Lately: {trend.baseline + trend.change:.1f} on average.",
        f"Change: {signed(trend.change)} points{share},"
        f" plausibly between {signed(trend.low)} and {signed(trend.high)}.",
    ]
    if trend.bad_start is not None and trend.change < 0:
        lines.append(
            f"Your starting week was {trend.bad_start:.1f} points above the weeks that followed it. After a bad week"
            " some settling is expected anyway, whatever was done."
        )
    if trend.days == OF_A_WEEK:
        beside = "" if not trend.left_out else f"; {_count(trend.left_out, 'rated day')} are left out"
        lines.append(f"Only ratings about whole weeks are compared{beside}: {HIGHER}.")
    elif trend.left_out:
        lines.append(f"{_count(trend.left_out, 'rating')} about a whole week left out of this: {HIGHER}.")
    return tuple(lines)


def starting_week(trend: Trend) -> str:
    """The starting week in a sentence. Only for a trend that has one."""
    first = trend.used[0]
    begun = f"{first.start.day} {first.start:%b %Y}"
    rests = "a rating about the week" if first.days == OF_A_WEEK else f"{first.n} rated days"
    chosen = ", your own choice" if trend.chosen else ""
    return f"Starting week: {first.mean:.1f} on average ({rests} from {begun}{chosen})."


def high_pain(trend: Trend, limit: float) -> str | None:
    """Days in high pain in a sentence: in all, in the starting week and lately. None where no worst was given.

    `limit` is the worst pain from which a day counts, as in the weeks' `high_days`.
    """
    rated = sum(week.days_with_worst for week in trend.weeks)
    if not rated:
        return None
    parts = [f"{share(trend.weeks)} in all"]
    if len(trend.used) > 1:
        latest = latest_of(trend.used)
        parts.append(f"{share(trend.used[:1])} in the starting week")
        parts.append(f"{share(latest)} in the latest {'two weeks' if len(latest) > 1 else 'week'}")
    return f"Days with a worst pain of {limit:g} or more: {', '.join(parts)}."


def share(weeks: Sequence[WeekSummary]) -> str:
    """Days in high pain in these weeks, with the number of days that have a worst rating, such as "3 of 12"."""
    high, rated = sum(week.high_days for week in weeks), sum(week.days_with_worst for week in weeks)
    return f"{high} of {rated} ({100 * high / rated:.0f} per cent)" if rated else "not rated"


def signed(value: float, places: int = 1) -> str:
    """A number with its sign, a true minus included; zero has none."""
    rounded = round(value, places)
    if not rounded:
        return f"{0:.{places}f}"
    return f"{'+' if rounded > 0 else '−'}{abs(rounded):.{places}f}"


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'s' if number != 1 else ''}"
