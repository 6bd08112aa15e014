"""Diaries of other apps: told apart, read whole, and every row that cannot be taken over named with its reason."""

import csv
import io
import tomllib
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unpinch.exchange.dates import DateOrder, orders, read_time, read_when
from unpinch.exchange.decoding import MAX_BYTES, MAX_MEMBERS, BadDiary, text_of
from unpinch.exchange.diaries import Choice, Chosen, Found, choose, find, questions
from unpinch.exchange.entries import number
from unpinch.exchange.proposals import batch, fresh, propose
from unpinch.imports import Held

HERE = Path(__file__).parent / "diaries"
REAL = Path(__file__).parents[2] / "shared" / "diaries"
TODAY = date(2026, 11, 1)
EXPECTED = tomllib.loads((HERE / "expected.toml").read_text("utf-8"))


def chosen(data: bytes, name: str | None = None, **answers: Any) -> Chosen:
    found = find(data)
    return choose(found, Choice(name or found.series[0].name, **answers), TODAY, "UTC")


def days(result: Chosen) -> list[tuple[date, float | None]]:
    return [(one.day, one.nrs) for one in result.ratings]


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv"), data)
    return made.getvalue()


def looked_through(data: bytes) -> str:
    """Every choice that a file offers made once; why it was refused, if it was."""
    try:
        found = find(data)
    except BadDiary as refusal:
        return str(refusal)
    for one in found.series:
        choose(found, Choice(one.name, (0, 10), DateOrder.DAY_FIRST), TODAY, "UTC")
    return ""


def test_every_small_diary_has_its_expectation() -> None:
    assert {file.stem for file in HERE.glob("*.csv")} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_diary_gives_what_a_reader_of_the_file_would_write_down(name: str) -> None:
    wanted = EXPECTED[name]
    found = find((HERE / f"{name}.csv").read_bytes())
    assert found.format == wanted["format"]
    assert {one.name: one.entries for one in found.series} == wanted["names"]
    assert wanted.get("says", "") in " ".join(found.notes)
    assert questions(found, Choice(wanted["choose"])) == tuple(wanted.get("ask", ()))
    scale, order = wanted.get("scale"), wanted.get("order")
    choice = Choice(wanted["choose"], tuple(scale) if scale else None, DateOrder(order) if order else None)
    result = choose(found, choice, TODAY, "UTC")
    assert [
        [one.line, one.day.isoformat(), *([] if one.nrs is None else [one.nrs])] for one in result.ratings
    ] == wanted["ratings"]
    assert [[row.line, row.value, row.reason] for row in result.bad] == wanted.get("bad", [])
    assert list(result.repeats) == wanted.get("repeats", [])
    if "notes" in wanted:
        assert [one.note for one in result.ratings] == wanted["notes"]


def test_our_own_shape_is_taken_over_whole() -> None:
    first, second, third, fourth = chosen((HERE / "unpinch.csv").read_bytes()).ratings
    assert (first.worst, first.reach, first.sitting_min, first.flare) == (6, "thigh", 20, False)
    assert (second.worst, second.reach, second.sitting_min, second.flare) == (5, "calf", None, True)
    assert (third.worst, third.reach, third.sitting_min) == (None, None, 45)
    assert (fourth.nrs, fourth.worst, fourth.reach) == (None, 7, "buttock")


@pytest.mark.parametrize("file", sorted(REAL.glob("*.csv")) or [None])
def test_a_real_diary_is_imported_row_by_row_or_says_why_not(file: Path | None) -> None:
    if file is None:
        pytest.skip("the real diaries are not beside this checkout")
    data = file.read_bytes()
    found = find(data)
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    assert sum(one.entries for one in found.series) == len(rows)
    for one in found.series:
        given = [float(row["intensity"]) for row in rows if row["name"] == one.name]
        result = choose(found, Choice(one.name), TODAY, "UTC")
        assert len(result.ratings) + len(result.repeats) + len(result.bad) == len(given) == one.entries
        assert not result.bad
        assert [rating.nrs for rating in result.ratings] == given


def test_timestamps_of_another_zone_are_noticed_and_moved_only_when_asked() -> None:
    rows = ["name,startday,startmonth,startyear,intensity,date"]
    for day in range(1, 29):
        rows.append(f"Hip Pain,{day},3,2024,3,2024-03-{day + 1:02d} 0{day % 7}:10:00")
    rows.append("Hip Pain,0,,0,5,2024-04-02 02:00:00")
    found = find("\n".join(rows).encode())
    assert found.stamps is not None
    assert (found.stamps.both, found.stamps.same, found.stamps.hours, found.stamps.shifted) == (28, 0, -7, 28)
    assert "seem to be in another time zone" in " ".join(found.notes)
    for hours, day in ((0, date(2024, 4, 2)), (-7, date(2024, 4, 1))):
        result = choose(found, Choice("Hip Pain", shift_hours=hours), TODAY, "UTC")
        assert result.ratings[0].day == date(2024, 3, 1)
        assert result.ratings[-1].day == day


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_any_usual_encoding_is_read(encoding: str) -> None:
    text = "Datum;Schmerz;Notiz\r\n31.05.2024;3,5;müde – très fatigué\r\n"
    result = chosen(text.encode(encoding))
    assert days(result) == [(date(2024, 5, 31), 3.5)]
    assert result.ratings[0].note == "müde – très fatigué"


def test_the_marked_big_endian_utf_16_of_spreadsheets_is_read() -> None:
    assert days(chosen(b"\xfe\xff" + "day\tpain\n2024-05-31\t3\n".encode("utf-16-be"))) == [(date(2024, 5, 31), 3)]


STYLES = {
    "%Y-%m-%d": None,
    "%d.%m.%Y": None,
    "%d/%m/%Y": DateOrder.DAY_FIRST,
    "%m/%d/%Y": DateOrder.MONTH_FIRST,
    "%d/%m/%y": DateOrder.DAY_FIRST,
    "%m-%d-%y": DateOrder.MONTH_FIRST,
    "%d %B %Y": None,
    "%b %d, %Y": None,
    "%Y%m%d": None,
    "%A, %d %B %Y": None,
}


@settings(max_examples=80, deadline=None)
@given(
    ratings=st.lists(
        st.tuples(
            st.dates(date(1970, 1, 1), TODAY),
            st.integers(0, 100).map(lambda tenths: tenths / 10),
            st.text(st.characters(codec="cp1252", exclude_categories=("Cc", "Cf", "Zl", "Zp")), max_size=30),
        ),
        min_size=1,
        max_size=40,
        unique_by=lambda rating: rating[0],
    ),
    separator=st.sampled_from(",;\t|"),
    comma=st.booleans(),
    encoding=st.sampled_from(ENCODINGS),
    style=st.sampled_from(sorted(STYLES)),
    ending=st.sampled_from(["\r\n", "\n"]),
)
def test_what_any_program_wrote_comes_back_with_the_same_days_and_values(
    ratings: list[tuple[date, float, str]], separator: str, comma: bool, encoding: str, style: str, ending: str
) -> None:
    written = io.StringIO()
    table = csv.writer(written, delimiter=separator, lineterminator=ending)
    table.writerow(["date", "pain", "note"])
    for day, value, note in ratings:
        table.writerow([day.strftime(style), f"{value:g}".replace(".", "," if comma else "."), note])
    found = find(written.getvalue().encode(encoding))
    result = choose(found, Choice("pain", order=STYLES[style]), TODAY, "UTC")
    assert not result.bad
    assert days(result) == [(day, value) for day, value, _ in ratings]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace"))))
def test_junk_is_refused_in_words_and_never_crashes(data: bytes) -> None:
    said = looked_through(data)
    assert said == "" or (said[0].isupper() and said.endswith("."))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_export_is_read_or_refused_in_words(data: st.DataObject) -> None:
    original = bytearray((HERE / f"{data.draw(st.sampled_from(sorted(EXPECTED)))}.csv").read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        original[data.draw(st.integers(0, len(original) - 1))] = data.draw(st.integers(0, 255))
    looked_through(bytes(original))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty."),
        (b"  \n \n", "This file is empty."),
        (b"Dear diary, it hurts.", "There is no row of ratings"),
        (b"Dear diary\nIt hurts\n", "No columns were found"),
        (b"day,pain\n", "There is no row of ratings in this file."),
        (b"mood,pain\ngood,3\nbad,4\n", "No column of days was found"),
        (b"day,words\n2024-05-31,none\n2024-06-01,some\n", "No column of numbers was found"),
        (b"Date,Stretch,\n2024-05-31,YES_MANUAL,\n", "Left out, since they are yes or no: Stretch."),
        (b"%PDF-1.7 ...", "This is a PDF"),
        (b"SQLite format 3\0...", "This is a database"),
        (b"day,pain\n2024-05-31,\0\0\0", "This is not a text file."),
        (b"day,pain\n2024-05-31,3 \x81\x8d", "letters of this file cannot be read"),
        (b"PK\x03\x04 but no zip", "This zip is damaged."),
    ],
)
def test_what_is_no_diary_is_refused_with_the_way_on(data: bytes, words: str) -> None:
    with pytest.raises(BadDiary, match=words.replace(".", r"\.")):
        find(data)


def test_a_file_beyond_the_limit_is_not_read() -> None:
    with pytest.raises(BadDiary, match="larger than 20 MB"):
        text_of(b"a" * (MAX_BYTES + 1))


def test_loop_s_zip_is_read_from_the_file_of_all_habits() -> None:
    habit = (HERE / "loop_one_habit.csv").read_bytes()
    data = zipped(Habits_csv=b"Position,Name\n", Checkmarks_csv=(HERE / "loop_checkmarks.csv").read_bytes(),
                  Scores_csv=b"", **{"001 Hip pain__Checkmarks_csv": habit})  # fmt: skip
    found = find(data)
    assert (found.format, found.single) == ("loop", "Hip pain")
    assert len(chosen(data).ratings) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Date,Pain,Flare\n2024-05-01,3,NO\n2024-05-02,2,UNKNOWN\n",
        "date,pain,\n2024-05-01,3,\n2024-05-02,8,\n",
        "Date,Steps,Pain\n2024-05-01,8000,3\n2024-05-02,100,2\n",
    ],
)
def test_a_plain_table_is_not_taken_for_loop_s(text: str) -> None:
    found = find(text.encode())
    assert found.format == "csv"
    assert found.named("pain") is not None


def test_numbers_that_only_count_rows_are_no_ratings() -> None:
    found = find(b"id,created_at,pain_level,location\n1,2024-05-01 10:00,4,hip\n2,2024-05-03 09:00,6,back\n")
    assert [one.name for one in found.series] == ["hip", "back"]


def test_a_note_of_two_lines_is_one_row() -> None:
    result = chosen(b'day,pain,note\n2024-05-01,3,"two\nlines"\n2024-05-02,x,\n')
    assert [(one.line, one.note) for one in result.ratings] == [(2, "two lines")]
    assert [row.line for row in result.bad] == [4]


def test_a_zip_with_one_table_is_read_and_with_several_asks_for_one() -> None:
    data = (HERE / "semicolons.csv").read_bytes()
    assert len(chosen(zipped(export_csv=data, readme=b"hello")).ratings) == 3
    with pytest.raises(BadDiary, match=r"holds 2 CSV files \(a.csv, b.csv"):
        find(zipped(a_csv=data, b_csv=data))
    with pytest.raises(BadDiary, match="no CSV file in this zip"):
        find(zipped(readme=b"hello"))


def test_a_zip_that_would_grow_is_refused_before_and_while_it_is_unpacked() -> None:
    with pytest.raises(BadDiary, match="larger than 20 MB, so it was not opened"):
        find(zipped(a_csv=b"0" * (MAX_BYTES + 1)))
    lying = zipped(a_csv=b"0" * 1000).replace((1000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(BadDiary):
        find(lying)
    with pytest.raises(BadDiary, match=f"holds {MAX_MEMBERS + 1} files"):
        find(zipped(**{f"{number}_csv": b"" for number in range(MAX_MEMBERS + 1)}))


def test_a_spreadsheet_is_told_from_a_zip_of_tables() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
    with pytest.raises(BadDiary, match="save the sheet as CSV"):
        find(made.getvalue())


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2024-05-31", date(2024, 5, 31), None),
        ("2024/5/3 7:05", date(2024, 5, 3), time(7, 5)),
        ("2024-05-31T21:40:59.123456", date(2024, 5, 31), time(21, 40, 59)),
        ("20240531", date(2024, 5, 31), None),
        ("31.5.24", date(2024, 5, 31), None),
        ("31. 5. 2024", date(2024, 5, 31), None),
        ("31/05/2024 9:40 pm", date(2024, 5, 31), time(21, 40)),
        ("05/31/2024, 12:10\N{NARROW NO-BREAK SPACE}AM", date(2024, 5, 31), time(0, 10)),
        ("22nd Sep 2020", date(2020, 9, 22), None),
        ("Tuesday, 22 September 2020", date(2020, 9, 22), None),
        ("September 1st, 2020 at 10:00", date(2020, 9, 1), time(10)),
        ("22-Sep-20", date(2020, 9, 22), None),
        ("3. März 2024", date(2024, 3, 3), None),
        ("1 août 2024", date(2024, 8, 1), None),
        ("31/12/69", date(1969, 12, 31), None),
        ("31/12/68", date(2068, 12, 31), None),
        ("05/05/2024", date(2024, 5, 5), None),
        ("Sat Nov 21 2026 10:00:00 GMT+0100 (CET)", date(2026, 11, 21), time(10)),
        ("Tue Aug 13 02:07:55 2019", date(2019, 8, 13), time(2, 7, 55)),
        ("Tue Aug 13 02:07:55 CEST 2019", date(2019, 8, 13), time(2, 7, 55)),
        ("Tue Aug 13 02:07:55 GMT+02:00 2019", date(2019, 8, 13), time(2, 7, 55)),
    ],
)
def test_days_are_read_as_diaries_write_them(text: str, day: date, clock: time | None) -> None:
    when = read_when(text)
    assert (when.day, when.clock) == (day, clock)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "has no day"), ("yesterday", "is not a day that can be read"), ("2024-02-30", "not a day of the calendar"),
        ("0-0-0", "is not a day"), ("2024-13-01", "not a day of the calendar"), ("1/2/2024", "could be day first or"),
        ("2024-05-31 25:00", "is not a time of day"), ("2024-05-31 13:00 pm", "is not a time of day"),
        ("0024-05-31", "is not a year of a diary"), ("2024-05-31 soon", "is not a day or time"),
        ("2024-05-31 10:00 +9900", "is not a distance from UTC"),
    ],
)  # fmt: skip
def test_what_is_no_day_says_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_when(text)


def test_one_clear_date_settles_the_order_for_all() -> None:
    assert orders(["01/02/2024", "13/02/2024"]) == (1, 0, "01/02/2024")
    assert orders(["01/02/2024", "02/13/2024"]) == (0, 1, "01/02/2024")
    assert orders(["05/05/2024", "01.02.2024", "2024-01-02", "3 May 2024", ""]) == (0, 0, "")


def test_a_moment_with_its_distance_from_utc_falls_on_the_person_s_own_day() -> None:
    data = b"time,pain\n2024-03-30T23:30:00Z,3\n2024-03-31T00:30:00Z,4\n"
    for tz, wanted in (("Europe/Berlin", [31, 31]), ("America/Los_Angeles", [30, 30]), ("UTC", [30, 31])):
        result = choose(find(data), Choice("pain"), TODAY, tz)
        assert [one.day.day for one in result.ratings] == wanted
        assert result.ratings[0].at(tz) == datetime(2024, 3, 30, 23, 30, tzinfo=UTC)


def test_a_scale_may_run_backwards_and_is_named_before_numbers_beyond_ten_are_taken() -> None:
    data = b"day,wellness of hip\n2024-05-01,100\n2024-05-02,0\n2024-05-03,50\n"
    assert [row.reason for row in chosen(data).bad] == ["is not from 0 to 10; choose the scale it was kept on"] * 2
    backwards = chosen(data, scale=(100, 0))
    assert [one.nrs for one in backwards.ratings] == [0, 10, 5]
    assert backwards.ratings[0].note == "100 on 100 to 0"


def test_several_ratings_of_one_day_stay_and_exact_repeats_do_not() -> None:
    data = b"day,time,pain\n" + b"".join(
        b"2024-05-01,%s\n" % rest for rest in (b"08:00,3", b"20:00,3", b"08:00,3", b"08:00,4", b",3", b",3")
    )
    result = chosen(data)
    assert [(one.clock, one.nrs) for one in result.ratings] == [
        (time(8), 3), (time(20), 3), (time(8), 4), (None, 3)
    ]  # fmt: skip
    assert result.repeats == (4, 7)


def test_what_is_kept_already_is_not_proposed_again() -> None:
    found = find(b"day,time,pain\n2024-05-01,08:00,3\n2024-05-01,20:00,3\n2024-05-02,08:00,5\n")
    first, second, third = choose(found, Choice("pain"), TODAY, "UTC").ratings
    noon = datetime(2024, 5, 2, 8, tzinfo=UTC)

    def new(held: Held) -> Sequence[int]:
        return [one.line for one in fresh((first, second, third), held, "UTC")]

    assert new(Held()) == [2, 3, 4]
    assert new(Held(uids=frozenset({second.uid}))) == [2, 4]
    assert new(Held(imported=((date(2024, 5, 1), 3),))) == [3, 4]
    assert new(Held(frozenset({second.uid}), ((date(2024, 5, 1), 3),))) == [2, 4]
    assert new(Held(moments=frozenset({(noon, 5)}))) == [2, 3]
    assert new(Held(moments=frozenset({(noon, 6), (noon + timedelta(days=1), 5)}))) == [2, 3, 4]


def test_a_batch_says_what_was_chosen_and_marks_its_check_ins() -> None:
    found = find((HERE / "semicolons.csv").read_bytes())
    proposal = propose(found, Choice("Schmerz"), Held(), TODAY, "Europe/Berlin")
    kept, entries = batch(proposal, "b1", "/home/me/diary.csv", datetime(2026, 11, 1, tzinfo=UTC), TODAY)
    assert (kept.file, kept.format, kept.choice["name"]) == ("diary.csv", "csv", "Schmerz")
    assert (kept.report["added"], kept.report["duplicates"], kept.report["reasons"]) == (
        3, 0, [[7, "is not a number"]]
    )  # fmt: skip
    assert {(entry.batch, entry.back_filled, entry.tz) for entry in entries} == {("b1", True, "Europe/Berlin")}
    assert entries[0].at == datetime(2024, 5, 13, 6, tzinfo=UTC)


def test_an_open_question_is_never_answered_silently() -> None:
    found: Found = find((HERE / "unclear.csv").read_bytes())
    with pytest.raises(ValueError, match="still to be chosen: order"):
        choose(found, Choice("pain"), TODAY, "UTC")
    with pytest.raises(ValueError, match="still to be chosen: name"):
        choose(found, Choice("Knee"), TODAY, "UTC")


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), (" 3,5 ", 3.5), (".5", 0.5), ("7/10", 7), ("7 out of 10", 7), ("3 - uncomfortable", 3), ("6 (bad)", 6)],
)
def test_a_number_is_read_with_what_people_write_beside_it(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "three", "3-4", "7/8", "1e3", "nan", "inf", "3 4", "٣", "1,000.5", "5 (of 8)"])
def test_what_could_mean_several_numbers_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        number(text)


def test_times_alone_are_read() -> None:
    assert read_time("9:05 p.m.") == time(21, 5)
    with pytest.raises(ValueError, match="is not a day or time"):
        read_time("evening")
