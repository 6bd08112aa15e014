"""The check-in as it stands in the widgets, before it is kept: which entry it is, and what it says."""

from datetime import date, timedelta

import streamlit as st

from pages.components import resources
from pages.components.form import Form
from unpinch.diary import CheckIn, logical_day

TODAY, YESTERDAY, OWN = "Today", "Yesterday", "own"
"""The days an entry may be about; OWN is the day of an entry that is being corrected."""

_ASIDE, _CORRECTED = "check_in_aside", "check_in_corrected"
_TAKEN_OVER = ("reach", "sitting_min", "sat_hours", "flare", "note", "sites")


_FORM = Form("check_in")
uid, key, kept, value = _FORM.uid, _FORM.key, _FORM.kept, _FORM.value


def corrected() -> CheckIn | None:
    """The entry that is being corrected, as it was."""
    entry: CheckIn | None = st.session_state.get(_CORRECTED)
    return entry


def correct(entry: CheckIn) -> None:
    """Fill the form with an entry. What was begun before waits for the end of the correction."""
    if corrected() is None:
        st.session_state[_ASIDE] = uid()
    _FORM.turn_to(entry.uid)
    st.session_state[_CORRECTED] = entry
    for name in ("nrs", "worst"):
        rating = getattr(entry, name)
        _FORM.fill(name, rating if on_the_scale(rating) else None)
    for name in _TAKEN_OVER:
        _FORM.fill(name, getattr(entry, name))
    _FORM.fill("habits_kept", list(entry.habits_kept))
    _FORM.fill("day", OWN)


def leave() -> None:
    """An empty form; after a correction what had been begun before it."""
    _FORM.turn_to(st.session_state.pop(_ASIDE, None))
    st.session_state[_CORRECTED] = None


def on_the_scale(rating: float | None) -> bool:
    """Whether the scale can show a rating: an imported one may have decimals."""
    return rating is None or rating == int(rating)


def days() -> tuple[str, ...]:
    """The days that the form offers, the first one chosen at the beginning."""
    entry, today = corrected(), resources.today()
    if entry is None:
        return TODAY, YESTERDAY
    others = ((TODAY, today), (YESTERDAY, today - timedelta(days=1)))
    return (OWN, *(name for name, day in others if day != entry.day))


def day_words(day: date, today: date) -> str:
    """A day as it is called within a sentence: today, yesterday, 12 May, or with its year if that is another."""
    near = {today: "today", today - timedelta(days=1): "yesterday"}.get(day)
    return near or f"{day.day} {day:%B}{'' if day.year == today.year else f' {day.year}'}"


def opening(words: str) -> str:
    """The words as they begin a line."""
    return words[:1].upper() + words[1:]


def entered() -> CheckIn:
    """The entry as the widgets stand. Raises ValueError in words for the person if it cannot be kept."""
    entry = corrected()
    nrs, worst = _rating("nrs", entry), _rating("worst", entry)
    if nrs is None and (entry is None or entry.nrs is not None):
        raise ValueError("Choose your average pain first, then save. Nothing was saved.")
    if nrs is not None and worst is not None and worst < nrs:
        raise ValueError(
            f"The worst pain ({worst:g}) cannot be below the average ({nrs:g}). Change one of them, then save."
            " Nothing was saved."
        )
    at, tz = (entry.at, entry.tz) if entry else (resources.now(), resources.timezone())
    day = _day(entry)
    same = entry is not None and entry.day == day
    return CheckIn(
        uid=uid(),
        day=day,
        at=at,
        tz=tz,
        nrs=nrs,
        worst=worst,
        reach=value("reach"),
        sitting_min=value("sitting_min"),
        sat_hours=value("sat_hours"),
        habits_kept=tuple(value("habits_kept") or ()),
        flare=bool(value("flare")),
        note=(value("note") or "").strip(),
        back_filled=entry.back_filled if entry and same else day < logical_day(at, tz, resources.day_starts_at()),
        sites=tuple(value("sites") or ()),
        days=entry.days if entry else value("days") or 1,
        batch=entry.batch if entry else None,
    )


def _day(entry: CheckIn | None) -> date:
    chosen = value("day")
    if entry is not None and chosen in (OWN, None):
        return entry.day
    return resources.today() - timedelta(days=chosen == YESTERDAY)


def _rating(name: str, entry: CheckIn | None) -> float | None:
    """What is chosen on a scale; an imported rating that it cannot show stays until another is chosen."""
    chosen: float | None = value(name)
    before = getattr(entry, name) if entry is not None else None
    return before if chosen is None and not on_the_scale(before) else chosen
