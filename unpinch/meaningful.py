"""Where a change from the starting week begins to matter, as levels on the 0 to 10 scale."""

from collections.abc import Mapping
from dataclasses import dataclass

from unpinch.weeks import NRS_MAX


@dataclass(frozen=True, slots=True)
class Levels:
    """Weekly means at or below `better` count as improved, at or above `worse` as worsened; None where none can."""

    better: float | None
    worse: float | None


def levels(baseline: float, thresholds: Mapping[str, float]) -> Levels:
    """The levels that `trend.improved` and `trend.worsened` draw for this baseline (0 to 10)."""
    share = thresholds["trend_better_percent"] * baseline / 100
    if baseline <= thresholds["trend_low_baseline"]:
        fall = max(share, thresholds["trend_low_baseline_points"])
    else:
        fall = min(share, thresholds["trend_better_points"])
    floor = max(thresholds["trend_worse_percent"] * baseline / 100, thresholds["trend_worse_floor_points"])
    better, worse = baseline - fall, baseline + min(floor, thresholds["trend_worse_points"])
    return Levels(better if better >= 0 else None, worse if worse <= NRS_MAX else None)
