"""`unpinch assess FILE`: answers in, the public JSON of the data dictionary out, every mistake at once."""

import json
import reprlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from unpinch.catalogue import Catalogue, ContentProblems, load
from unpinch.findings import Assessment, assess
from unpinch.questionnaire import Answer, Item, Questionnaire, Response, enabled
from unpinch.routine import Excluded, HabitChange, Routine, Withheld, recommend

Pairs = list[tuple[str, Any]]


class BadAnswers(Exception):
    """Answers that cannot be assessed. `problems` names every one of them with its mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def parse(text: str, questionnaire: Questionnaire) -> Response:
    """A response from JSON text. Raises BadAnswers with every wrong id, code, type, range, repeat and gap."""
    repeated: list[str] = []

    def unique(pairs: Pairs) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        repeated.extend(dict.fromkeys(name for name in names if names.count(name) > 1))
        return dict(pairs)

    try:
        given = json.loads(text, object_pairs_hook=unique, parse_constant=str)
    except (ValueError, RecursionError) as fault:
        raise BadAnswers([f"this is not JSON: {fault}; write an object of item ids and answers"]) from fault
    if not isinstance(given, dict):
        raise BadAnswers(['this is not an object; write {"item_id": answer, …}'])
    problems = [f"{_name(name)}: appears more than once; keep one" for name in dict.fromkeys(repeated)]
    problems += _problems(given, questionnaire)
    if problems:
        raise BadAnswers(problems)
    return Response({name: tuple(answer) if isinstance(answer, list) else answer for name, answer in given.items()})


def _problems(given: Mapping[str, Any], questionnaire: Questionnaire) -> list[str]:
    items = {item.id: item for item in questionnaire.items}
    problems = [
        f"{_name(name)}: is not a known item; known are {', '.join(items)}" for name in given if name not in items
    ]
    answers: dict[str, Answer] = {}
    for item in questionnaire.items:
        answer = given.get(item.id)
        if answer is not None and (problem := item.problem(answer)):
            problems.append(f"{item.id}: {problem}")
        elif answer is not None:
            answers[item.id] = tuple(answer) if isinstance(answer, list) else answer
        elif _required(item, answers) and not (item.added and item.id not in given):
            kind = "is a warning sign and has" if item.warning_sign else "has"
            problems.append(f"{item.id}: {kind} no answer; {_choices(item)}")
    return problems


def _name(name: str) -> str:
    """A name as it was given where it can be printed on one line, else escaped and cut."""
    return name if name.isidentifier() and name.isascii() else reprlib.repr(name)


def _required(item: Item, answers: Mapping[str, Answer]) -> bool:
    return not item.optional and enabled(item, answers)


def _choices(item: Item) -> str:
    if item.codes:
        return f"answer with {'one' if item.kind == 'choice' else 'any'} of {', '.join(item.codes)}"
    return f"give {item.low:g} to {item.high:g}"


def evaluate(response: Response, catalogue: Catalogue) -> dict[str, Any]:
    """The assessment and the routine as the data dictionary lays them out."""
    assessment = assess(response, catalogue.findings, catalogue.thresholds)
    routine = recommend(response, assessment, catalogue.exercises, catalogue.thresholds)
    return {
        "urgency": assessment.urgency.code,
        "findings": [
            {"id": f.id, "urgency": f.urgency.code, "because": f.because, "sources": f.sources}
            for f in assessment.findings
        ],
        "pattern": _pattern(assessment),
        "routine": _routine(routine),
    }


def _pattern(assessment: Assessment) -> dict[str, Any] | None:
    pattern = assessment.pattern
    if pattern is None:
        return None
    return {"match": pattern.match, "has": pattern.has, "lacks": pattern.lacks, "against": pattern.against}


def _routine(routine: Routine | Withheld) -> dict[str, Any]:
    steps = routine.steps if isinstance(routine, Routine) else ()
    return {
        "status": routine.status,
        "because": routine.because,
        "steps": [
            {
                "exercise": step.exercise.id, "side": step.side, "sets": step.dose.sets,
                "reps": step.dose.reps, "hold_s": step.dose.hold_s, "rest_s": step.dose.rest_s,
                "because": step.because, "sources": step.sources,
            }
            for step in steps
        ],
        "excluded": [_excluded(out) for out in routine.excluded],
        "habits": [_habit(change) for change in routine.habits],
        "minutes": routine.minutes if isinstance(routine, Routine) else 0.0,
    }  # fmt: skip


def _excluded(out: Excluded) -> dict[str, Any]:
    return {"exercise": out.exercise, "because": out.because}


def _habit(change: HabitChange) -> dict[str, Any]:
    return {"habit": change.habit, "because": change.because}


def _text(path: str) -> str:
    """What stands in a file, or on standard input for "-". Raises OSError and UnicodeDecodeError."""
    read = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    return read.decode("utf-8-sig")


def main(path: str, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Read answers from a file, or from standard input for "-", and print what they mean.

    Exit status 0; 1 where the content is broken; 2 with one message for all mistakes, and nothing printed.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        catalogue = load()
        result = evaluate(parse(_text(path), catalogue.questionnaire), catalogue)
    except OSError as fault:
        problems = [f"{path}: {fault.strerror}; name a readable JSON file, or - for standard input"]
    except UnicodeDecodeError:
        problems = [f"{path}: it is not UTF-8 text; save it as UTF-8"]
    except BadAnswers as fault:
        problems = fault.problems
    except ContentProblems as fault:
        err.write(f"{fault}\n")
        return 1
    else:
        json.dump(result, out, ensure_ascii=False, indent=2)
        out.write("\n")
        return 0
    err.write("".join(f"unpinch assess: {problem}\n" for problem in problems))
    return 2
