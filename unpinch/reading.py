"""From a table of content to a frozen type: one function for each kind of thing that clinicians wrote."""

from unpinch.advice import AdviceText
from unpinch.exercise import Claim, Dose, Exercise
from unpinch.findings import FindingText, Urgency
from unpinch.measures import Measure, Question
from unpinch.questionnaire import AnswerOption, Condition, Item, Kind, Questionnaire, Screen
from unpinch.table import Table
from unpinch.texts import Consent, Country, Habit, Source, Sourced

YES_NO = (AnswerOption("yes", "Yes"), AnswerOption("no", "No"), AnswerOption("unsure", "Not sure"))
FAMILIES = ("release", "stretch", "mobilise", "strengthen", "nerve")
POSITIONS = ("seated", "standing", "supine", "side_lying", "prone")
SIDES = ("affected_first", "affected_only", "together")


def condition(table: Table) -> Condition:
    """A condition of enableWhen."""
    made = Condition(table.text("item"), table.raw("answer", ""), table.one_of("operator", ("=", "!=", ">=", "<"), "="))
    table.close()
    return made


def option(table: Table) -> AnswerOption:
    """One answer option."""
    made = AnswerOption(table.text("code"), table.text("text"))
    table.close()
    return made


def item(table: Table) -> Item:
    """One item; a choice without options is yes, no or not sure."""
    kind = Kind(table.one_of("kind", tuple(Kind)) or Kind.CHOICE)
    options = tuple(map(option, table.tables("options")))
    made = Item(
        id=table.text("id"),
        page=table.text("page"),
        kind=kind,
        text=table.text("text"),
        help=table.text("help", ""),
        options=options or (YES_NO if kind is Kind.CHOICE else ()),
        enable_when=tuple(map(condition, table.tables("enable_when"))),
        warning_sign=table.flag("warning_sign"),
        optional=table.flag("optional"),
        added=table.flag("added"),
        group=table.text("group", ""),
        absent=table.text("absent", ""),
        tick=table.text("tick", ""),
        low=table.number("low", 0),
        high=table.number("high", 10),
        step=table.number("step", 1),
        unit=table.text("unit", ""),
        low_text=table.text("low_text", ""),
        high_text=table.text("high_text", ""),
        sources=table.texts("sources"),
    )
    table.close()
    return made


def screen(table: Table) -> Screen:
    """One screen with the titles of its check lists."""
    lists = table.table("lists")
    made = Screen(
        table.text("id"),
        table.text("title"),
        table.text("intro", ""),
        {name: lists.text(name) for name in lists.values},
    )
    table.close()
    return made


def questionnaire(table: Table) -> Questionnaire:
    """The whole questionnaire."""
    screens, items = tuple(map(screen, table.tables("screen"))), tuple(map(item, table.tables("item")))
    made = Questionnaire(table.text("version"), screens, items)
    table.close()
    return made


def finding(name: str, table: Table) -> FindingText:
    """The words of a finding."""
    urgency = table.one_of("urgency", tuple(level.code for level in Urgency))
    return FindingText(
        name,
        Urgency[urgency.upper() or "EMERGENCY"],
        table.text("title"),
        table.text("meaning"),
        table.text("do"),
        table.text("say"),
        table.flag("hold"),
        table.flag("near_miss"),
        table.texts("sources"),
    )


def advice(name: str, table: Table) -> AdviceText:
    """The words of an advice."""
    urgency = table.one_of("urgency", tuple(level.code for level in Urgency))
    return AdviceText(
        name,
        Urgency[urgency.upper() or "SEE_CLINICIAN"],
        table.text("title"),
        table.text("text"),
        table.text("rule"),
        table.texts("sources"),
    )


def source(name: str, table: Table) -> Source:
    """A source."""
    year = table.maybe("year")
    return Source(
        name,
        table.text("title"),
        table.text("where"),
        int(year) if year else None,
        table.one_of("trust", ("read", "secondary", "memory", "own")),
        table.text("note", ""),
    )


def habit(name: str, table: Table) -> Habit:
    """A habit change."""
    return Habit(
        name,
        table.text("name"),
        table.text("change"),
        table.text("why"),
        table.texts("how"),
        table.text("cue"),
        table.text("evidence"),
        table.texts("sources"),
    )


def country(name: str, table: Table) -> Country:
    """A country and whom to call there."""
    return Country(name, table.text("name"), table.text("emergency"), table.text("urgent"), table.texts("sources"))


def sourced(name: str, table: Table) -> Sourced:
    """A text with its sources."""
    return Sourced(name, table.text("title", ""), table.text("text"), table.texts("sources"))


def claim(table: Table) -> Claim:
    """A sentence with its source."""
    needs, dose = table.texts("needs", []), table.flag("dose")
    made = Claim(table.text("text"), table.text("source"), table.text("exercise", ""), needs, dose)
    table.close()
    return made


def span(table: Table, key: str) -> tuple[int, int]:
    """A range, written [least, most]."""
    values = table.raw(key)
    if not (
        isinstance(values, list)
        and len(values) == 2
        and all(isinstance(v, int) for v in values)
        and values[0] <= values[1]
    ):
        table.error(key, f"{values!r} is not a range", "write it as [least, most]")
        return (0, 0)
    return (values[0], values[1])


def dose(table: Table) -> tuple[Dose, dict[str, tuple[int, int]]]:
    """A dose and the limits within which it may be edited."""
    reps, hold = table.maybe("reps"), table.maybe("hold_s")
    if (reps is None) == (hold is None):
        table.error("hold_s", "give either reps or hold_s", "write one of the two")
    limits = table.table("limits")
    ranges = {key: span(limits, key) for key in limits.values}
    made = Dose(
        sets=int(table.number("sets")),
        reps=int(reps) if reps else None,
        hold_s=int(hold) if hold else None,
        rest_s=int(table.number("rest_s")),
        seconds_per_rep=table.maybe("seconds_per_rep"),
        per_week=span(table, "per_week"),
        source=table.text("source"),
        note=table.text("note", ""),
    )
    table.close()
    return made, ranges


def needs(table: Table) -> tuple[tuple[str, ...], ...]:
    """Equipment: each inner list names pieces of which one is enough."""
    values = table.raw("needs", [])
    if not (isinstance(values, list) and all(isinstance(either, list) and either for either in values)):
        table.error("needs", f"{values!r} is not a list of lists", 'write it as [["ball"], ["chair", "wall"]]')
        return ()
    return tuple(tuple(map(str, either)) for either in values)


def exercise(name: str, table: Table) -> Exercise:
    """An exercise."""
    amount, limits = dose(table.table("dose"))
    made = Exercise(
        id=name,
        name=table.text("name"),
        family=table.one_of("family", FAMILIES),
        target=table.texts("target"),
        position=table.one_of("position", POSITIONS),
        needs=needs(table),
        settings=table.texts("settings"),
        sides=table.one_of("sides", SIDES),
        purpose=table.text("purpose"),
        setup=table.text("setup"),
        instructions=table.texts("instructions"),
        feel=table.text("feel"),
        cues=tuple(map(claim, table.tables("cues"))),
        errors=tuple(map(claim, table.tables("errors"))),
        stop_if=tuple(map(claim, table.tables("stop_if"))),
        easier=tuple(map(claim, table.tables("easier"))),
        harder=tuple(map(claim, table.tables("harder"))),
        excluded_by=table.texts("excluded_by"),
        dose=amount,
        limits=limits,
        doses_by_source=tuple(
            Claim(claim.text, claim.source) for claim in map(source_dose, table.tables("dose_by_source"))
        ),
        sources=table.texts("sources"),
    )
    table.close()
    return made


def source_dose(table: Table) -> Claim:
    """What one source says about a dose, in words; its numbers are for readers of the file."""
    for key in table.values:
        if key not in ("text", "source"):
            table.raw(key)
    return claim(table)


def consent(table: Table) -> Consent:
    """What is agreed to."""
    made = Consent(table.text("version"), table.texts("points"), table.text("agree"))
    table.close()
    return made


def question(table: Table) -> Question:
    """One question of a measure."""
    made = Question(*(table.text(key) for key in ("id", "text", "low_text", "high_text")))
    table.close()
    return made


def measure(name: str, table: Table) -> Measure:
    """An optional measure."""
    return Measure(
        name,
        table.text("title"),
        table.text("intro"),
        table.one_of("better", ("low", "high")),
        tuple(map(question, table.tables("questions"))),
        table.texts("sources"),
    )


def threshold(name: str, table: Table) -> tuple[float, str]:
    """A number and the key of its source."""
    table.text("unit"), table.text("note")
    return table.number("value"), table.text("source")
