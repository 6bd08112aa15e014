"""How often the verdict is right: simulated diaries with known courses, and a table of what was said.

Noise of neighbouring days is alike (first-order autoregression, standard deviation 1.3 points), ratings are
whole numbers from 0 to 10, and days are missing at random.

Run: python tests/bench/trend_rules.py [diaries a row]
"""

import random
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from unpinch.trend import trend  # noqa: E402
from unpinch.weeks import Rating  # noqa: E402

NOISE = 1.3
FIRST = date(2026, 1, 5)


def diary(
    random_numbers: random.Random, start: float, per_week: float, alike: float, weeks: int, rated: int
) -> list[Rating]:
    """Ratings around a straight course from `start`, `rated` random days in each week."""
    ratings, noise = [], random_numbers.gauss(0, NOISE)
    fresh = NOISE * (1 - alike * alike) ** 0.5
    for week in range(weeks):
        kept = set(random_numbers.sample(range(7), rated))
        for weekday in range(7):
            day = 7 * week + weekday
            noise = alike * noise + random_numbers.gauss(0, fresh)
            if weekday in kept:
                nrs = min(10, max(0, round(start + per_week * day / 7 + noise)))
                ratings.append(Rating(FIRST + timedelta(days=day), nrs))
    return ratings


def shares(
    thresholds: Mapping[str, float],
    *,
    start: float,
    per_week: float,
    alike: float,
    weeks: int = 6,
    rated: int = 5,
    diaries: int = 2000,
    seed: int = 7,
) -> dict[str, float]:
    """The share of diaries with each verdict on their last day, and how often the range holds the change."""
    random_numbers = random.Random(seed)  # noqa: S311
    said: Counter[str] = Counter()
    for _ in range(diaries):
        ratings = diary(random_numbers, start, per_week, alike, weeks, rated)
        result = trend(ratings, FIRST + timedelta(days=7 * weeks - 1), thresholds)
        said[result.direction] += 1
        if result.low is not None and result.high is not None:
            said["range holds"] += result.low <= per_week * (weeks - 1.5) <= result.high
    return {name: count / diaries for name, count in said.items()}


def main() -> None:
    """Print the table."""
    content = tomllib.loads((ROOT / "content" / "thresholds.toml").read_text(encoding="utf-8"))
    thresholds = {name: entry["value"] for name, entry in content.items()}
    diaries = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    columns = ("too_early", "possible_improvement", "improving", "steady", "worsening", "range holds")
    print(f"{'course':<34}" + "".join(f"{column.split('_improvement')[0]:>12}" for column in columns))
    courses = [(start, 0.0, 6, 5) for start in (3, 4, 5, 6, 7)]
    courses += [(5, 0.0, 6, 4), (5, 0.0, 12, 5), (5, -0.6, 6, 5), (6, -0.6, 6, 5), (7, -0.6, 6, 5)]
    courses += [(6, -0.4, 6, 5), (4, 0.6, 6, 5), (4, 0.4, 6, 5), (4, 0.4, 10, 5)]
    for start, per_week, weeks, rated in courses:
        for alike in (0.4, 0.7):
            course = {"start": start, "per_week": per_week, "alike": alike, "weeks": weeks, "rated": rated}
            row = shares(thresholds, **course, diaries=diaries)
            label = f"from {start}, {per_week:+.1f}/week, {weeks} w x {rated}, {alike}"
            print(f"{label:<34}" + "".join(f"{row.get(column, 0):>12.3f}" for column in columns))


if __name__ == "__main__":
    main()
