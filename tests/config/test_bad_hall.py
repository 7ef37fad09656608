"""A spoilt hall.toml is refused with the file, the line, the key, the fault and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import ConfigError, load_hall
from tests.config.minimal import HALL, line_of, spoil, write

WINDOW_1 = 'skills = [\n    "civil",\n    "guide",\n]\nzone = "main"\n'

# name: (what is replaced, by what, the line that begins with, key, problem, remedy)
BAD = {
    "unknown key": (
        "p90 = 9\n",
        "p90 = 9\nminuts = 4\n",
        "minuts",
        "item[2].minuts",
        "is not a known key",
        'Did you mean "minutes"?',
    ),
    "unknown table": (
        "[series]",
        "[serie]",
        "[serie]",
        "serie",
        "is not a known key",
        'Did you mean "series"?',
    ),
    "text for a number": (
        "minutes = 5\n",
        'minutes = "5"\n',
        'minutes = "5"',
        "item[2].minutes",
        'is "5", not a whole number',
        "Write digits without quotes, as in 3.",
    ),
    "number for text": (
        'no = "0101"',
        "no = 101",
        "no = 101",
        "clerk[1].no",
        "is 101, not text",
        "Put it in double quotes.",
    ),
    "number for true": (
        'skills = ["civil"]\n',
        'skills = ["civil"]\nlow_counter = 1\n',
        "low_counter",
        "window[2].low_counter",
        "is 1, not true or false",
        "Write true or false without quotes.",
    ),
    "text for a list": (
        'skills = ["civil"]\n',
        'skills = "civil"\n',
        'skills = "civil"',
        "window[2].skills",
        'is "civil", not a list',
        "Put the values in square brackets, as in [1, 2].",
    ),
    "word not in the choice": (
        'handling = "即办件"',
        'handling = "快办件"',
        'handling = "快办件"',
        "item[2].handling",
        'is "快办件"',
        "Write one of '即办件' or '承诺件'.",
    ),
    "too many digits": (
        "digits = 3",
        "digits = 5",
        "digits",
        "series.digits",
        "is 5",
        "Write one of 3 or 4.",
    ),
    "negative": (
        "minutes = 15",
        "minutes = 0",
        "minutes = 0",
        "bundle[1].minutes",
        "is 0",
        "Write 1 or more.",
    ),
    "empty name": (
        'name = "大厅"',
        'name = ""',
        'name = ""',
        "zone[1].name",
        "is empty or too short",
        "Write 1 or more characters.",
    ),
    "missing key": (
        'subject = "个人"\nkind = "公共服务"\n',
        'subject = "个人"\n',
        '[[item]]\ncode = "MZ-002"',
        "item[2].kind",
        "is missing",
        "Add kind = ... to this [[item]].",
    ),
    "missing key of the hall": (
        'admin_code = "999901"\n',
        "",
        "[hall]",
        "hall.admin_code",
        "is missing",
        "Add admin_code = ... to this [hall].",
    ),
    "no time of day": (
        '["13:30", "17:00"]',
        '["13:30", "25:00"]',
        "hours",
        "hall.hours[2][2]",
        'is "25:00", not a time of day',
        'Write hours and minutes, as in "09:00".',
    ),
    "span backwards": (
        '["13:30", "17:00"]',
        '["17:00", "13:30"]',
        "hours",
        "hall.hours[2]",
        'starts at "17:00" and ends at "13:30"',
        "Write the start first and the end after it; a span lies within one day.",
    ),
    "spans overlap": (
        '["13:15", "16:45"]',
        '["11:15", "11:55"]',
        "ticketing",
        "hall.ticketing",
        'has "11:15" to "11:55" begin before "11:45", where the span before it ends',
        "Write the spans in the order of the day, without overlap.",
    ),
    "numbers after closing": (
        '["13:15", "16:45"]',
        '["13:15", "17:30"]',
        "ticketing",
        "hall.ticketing[2]",
        'gives numbers from "13:15" to "17:30", which fits no span of hours',
        "Let it end within one span of hours and start at most 60 minutes before that span.",
    ),
    "numbers far too early": (
        '["08:45", "11:45"]',
        '["07:00", "11:45"]',
        "ticketing",
        "hall.ticketing[1]",
        'gives numbers from "07:00" to "11:45", which fits no span of hours',
        "Let it end within one span of hours and start at most 60 minutes before that span.",
    ),
    "unknown time zone": (
        'admin_code = "999901"',
        'admin_code = "999901"\ntimezone = "Asia/Qinghe"',
        "timezone",
        "hall.timezone",
        'is "Asia/Qinghe", not a known time zone',
        'Write an IANA name, as in "Asia/Shanghai".',
    ),
    "no such province": (
        '"999901"',
        '"109901"',
        "admin_code",
        "hall.admin_code",
        'is "109901", but no province has the code 10',
        'Write the GB/T 2260 code of the district; a demo writes "999901".',
    ),
    "break outside the hours": (
        'skills = ["civil"]\n',
        'skills = ["civil"]\nbreaks = [["10:00", "10:10"], ["11:50", "12:10"]]\n',
        "breaks",
        "window[2].breaks[2]",
        'is from "11:50" to "12:10", when this window does not work',
        "Let it lie within the hours of the hall or of a duty of this window.",
    ),
    "breaks that overlap": (
        'skills = ["civil"]\n',
        'skills = ["civil"]\nbreaks = [["10:00", "10:20"], ["10:10", "10:30"]]\n',
        "breaks",
        "window[2].breaks",
        'has "10:10" to "10:30" begin before "10:20", where the span before it ends',
        "Write the spans in the order of the day, without overlap.",
    ),
    "places for an unknown skill": (
        "[series]",
        "[appointments]\ncapacity = { civil = 2, giude = 1 }\n\n[series]",
        "capacity",
        "appointments.capacity.giude",
        'names "giude", but there is no such skill',
        'Did you mean "guide"? Use the id of one that is there, or add a [[skill]].',
    ),
    "English for what nothing needs": (
        "[series]",
        '[materials_en]\n"居民身份征" = "Resident ID card"\n\n[series]',
        '"居民身份征"',
        "materials_en.居民身份征",
        "is needed by no item and no bundle",
        "Write it as it stands there, or remove the line.",
    ),
    "booking slots that do not divide the hour": (
        "[series]",
        "[appointments]\nslot_min = 25\n\n[series]",
        "slot_min",
        "appointments.slot_min",
        "is 25",
        "Write one of 5, 10, 15, 20, 30 or 60.",
    ),
    "window of a duty": (
        "\n[series]",
        '\n[hall.saturday]\nhours = [["09:00", "12:00"]]\nticketing = [["09:00", "11:45"]]\n'
        "windows = [2, 7]\n\n[series]",
        "windows = [2, 7]",
        "hall.saturday.windows[2]",
        "names 7, but there is no such window",
        "Use the no of one that is there, or add a [[window]].",
    ),
    "Saturday said twice": (
        "\n[series]",
        '\nweekdays = ["Mon", "Sat"]\n[hall.saturday]\nhours = [["09:00", "12:00"]]\n'
        'ticketing = [["09:00", "11:45"]]\nwindows = [2]\n\n[series]',
        "[hall.saturday]",
        "hall.saturday",
        'is written although weekdays has "Sat"',
        "Keep one: weekdays opens all windows, [hall.saturday] some.",
    ),
    "two windows with one number": (
        "no = 2\n",
        "no = 1\nauto_assign = false\n",
        "no = 1\nauto_assign",
        "window[2].no",
        "is 1, already used by window[1]",
        "Give every window its own no.",
    ),
    "two clerks with one number": (
        "[[kiosk]]",
        '[[clerk]]\nno = "0101"\nwindow = 2\n\n[[kiosk]]',
        'no = "0101"\nwindow = 2',
        "clerk[2].no",
        'is "0101", already used by clerk[1]',
        "Give every clerk its own no.",
    ),
    "unknown skill of an item": (
        'skill = "guide"',
        'skill = "giude"',
        'skill = "giude"',
        "item[2].skill",
        'names "giude", but there is no such skill',
        'Did you mean "guide"? Use the id of one that is there, or add a [[skill]].',
    ),
    "an item that no window can serve": (
        WINDOW_1,
        'skills = ["civil"]\nlow_counter = true\nzone = "main"\n',
        'skill = "guide"',
        "item[2].skill",
        'is "guide", and no window can serve it',
        'Add "guide" to the skills of a window.',
    ),
    "unknown skill of a window, inside a list of many lines": (
        '    "guide",\n]',
        '    "guide",\n    "tax",\n]',
        '    "tax"',
        "window[1].skills[3]",
        'names "tax", but there is no such skill',
        "Use the id of one that is there, or add a [[skill]].",
    ),
    "a skill twice at a window": (
        'skills = ["civil"]\n',
        'skills = ["civil", "civil"]\n',
        'skills = ["civil", "civil"]',
        "window[2].skills[2]",
        'repeats "civil"',
        "Keep it once.",
    ),
    "unknown zone of a window": (
        'skills = ["civil"]\nzone = "main"',
        'skills = ["civil"]\nzone = "north"',
        'zone = "north"',
        "window[2].zone",
        'names "north", but there is no such zone',
        "Use the id of one that is there, or add a [[zone]].",
    ),
    "unknown item of a bundle": (
        '"MZ-001", "MZ-002"]',
        '"MZ-001", "MZ-020"]',
        "items",
        "bundle[1].items[2]",
        'names "MZ-020", but there is no such item',
        'Did you mean "MZ-002"? Use the code of one that is there, or add a [[item]].',
    ),
    "a clerk at no window": (
        'window = 1\nskills = "all"',
        'window = 9\nskills = "all"',
        "window = 9",
        "clerk[1].window",
        "names 9, but there is no such window",
        "Use the no of one that is there, or add a [[window]].",
    ),
    "a clerk with nothing to do": (
        'window = 1\nskills = "all"',
        'window = 2\nskills = ["guide"]',
        'skills = ["guide"]',
        "clerk[1].skills",
        "has nothing that window 2 does",
        "Give the clerk another window, or one of its skills.",
    ),
    "a clerk's name for a number": (
        'no = "0101"',
        'no = "lili"',
        'no = "lili"',
        "clerk[1].no",
        'is "lili"',
        "It must match ^\\d{3,6}$.",
    ),
    "a small letter": (
        'prefix = "N"',
        'prefix = "n"',
        'prefix = "n"',
        "skill[2].prefix",
        'is "n", not one capital letter',
        'Write one, as in "A".',
    ),
    "a letter like a digit": (
        'prefix = "N"',
        'prefix = "O"',
        'prefix = "O"',
        "skill[2].prefix",
        'is "O", which looks like a digit',
        "Take another than I, O, Q, S, Z.",
    ),
    "a reserve letter in use": (
        'reserve = ["A"]',
        'reserve = ["A", "U"]',
        "reserve",
        "series.reserve[2]",
        'is "U", already in use',
        "A reserve letter must be free.",
    ),
    "four digits on narrow paper": (
        "digits = 3",
        "digits = 4",
        "digits",
        "series.digits",
        'is 4, too wide for the 58 mm paper of kiosk "kiosk-1"',
        "Write 3, or give that kiosk 80 mm paper.",
    ),
    "p90 below the mean": (
        "p90 = 16",
        "p90 = 6",
        "p90 = 6",
        "item[1].p90",
        "is 6, less than minutes = 10",
        "Nine in ten visits end within p90: write at least the mean.",
    ),
    "a zone screen without a zone": (
        'kind = "hall"',
        'kind = "zone"',
        "[[screen]]",
        "screen[1]",
        "shows a zone but names none",
        "Add zone = ... to it.",
    ),
    "an age without a number": (
        "min_age = 60\n",
        "",
        "[[priority]]",
        "priority[1]",
        "is proven by age but has no min_age",
        "Add min_age = 60, say.",
    ),
    "shares that make no day": (
        "[series]",
        '[demand]\narrival_profile = { "09:00" = 0.5, "10:00" = 0.3 }\n\n[series]',
        "arrival_profile",
        "demand.arrival_profile",
        "adds up to 0.80",
        "The shares of the day must add up to 1.",
    ),
    "a policy out of bounds": (
        "[series]",
        "[policy]\nrecall_limit = 9\n\n[series]",
        "recall_limit",
        "policy.recall_limit",
        "is 9",
        "Write 5 or less.",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_one_fault_is_told_with_its_place_and_its_remedy(name: str, tmp_path: Path) -> None:
    old, new, snippet, key, problem, remedy = BAD[name]
    text = spoil(HALL, old, new)
    with pytest.raises(ConfigError) as caught:
        load_hall(write(tmp_path, hall=text))
    line = line_of(text, "\n" + snippet) + 1 if not text.startswith(snippet) else 1
    assert str(caught.value) == f"{tmp_path / 'hall.toml'}:{line}: {key}: {problem}. {remedy}"


# name: (what is replaced, by what, line, a part of what is told)
BROKEN = {
    "an open bracket": ('reserve = ["A"]', 'reserve = ["A"', '[[zone]]\nid = "main"', "Unclosed"),
    "an open quote": ('name = "大厅"', 'name = "大厅', 'name = "大厅', "Illegal character"),
    "a key twice": ("digits = 3", "digits = 3\ndigits = 4", "digits = 4", "twice: keep one"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_toml_is_told_with_its_line(name: str, tmp_path: Path) -> None:
    old, new, snippet, part = BROKEN[name]
    text = spoil(HALL, old, new)
    with pytest.raises(ConfigError) as caught:
        load_hall(write(tmp_path, hall=text))
    (problem,) = caught.value.problems
    assert problem.line == line_of(text, snippet)
    assert "is not valid TOML here" in problem.problem
    assert part.lower() in str(problem).lower()


def test_a_file_cut_short_is_told_with_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_hall(write(tmp_path, hall='[hall]\nname = """unfinished\nstill\n'))
    (problem,) = caught.value.problems
    assert problem.line == 3


def test_all_problems_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = spoil(HALL, 'letter = "A"', 'leter = "A"')
    text = spoil(text, 'prefix = "N"', 'prefix = "NN"')
    text = spoil(text, "minutes = 5\n", "minutes = true\n")
    text = spoil(text, 'skill = "guide"', 'skill = "nobody"')
    with pytest.raises(ConfigError) as caught:
        load_hall(write(tmp_path, hall=text))
    told = [(problem.line, problem.key) for problem in caught.value.problems]
    assert told == [
        (line_of(text, "[[zone]]"), "zone[1].letter"),
        (line_of(text, "leter ="), "zone[1].leter"),
        (line_of(text, 'prefix = "NN"'), "skill[2].prefix"),
        (line_of(text, 'skill = "nobody"'), "item[2].skill"),
        (line_of(text, "minutes = true"), "item[2].minutes"),
    ]
    assert str(caught.value).count("\n") == 4


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"hall\.toml: is missing\. Write it; config/example"):
        load_hall(tmp_path)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "hall.toml").write_bytes(HALL.encode("gb18030"))
    with pytest.raises(ConfigError, match=r"is not UTF-8 \(byte \d+\)\. Save it again as UTF-8"):
        load_hall(tmp_path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "hall.toml").write_bytes(b"\xef\xbb\xbf" + HALL.encode())
    assert load_hall(tmp_path).windows[0].no == 1
