"""What goes along with pain: chosen habits against the pain of that day and the next, in words and numbers.

Nothing is read or worked out before the section is opened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from pages.components import assessed, resources, saving
from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.diary import CheckIn
from unpinch.evidence import signed
from unpinch.exposures import Offer, habit_kept, long_sitting, pain_of_days, session_done
from unpinch.insight import LAGS, SAME_DAY, Answer, Comparison, compare
from unpinch.routine import recommend

KEPT = "insight_habits"
"""The setting that holds what was chosen."""
SITTING, SESSION = "sitting", "session"
_CHOICE = "insight_choice"
NEITHER = (
    "It could be chance, and it could be the other way round: pain also changes what one does. A number like this"
    " cannot tell what causes what."
)


@dataclass(frozen=True, slots=True)
class Something:
    """What pain is compared with: its name, what was so on `such` days, and the days on which that is known."""

    name: str
    such: str
    days: Mapping[date, bool]


def draw(catalogue: Catalogue, today: date) -> None:
    """The section, closed until it is wanted."""
    box = st.expander("What goes along with your pain", key="insight", on_change="rerun")
    if box.open:
        with box:
            _opened(catalogue, today)


def words(something: Something, made: Comparison) -> str:
    """One comparison in a sentence."""
    day = "Same day" if made.lag == SAME_DAY else "Next day"
    if made.answer is Answer.NOT_ENOUGH:
        return f"{day}: {_not_enough(made)}"
    if made.answer is Answer.NOT_MIXED or made.difference is None or made.low is None or made.high is None:
        return (
            f"{day}: not to be compared yet. There are {made.with_days} such days and {made.without_days} others, but"
            " they lie in stretches far apart. They have to alternate more."
        )
    counted = (
        f"plausibly {signed(made.low)} to {signed(made.high)} points; {made.with_days} such days,"
        f" {made.without_days} others"
    )
    if made.answer is Answer.NO_CLEAR_DIFFERENCE:
        return f"{day}: no clear difference ({signed(made.difference)}, {counted})."
    when = "on days when" if made.lag == SAME_DAY else "on the day after days when"
    more = "higher" if made.answer is Answer.HIGHER else "lower"
    return f"{day}: {when} {something.such}, pain was **{abs(made.difference):.1f} points {more}** ({counted})."


def _opened(catalogue: Catalogue, today: date) -> None:
    since = today - timedelta(weeks=int(catalogue.thresholds["insight_weeks"])) + timedelta(days=1)
    with resources.database() as db:
        check_ins = [entry for entry in store.check_ins(db, since) if entry.day <= today]
        sessions = [one for one in store.session_days(db, since) if one[0] <= today]
        kept = store.get_setting(db, KEPT, [])
    offers = _offers(catalogue)
    found = _known(check_ins, sessions, offers, catalogue)
    most = int(catalogue.thresholds["insight_most"])
    if not set(st.session_state.get(_CHOICE, ())) <= found.keys():
        del st.session_state[_CHOICE]
    still = [name for name in kept if name in found][:most]
    chosen = st.multiselect(
        f"Compare your pain with (up to {_number(most)})", list(found), still, key=_CHOICE, on_change=_keep,
        format_func=lambda name: found[name].name if name in found else str(name), max_selections=most,
        placeholder="Choose a habit",
    )  # fmt: skip
    if not chosen:
        st.caption("Choose before you look at the numbers: the more is looked at, the more is found by chance.")
        return
    pain = pain_of_days(check_ins)
    comparisons = len(chosen) * len(LAGS)
    for name in chosen:
        made = [compare(pain, found[name].days, lag, catalogue.thresholds, comparisons) for lag in LAGS]
        _one(found[name], made)
    _method(catalogue, comparisons)


def _one(something: Something, made: Sequence[Comparison]) -> None:
    st.subheader(something.name, anchor=False)
    st.markdown("\n".join(f"- {words(something, one)}" for one in made))
    if any(one.answer in (Answer.HIGHER, Answer.LOWER) for one in made):
        st.markdown(NEITHER)
    rows = [_row(one) for one in made if one.difference is not None]
    if rows:
        st.table(rows, hide_index=True)


def _row(made: Comparison) -> dict[str, str]:
    """Both sides as they are shown: they differ by exactly the difference that is shown."""
    others = round(made.without_mean or 0, 1)
    return {
        "Pain": "Same day" if made.lag == SAME_DAY else "Next day",
        "Such days": f"{others + round(made.difference or 0, 1):.1f} ({made.with_days} {_days(made.with_days)})",
        "Others": f"{others:.1f} ({made.without_days} {_days(made.without_days)})",
    }


def _method(catalogue: Catalogue, comparisons: int) -> None:
    t = catalogue.thresholds
    window, least = 2 * int(t["insight_window_days"]) + 1, t["insight_points"]
    st.caption(
        f"How it is worked out: the last {t['insight_weeks']:g} weeks, from days with both answers. Each day is set"
        f" against the {window} days around it, so that a slow course up or down counts for nothing. Neighbouring"
        f" days resemble each other, which makes the ranges wider; with {comparisons} comparisons shown, each is"
        f" widened again, so that all of them together hold about {t['insight_percent']:g} times in 100. A difference"
        f" below {least:g} point, or with a range that holds zero, is not called one. Days without a check-in, and"
        " habits that were not asked about, are left out and never count as a no. “No clear difference” does not show"
        " that there is none: a small one takes months of entries to be seen."
    )


def _known(
    check_ins: Sequence[CheckIn], sessions: Sequence[tuple[date, bool]], offers: Sequence[Offer], catalogue: Catalogue
) -> dict[str, Something]:
    """What can be chosen: sitting, sessions, and each habit that was asked about or kept in these weeks."""
    hours, sat = long_sitting(check_ins, catalogue.thresholds)
    middle = "" if hours == catalogue.thresholds["insight_sat_hours"] else ", your own middle"
    found = {
        SITTING: Something(f"Sitting more than {hours:g} hours{middle}", f"you sat more than {hours:g} hours", sat),
        SESSION: Something("A session of the routine", "you did a session", session_done(sessions, check_ins)),
    }
    met = {habit for _, habits in offers for habit in habits}
    met |= {habit for entry in check_ins for habit in entry.habits_kept}
    for habit, text in catalogue.habits.items():
        if habit in met:
            found[habit] = Something(text.name, f"you kept “{text.name}”", habit_kept(check_ins, habit, offers))
    return found


def _offers(catalogue: Catalogue) -> tuple[Offer, ...]:
    """Since when which habits are asked about, from the assessments."""
    found = []
    for one in assessed.past(catalogue):
        routine = recommend(one.response, one.assessment, catalogue.exercises, catalogue.thresholds)
        found.append((one.stored.day, frozenset(change.habit for change in routine.habits)))
    return tuple(sorted(found, key=lambda offer: offer[0]))


@saving.told()
def _keep() -> None:
    resources.keep_setting(KEPT, list(st.session_state[_CHOICE]))


def _not_enough(made: Comparison) -> str:
    if not (made.with_days or made.without_days):
        return "not enough yet: there is no day on which this and your pain are both known."
    more = []
    if made.more_with:
        more.append(f"{made.more_with} more such {_days(made.more_with)}")
    if made.more_without:
        more.append(f"{made.more_without} more {_days(made.more_without)} without")
    if made.more_days > made.more_with + made.more_without:
        more = [f"{made.more_days} more {_days(made.more_days)}", *(f"of them {part}" for part in more)]
    return f"not enough yet: {', '.join(more)}. So far {made.with_days} such, {made.without_days} without."


def _days(number: int) -> str:
    return "day" if number == 1 else "days"


def _number(number: int) -> str:
    return {1: "one", 2: "two", 3: "three"}.get(number, str(number))
