"""How often the verdict is right: simulated diaries with known courses, and a table of what was said.

Noise of neighbouring days is alike (first-order autoregression, standard deviation 1.3 points), ratings are
whole numbers from 0 to 10, and days are missing at random. A rating about a whole week is the true average of its
seven days, remembered with an error and as somewhat higher than it was.

Run: python tests/bench/trend_rules.py [diaries a row]
"""

import random
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from unpinch.advice import Course, advise  # noqa: E402
from unpinch.catalogue import Catalogue, load  # noqa: E402
from unpinch.flares import flare_days  # noqa: E402
from unpinch.trend import trend  # noqa: E402
from unpinch.weeks import OF_A_WEEK, Rating  # noqa: E402

NOISE = 1.3
RECALL_HIGHER = 0.5
FIRST = date(2026, 1, 5)
WEEKLY = 0
"""In place of a number of rated days: one rating about the whole week, on its last day."""


def diary(
    random_numbers: random.Random, start: float, per_week: float, alike: float, weeks: int, rated: int, recall: float
) -> list[Rating]:
    """Ratings around a straight course from `start`, `rated` random days in each week."""
    ratings, noise = [], random_numbers.gauss(0, NOISE)
    fresh = NOISE * (1 - alike * alike) ** 0.5
    for week in range(weeks):
        kept = set(random_numbers.sample(range(7), rated))
        felt = []
        for weekday in range(7):
            day = 7 * week + weekday
            noise = alike * noise + random_numbers.gauss(0, fresh)
            felt.append(start + per_week * day / 7 + noise)
            if weekday in kept:
                ratings.append(Rating(FIRST + timedelta(days=day), whole(felt[-1])))
        if rated == WEEKLY:
            average = sum(min(10, max(0, pain)) for pain in felt) / 7
            told = whole(average + RECALL_HIGHER + random_numbers.gauss(0, recall))
            ratings.append(Rating(FIRST + timedelta(days=7 * week + 6), told, days=OF_A_WEEK))
    return ratings


def whole(pain: float) -> int:
    """As a person rates it."""
    return min(10, max(0, round(pain)))


def shares(
    thresholds: Mapping[str, float],
    *,
    start: float,
    per_week: float,
    alike: float,
    weeks: int = 6,
    rated: int = 5,
    recall: float = 0.8,
    diaries: int = 2000,
    seed: int = 7,
) -> dict[str, float]:
    """The share of diaries with each verdict on their last day, and how often the range holds the change."""
    random_numbers = random.Random(seed)  # noqa: S311
    said: Counter[str] = Counter()
    for _ in range(diaries):
        ratings = diary(random_numbers, start, per_week, alike, weeks, rated, recall)
        result = trend(ratings, FIRST + timedelta(days=7 * weeks - 1), thresholds)
        said[result.direction] += 1
        if result.low is not None and result.high is not None:
            said["range holds"] += result.low <= per_week * (weeks - 1.5) <= result.high
    return {name: count / diaries for name, count in said.items()}


def checkpoint(catalogue: Catalogue, per_week: float, alike: float, rated: int, diaries: int) -> dict[str, float]:
    """The share of diaries of two weeks, from 4, with each advice at the first checkpoint."""
    random_numbers = random.Random(7)  # noqa: S311
    today = FIRST + timedelta(days=13)
    said: Counter[str] = Counter()
    for _ in range(diaries):
        ratings = diary(random_numbers, 4, per_week, alike, 2, rated, 0)
        course = Course(trend(ratings, today, catalogue.thresholds), today)
        said.update(one.id for one in advise(course, catalogue.advice, catalogue.thresholds))
    return {name: count / diaries for name, count in said.items()}


def flares(thresholds: Mapping[str, float], start: float, alike: float, diaries: int) -> float:
    """Days in a hundred rated ones that the rule calls a flare on a course that does not change, over twelve weeks."""
    random_numbers = random.Random(7)  # noqa: S311
    found = 0
    for _ in range(diaries):
        found += len(flare_days(diary(random_numbers, start, 0, alike, 12, 6, 0), (), thresholds))
    return 100 * found / (diaries * 12 * 6)


def main() -> None:
    """Print the tables."""
    catalogue = load()
    thresholds = catalogue.thresholds
    diaries = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    columns = ("too_early", "possible_improvement", "improving", "steady", "worsening", "range holds")
    print(f"{'course':<46}" + "".join(f"{column.split('_improvement')[0]:>12}" for column in columns))
    courses = [(start, 0.0, 6, 5) for start in (3, 4, 5, 6, 7)]
    courses += [(5, 0.0, 6, 4), (5, 0.0, 12, 5), (5, -0.6, 6, 5), (6, -0.6, 6, 5), (7, -0.6, 6, 5)]
    courses += [(6, -0.4, 6, 5), (4, 0.6, 6, 5), (4, 0.4, 6, 5), (4, 0.4, 10, 5)]
    courses += [(start, 0.0, 6, WEEKLY) for start in (3, 5, 7)] + [(5, 0.0, 12, WEEKLY)]
    courses += [(5, -0.6, 6, WEEKLY), (6, -0.6, 6, WEEKLY), (7, -0.6, 6, WEEKLY), (6, -0.6, 10, WEEKLY)]
    courses += [(4, 0.6, 6, WEEKLY), (4, 0.6, 10, WEEKLY)]
    for start, per_week, weeks, rated in courses:
        for alike in (0.4, 0.7):
            for recall in (0.5, 0.8, 1.2) if rated == WEEKLY else (0,):
                course = {"start": start, "per_week": per_week, "alike": alike, "weeks": weeks, "rated": rated}
                row = shares(thresholds, **course, recall=recall, diaries=diaries)
                kind = f"whole weeks, error {recall}" if rated == WEEKLY else f"{rated} days a week"
                label = f"{start} {per_week:+.1f}/week {weeks} w, {kind}, {alike}"
                print(f"{label:<46}" + "".join(f"{row.get(column, 0):>12.3f}" for column in columns))
    names = ("worse_after_two_weeks", "worse_weeks_unclear", "flat_two_weeks")
    print(f"\n{'after two weeks':<46}" + "".join(f"{name:>24}" for name in names))
    for per_week in (0.0, 1.5, 2.5):
        for alike in (0.4, 0.7):
            row = checkpoint(catalogue, per_week, alike, 5, diaries)
            label = f"4 {per_week:+.1f}/week, 5 days a week, {alike}"
            print(f"{label:<46}" + "".join(f"{row.get(name, 0):>24.3f}" for name in names))
    print("\nflare days by rule in a hundred rated days, no true change")
    for start, alike in ((3, 0.4), (3, 0.7), (5, 0.4), (5, 0.7)):
        print(f"{f'from {start}, {alike}':<46}{flares(thresholds, start, alike, diaries // 4):>12.1f}")


if __name__ == "__main__":
    main()
