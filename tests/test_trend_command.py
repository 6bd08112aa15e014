"""`unpinch trend`: the public JSON for diaries as CSV, and mistakes told with their place and their mend."""

import io
import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from time import process_time

import pytest

from unpinch.cli import main

FIRST = date(2026, 3, 2)
KEYS = ["file", "direction", "baseline", "change", "change_percent", "weeks", "advice"]


def diary(*levels: float, rated: int = 7, header: str = "day,nrs", tail: str = "") -> str:
    """A line a day, a level a week."""
    days = [(7 * week + day, level) for week, level in enumerate(levels) for day in range(rated)]
    return "\n".join([header, *(f"{FIRST + timedelta(days=day)},{level}{tail}" for day, level in days), ""])


@pytest.fixture
def told(tmp_path, capsys):
    """told(text or bytes, …, options): the exit status, the parsed lines and what stands on standard error."""

    def run(*texts: str | bytes, options: tuple[str, ...] = ()):
        names = [str(tmp_path / f"{number}.csv") for number in range(len(texts))]
        for name, text in zip(names, texts, strict=True):
            Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
        status = main(["trend", *names, *options])
        out, err = capsys.readouterr()
        return status, [json.loads(line) for line in out.splitlines()], err.replace(str(tmp_path) + "/", "")

    return run


def test_each_diary_is_one_line_of_json_with_exactly_these_keys_in_the_order_given(told, tmp_path):
    status, lines, err = told(diary(6, 6, 4, 4), diary(4, 4, 6, 6))
    assert (status, err) == (0, "")
    assert [list(line) for line in lines] == [KEYS, KEYS]
    assert [line["file"] for line in lines] == [str(tmp_path / "0.csv"), str(tmp_path / "1.csv")]
    better, worse = lines
    assert (better["direction"], better["baseline"], better["change"]) == ("improving", 6, -2)
    assert better["change_percent"] == pytest.approx(-100 / 3)
    assert better["weeks"][0] == {"week": 1, "n": 7, "median": 6, "mean": 6, "status": "solid"}
    assert better["advice"] == []
    (advice,) = worse["advice"]
    assert (worse["direction"], list(advice)) == ("worsening", ["id", "urgency", "because"])
    assert (advice["id"], advice["urgency"]) == ("worsening_two_weeks", "see_clinician")
    assert "Change: +2.0 points" in advice["because"][2]


@pytest.mark.parametrize("text", ["day,nrs", "day,nrs\n", "\ufeffday,nrs\r\n\r\n", "nrs,day\n"])
def test_a_diary_without_entries_is_too_early(told, text):
    status, (line,), _ = told(text)
    assert status == 0
    assert [line[key] for key in KEYS[1:]] == ["too_early", None, None, None, [], []]


def test_one_entry_is_too_early_and_shown_as_a_thin_week(told):
    _, (line,), _ = told("day,nrs\n2026-03-02,5\n")
    assert (line["direction"], line["baseline"]) == ("too_early", None)
    assert line["weeks"] == [{"week": 1, "n": 1, "median": 5, "mean": 5, "status": "thin"}]


@pytest.mark.parametrize(
    "text",
    [
        diary(6, 6, 4, 4).encode("utf-8-sig"),
        diary(6, 6, 4, 4).replace("\n", "\r\n"),
        diary(6, 6, 4, 4).replace("day,nrs", " Day , NRS "),
        diary(6, 6, 4, 4).replace(",", ", "),
        diary(6, 6, 4, 4).replace("\n", "\n\n"),
        diary(6, 6, 4, 4) + "2026-03-30,\n",
        "\n".join(["nrs,day", *(",".join(reversed(line.split(","))) for line in diary(6, 6, 4, 4).split()[1:])]),
        "\n".join(["day,nrs", *sorted(diary(6, 6, 4, 4).split()[1:], reverse=True)]),
        diary(6, 6, 4, 4, header="day,nrs,worst,reach,sitting_min,flare,sessions_planned,sessions_done", tail="," * 6),
    ],
    ids=["bom", "crlf", "header", "spaces", "blank lines", "unrated day", "columns", "lines", "empty cells"],
)
def test_the_shape_of_the_file_does_not_matter(told, text):
    status, (line,), err = told(text)
    assert (status, line["direction"], line["change"], err) == (0, "improving", -2, "")


def test_the_day_of_the_verdict_can_be_set_and_later_entries_are_left_out(told):
    text = diary(6, 6, 4, 4, 9)
    for day, direction in (("2026-03-29", "improving"), ("2026-03-15", "too_early"), ("2027-01-01", "too_early")):
        assert told(text, options=("--today", day))[1][0]["direction"] == direction


def test_reach_flares_and_sessions_are_looked_at(told):
    header = "day,nrs,reach,flare,sessions_planned,sessions_done"
    near = diary(6, 6, 6, 6, header=header, tail=",buttock,0,1,0").split("\n")
    down = [line.replace("buttock", "calf") for line in near[22:]]
    _, (line,), _ = told("\n".join([*near[:22], *down]))
    assert [one["id"] for one in line["advice"]] == ["spreading_down_leg", "low_adherence"]
    assert line["advice"][1]["because"][0] == (
        "Days with a session done: 0 per cent of those the plan asks for (0 of 28)."
    )
    _, (line,), _ = told(diary(6, 6, 6, 6, header=header, tail=",buttock,1,1,1"))
    assert [one["id"] for one in line["advice"]] == ["flat_four_weeks"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-03-02,11", 'line 3, nrs "11": is not within 0 to 10; correct it'),
        ("2026-03-02,-1", 'line 3, nrs "-1": is not within 0 to 10; correct it'),
        ("2026-03-02,nan", 'line 3, nrs "nan": is not a number from 0 to 10'),
        ("2026-03-02,1_0", 'line 3, nrs "1_0": is not a number from 0 to 10'),
        ("2026-03-02,bad", 'line 3, nrs "bad": is not a number from 0 to 10; write it with a decimal point'),
        ('2026-03-02,"3,5"', 'line 3, nrs "3,5": is not a number from 0 to 10; write it with a decimal point'),
        ("2026-02-29,4", 'line 3, day "2026-02-29": is no day of the calendar; correct it'),
        ("02.03.2026,4", 'line 3, day "02.03.2026": is not a day; write it as 2026-03-31'),
        (",4", 'line 3, day "": is not a day; write it as 2026-03-31'),
        ("2026-03-02,4,5", "line 3: has 3 cells where the header has 2; add the missing commas"),
        ("2026-03-02", "line 3: has 1 cells where the header has 2; add the missing commas"),
        ('2026-03-02,"4\n5"', "line 4, nrs"),
    ],
)
def test_a_mistake_names_file_line_column_value_and_mend_and_nothing_is_printed(told, row, said):
    status, lines, err = told(f"day,nrs\n2026-03-01,4\n{row}\n")
    assert (status, lines) == (2, [])
    assert err.startswith(f"0.csv: {said}")


@pytest.mark.parametrize(
    ("name", "cell", "said"),
    [
        ("worst", "10.5", "is not within 0 to 10"),
        ("reach", "toe", "is not known; use one of none, buttock, thigh, calf, foot"),
        ("sitting_min", "1441", "is not within 0 to 1440"), ("flare", "2", "is neither 1 nor 0"),
        ("sessions_planned", "1.5", "is not a number of sessions"),
        ("sessions_done", "-1", "is not a number of sessions"),
    ],
)  # fmt: skip
def test_every_column_is_checked(told, name, cell, said):
    status, _, err = told(f"{name},day,nrs\n{cell},2026-03-01,4\n")
    assert status == 2
    assert f'0.csv: line 2, {name} "{cell}": {said}' in err


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("day,pain", 'column "pain": is not known; known are day, nrs, worst'), ("day", "column nrs is missing"),
        ("day,nrs,nrs", 'column "nrs": is there twice'), ("", "column day is missing"),
        ("2026-03-01,4", 'column "2026-03-01": is not known'), ("day;nrs", 'column "day;nrs": is not known'),
    ],
)  # fmt: skip
def test_a_wrong_header_is_told(told, header, said):
    status, lines, err = told(f"{header}\n")
    assert (status, lines) == (2, [])
    assert said in err


def test_all_mistakes_are_told_up_to_a_readable_number(told):
    status, _, err = told("day,nrs\n" + "x,11\n" * 30)
    assert status == 2
    assert err.count("\n") == 21
    assert err.endswith("0.csv: and 40 more mistakes\n")


def test_a_bad_diary_keeps_no_other_from_being_printed(told):
    status, lines, err = told(diary(6, 6, 4, 4), "day,nrs\nx,1\n", diary(4, 4, 6, 6))
    assert (status, [line["direction"] for line in lines]) == (2, ["improving", "worsening"])
    assert err == '1.csv: line 2, day "x": is not a day; write it as 2026-03-31\n'


@pytest.mark.parametrize(
    ("data", "said"),
    [("day,nrs\n2026-03-01,4".encode("utf-16"), "is not UTF-8 text"), (b"day,nrs\n2026-03-01,\xff\n", "(byte 20)")],
)
def test_a_file_that_is_no_text_is_told(told, data, said):
    status, lines, err = told(data)
    assert (status, lines) == (2, [])
    assert said in err


def test_a_file_that_is_missing_or_a_folder_is_told(tmp_path, capsys):
    assert main(["trend", str(tmp_path / "none.csv"), str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "none.csv: cannot be read (No such file or directory); check the name" in err
    assert "cannot be read (Is a directory)" in err


def test_a_diary_may_come_from_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(diary(6, 6, 4, 4).encode())))
    assert main(["trend", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["file"] == "-"


@pytest.mark.parametrize("arguments", [["trend"], ["trend", "x.csv", "--today", "31.3.2026"]])
def test_a_wrong_command_line_is_told(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().err


def test_a_hundred_diaries_take_no_more_than_a_tenth_of_what_a_thousand_may(told, capsys):
    texts = [diary(*levels, rated=6) for levels in [(6, 6, 5, 5, 4, 4), (5, 5, 6, 5, 4, 5)] * 50]
    begun = process_time()
    status, lines, _ = told(*texts)
    assert (status, len(lines)) == (0, 100)
    assert process_time() - begun < 2


def test_nothing_of_the_pages_and_the_store_is_loaded(tmp_path):
    (tmp_path / "a.csv").write_text(diary(6, 6, 4, 4))
    code = (
        "import sys; from unpinch.cli import main; main(sys.argv[1:]);"
        "print(sorted({'pandas', 'altair', 'streamlit', 'numpy', 'sqlite3', 'sqlite_utils'} & sys.modules.keys()))"
    )
    command = [sys.executable, "-c", code, "trend", str(tmp_path / "a.csv")]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"
