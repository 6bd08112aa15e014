""" "It hurts": what the player reports is stored, and the session that is going on is changed by the pain rules."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pages.components import adapting, rescreening, resources
from pages.components.assessed import Latest
from unpinch import pain_rules, session_plan, store
from unpinch.catalogue import Catalogue
from unpinch.database import Database
from unpinch.diary import Hurt, Session
from unpinch.edits import standing
from unpinch.questionnaire import Response
from unpinch.timeline import Timing


def answer(uid: str, reports: Sequence[Mapping[str, Any]], latest: Latest, catalogue: Catalogue) -> None:
    """Keep the reports and answer each that has no answer yet, so that one that was missed is made up for.

    Tingling or numbness counts as a positive repeat of the warning signs: the session ends there.
    """
    with resources.database() as db:
        known = {one.id for one in store.hurts(db) if one.session_uid == uid}
    if any(report.get("where") == "tingling" and report.get("id") not in known for report in reports):
        rescreening.keep({"hurt": "tingling"}, positive=True)  # first: nothing may come between it and the stop
    with resources.database() as db:
        store.add_hurts(db, uid, reports, resources.now(), resources.today())
        session = next(one for one in store.sessions(db) if one.uid == uid)
        told, plan = store.hurts(db), session.plan
        answered = {change["hurt"] for change in plan.get("changes", ())}
        known_steps = all(step["exercise"] in catalogue.exercises for step in plan["steps"])
        for hurt in told if "allowed" in plan and known_steps else ():
            if hurt.session_uid == uid and hurt.id not in answered:
                plan = _answered(db, replace(session, plan=plan), hurt, told, latest, catalogue)
        if plan is not session.plan:
            store.set_session_plan(db, uid, plan)


def _answered(
    db: Database, session: Session, hurt: Hurt, told: tuple[Hurt, ...], latest: Latest, catalogue: Catalogue
) -> dict[str, Any]:
    exercises, t = catalogue.exercises, catalogue.thresholds
    plan, done = session.plan, store.completions(db, session.uid)
    forgiven = standing(store.adjustments(db)).forgiven
    counted = [one for one in told if pain_rules.key(one) not in forgiven]
    steps = session_plan.steps_of(plan, exercises)
    begun = any(one.step == hurt.step and one.outcome == "completed" for one in done)
    pain = max(session.pain_before or 0, int(latest.response.number("nrs_now")))
    response = Response({**latest.response.answers, "nrs_now": pain})
    reply = pain_rules.reply(hurt, steps, begun, counted, plan["allowed"], exercises, response, t)
    changed = session_plan.exchanged(
        plan, hurt.phase, (one.phase for one in done), reply.instead, reply.without, exercises, Timing.of(t), t
    )
    instead = reply.instead
    form = adapting.form_words(instead) if instead else ""
    number = hurt.step + 1
    comes = (
        instead is not None
        and changed["steps"][number : number + 1]
        and (changed["steps"][number]["exercise"] == instead.exercise.id)
    )
    text = adapting.words(reply.rule, hurt.exercise, reply.facts, catalogue, form)
    change = {
        "hurt": hurt.id,
        "phase": hurt.phase,
        "rule": reply.rule,
        "title": catalogue.adaptation[reply.rule].title,
        "text": text,
        "name": instead.exercise.name if instead and comes else "",
    }
    return {**changed, "changes": [*plan["changes"], change]}
