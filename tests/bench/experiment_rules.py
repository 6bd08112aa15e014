"""How often an experiment is called better or worse: the weeks before a change against the weeks of it.

Simulated diaries as in insight_rules.py, five random days rated in each week. In the rows named "after a bad
spell" the change begins because pain was a point or more above usual in the week before.

Run: python tests/bench/experiment_rules.py [diaries a row]
"""

import random
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import fmean

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.insight_rules import NOISE, alike  # noqa: E402
from unpinch.experiment import Experiment, Outcome, verdict  # noqa: E402
from unpinch.weeks import Rating  # noqa: E402

FIRST = date(2026, 3, 2)


def shares(
    thresholds: Mapping[str, float],
    *,
    level: float,
    effect: float,
    correlation: float,
    weeks: int,
    per_week: float = 0,
    bad_spell: bool = False,
    diaries: int = 1000,
    seed: int = 7,
) -> dict[str, float]:
    """The share of diaries with each verdict at the end of the experiment."""
    random_numbers = random.Random(seed)  # noqa: S311
    tried = Experiment("a", "Does it help?", "A change", FIRST, weeks, datetime(2026, 3, 1, tzinfo=UTC), "UTC")
    said: Counter[str] = Counter()
    for _ in range(diaries):
        while True:
            noise = [NOISE * value for value in alike(random_numbers, 14 * weeks, correlation)]
            if not bad_spell or fmean(noise[7 * weeks - 7 : 7 * weeks]) >= 1:
                break
        ratings = []
        for week in range(-weeks, weeks):
            for weekday in random_numbers.sample(range(7), 5):
                day = 7 * week + weekday
                pain = level + per_week * day / 7 + effect * (week >= 0) + noise[day + 7 * weeks]
                ratings.append(Rating(FIRST + timedelta(days=day), min(10, max(0, round(pain)))))
        said[verdict(tried, ratings, thresholds).outcome] += 1
    return {name: count / diaries for name, count in said.items()}


def main() -> None:
    """Print the table."""
    content = tomllib.loads((ROOT / "content" / "thresholds.toml").read_text(encoding="utf-8"))
    thresholds = {name: entry["value"] for name, entry in content.items()}
    diaries = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    columns = [f"{weeks} w, {correlation}" for weeks in (2, 3, 4) for correlation in (0.4, 0.7)]
    print("better / worse")
    print(f"{'course':<34}" + "".join(f"{column:>14}" for column in columns))
    rows = [(f"no effect, from {level}", {"level": level, "effect": 0}) for level in (3, 4, 5, 6)]
    rows += [(f"effect {e:+}, from {level}", {"level": level, "effect": e}) for level, e in ((4, -2), (6, -2), (5, 2))]
    rows += [("no effect, after a bad spell, 5", {"level": 5, "effect": 0, "bad_spell": True})]
    rows += [("no effect, -0.3 a week from 6", {"level": 6, "effect": 0, "per_week": -0.3})]
    for label, course in rows:
        cells = []
        for weeks in (2, 3, 4):
            for correlation in (0.4, 0.7):
                row = shares(thresholds, **course, correlation=correlation, weeks=weeks, diaries=diaries)
                cells.append(f"{row.get(Outcome.BETTER, 0):.3f} / {row.get(Outcome.WORSE, 0):.3f}")
        print(f"{label:<34}" + "".join(f"{cell:>16}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
