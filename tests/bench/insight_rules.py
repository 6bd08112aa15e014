"""How often habit and pain are wrongly connected, and how large an effect has to be to be seen.

Simulated diaries: noise of neighbouring days is alike (first-order autoregression, standard deviation 1.3 points),
ratings are whole numbers from 0 to 10, two days in seven are missing, and pain settles from 7 towards 3 or stays
level. Habits come by chance, in short or long runs, on working days, or are taken up slowly while pain settles.
The last row of the first table is no error of the rule but its limit: a habit that is kept on good days because
they are good. No diary can tell that from a habit that helps, so the page never speaks of a cause.

Run: python tests/bench/insight_rules.py [diaries a row]
"""

import random
import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from math import exp
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from unpinch.insight import LAGS, Answer, compare  # noqa: E402

NOISE = 1.3
RATED = 5 / 7
FIRST = date(2026, 1, 5)
HABITS = ("by chance", "seldom", "in runs", "in long runs", "working days", "taken up")
GOOD_DAYS = "because of a good day"
SAID = (Answer.HIGHER, Answer.LOWER)


def alike(random_numbers: random.Random, days: int, correlation: float) -> list[float]:
    """Standard normal values, each like the one before."""
    values, fresh = [random_numbers.gauss(0, 1)], (1 - correlation**2) ** 0.5
    while len(values) < days:
        values.append(correlation * values[-1] + random_numbers.gauss(0, fresh))
    return values


def habit(random_numbers: random.Random, kind: str, noise: Sequence[float]) -> list[bool]:
    """Whether it was so, day by day. Only one kind looks at the noise of pain."""
    days = len(noise)
    if kind in ("in runs", "in long runs"):
        return [value > 0 for value in alike(random_numbers, days, 0.8 if kind == "in runs" else 0.95)]
    shares = {
        "by chance": lambda day: 0.5,
        "seldom": lambda day: 0.25,
        "working days": lambda day: 0.8 if day % 7 < 5 else 0.15,
        "taken up": lambda day: 0.15 + 0.7 * day / days,
        GOOD_DAYS: lambda day: 0.7 if noise[day] < 0 else 0.3,
    }
    return [random_numbers.random() < shares[kind](day) for day in range(days)]


def diary(
    random_numbers: random.Random,
    settles: bool,
    correlation: float,
    weeks: int,
    habits: Sequence[str],
    effect: float,
    rated_share: float = RATED,
) -> tuple[dict[date, float], list[dict[date, bool]]]:
    """Ratings, and each habit on the days with a check-in; the first habit has an effect on its own day."""
    days = 7 * weeks
    noise = alike(random_numbers, days, correlation)
    kept = [habit(random_numbers, kind, noise) for kind in habits]
    course = [3 + 4 * exp(-day / 14) if settles else 5.0 for day in range(days)]
    rated = [day for day in range(days) if random_numbers.random() < rated_share]
    pain = {
        FIRST + timedelta(days=day): min(10, max(0, round(course[day] + NOISE * noise[day] + effect * kept[0][day])))
        for day in rated
    }
    return pain, [{FIRST + timedelta(days=day): one[day] for day in rated} for one in kept]


def shares(
    thresholds: Mapping[str, float],
    habits: Sequence[str],
    *,
    settles: bool = True,
    correlation: float,
    weeks: int,
    effect: float = 0,
    rated_share: float = RATED,
    diaries: int = 300,
    seed: int = 7,
) -> dict[str, float]:
    """Shares of diaries: `any` habit said to matter on either day, the `first` on its own day, its range `holds`."""
    random_numbers = random.Random(seed)  # noqa: S311
    said = dict.fromkeys(("any", "first", "number", "holds"), 0)
    comparisons = len(habits) * len(LAGS)
    for _ in range(diaries):
        pain, kept = diary(random_numbers, settles, correlation, weeks, habits, effect, rated_share)
        made = [compare(pain, one, lag, thresholds, comparisons) for one, lag in product(kept, LAGS)]
        said["any"] += any(one.answer in SAID for one in made)
        first = made[0]
        said["first"] += first.answer in SAID
        if first.low is not None and first.high is not None:
            said["number"] += 1
            said["holds"] += first.low <= effect <= first.high
    numbers = max(said.pop("number"), 1)
    return {name: count / (numbers if name == "holds" else diaries) for name, count in said.items()}


def main() -> None:
    """Print both tables."""
    content = tomllib.loads((ROOT / "content" / "thresholds.toml").read_text(encoding="utf-8"))
    thresholds = {name: entry["value"] for name, entry in content.items()}
    diaries = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    lengths = (6, 12, 26)
    columns = [f"{weeks} w, {correlation}" for weeks in lengths for correlation in (0.4, 0.7)]
    print("No effect: diaries in which anything is said (three habits, same and next day)")
    print(f"{'habits':<34}" + "".join(f"{column:>10}" for column in columns))
    rows = [((kind,) * 3, settles, RATED) for kind in HABITS for settles in (False, True)]
    rows += [(("in runs",) * 3, True, 1.0), (("working days", "taken up", "in runs"), True, RATED)]
    rows += [((GOOD_DAYS,) * 3, True, RATED)]
    for trio, settles, rated in rows:
        row = [
            shares(
                thresholds, trio, settles=settles, correlation=alike_, weeks=weeks, rated_share=rated, diaries=diaries
            )["any"]
            for weeks in lengths
            for alike_ in (0.4, 0.7)
        ]
        label = f"{trio[0] if len(set(trio)) == 1 else 'mixed'}, {'settling' if settles else 'level'}"
        label += ", every day" if rated == 1 else ""
        print(f"{label:<34}" + "".join(f"{value:>10.3f}" for value in row), flush=True)
    print("\nAn effect on the same day, chosen alone / with two others: how often it is said")
    print(f"{'habit':<34}" + "".join(f"{column:>14}" for column in columns))
    for kind in ("by chance", "in runs", "working days"):
        for effect in (1.0, 1.5, 2.0):
            cells = []
            for weeks in lengths:
                for alike_ in (0.4, 0.7):
                    course = {"correlation": alike_, "weeks": weeks, "effect": effect, "diaries": diaries // 2}
                    alone, three = (shares(thresholds, (kind,) * n, **course)["first"] for n in (1, 3))
                    cells.append(f"{alone:.2f} / {three:.2f}")
            print(f"{f'{kind}, {effect} points':<34}" + "".join(f"{cell:>14}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
