"""The hall's rules as typed values, and which may change while it works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config import DEMO, load_hall
from config.policy import RUNTIME, Policy, PolicyError, allowed, checked
from tests.config.minimal import HALL, spoil, write

# requirements, section 3, and the parameters that single requirements name
DEFAULTS = {
    "tickets_per_person": 3,
    "tickets_per_item": 2,
    "booking_days_ahead": 5,
    "booking_lead_days": 1,
    "cancel_before_min": 120,
    "check_in_before_min": 15,
    "check_in_after_min": 15,
    "no_show_limit": 3,
    "no_show_within_days": 30,
    "no_show_block_days": 30,
    "recall_limit": 3,
    "recall_gap_s": 15,
    "pass_after_s": 60,
    "return_within_min": 30,
    "return_behind": 3,
    "return_behind_min": 5,
    "priority_mode": "accumulating",
    "overtaking_cap": None,
    "waiting_alarm": 20,
    "wait_alarm_min": 30,
    "idle_s": 30,
    "idle_elder_s": 60,
    "idle_warning_s": 10,
    "rating_s": 20,
    "rating_code_days": 7,
    "bad_review_contact_wd": 1,
    "bad_review_fix_wd": 15,
    "purge_after_close_min": 60,
    "offer_grace_s": 10,
    "transfer_accept_min": 10,
    "separate_arrival": False,
    "statistics_years": 3,
    "clock_skew_s": 2,
    "hold_limit": 3,
    "hold_max_min": 60,
    "reprint_within_min": 10,
    "reprint_limit": 2,
    "undo_s": 5,
    "lookup_tries": 5,
    "lookup_lock_min": 15,
}


def test_the_defaults_are_those_of_the_requirements() -> None:
    policy = Policy().model_dump()
    assert {name: policy[name] for name in DEFAULTS} == DEFAULTS


def test_every_value_has_its_basis_beside_it() -> None:
    source = Path(Policy.__module__.replace(".", "/") + ".py")
    text = (DEMO.parents[1] / source).read_text(encoding="utf-8")
    body = text[text.index("class Policy(") : text.index("RUNTIME = ")]
    fields = re.split(r"\n    (?=\w+: )", body)[1:]
    assert [f.split(":")[0] for f in fields] == list(Policy.model_fields)
    assert [f for f in fields if "#" not in f] == []


def test_what_may_change_at_run_time_are_policies() -> None:
    assert set(Policy.model_fields) >= RUNTIME
    assert "purge_after_close_min" not in RUNTIME


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("recall_limit", 5),
        ("overtaking_cap", None),
        ("overtaking_cap", 2),
        ("priority_mode", "strict"),
        ("offer_grace_s", 0),
    ],
)
def test_a_value_within_its_bounds_is_taken(name: str, value: object) -> None:
    assert checked(name, value) == value


@pytest.mark.parametrize(
    ("name", "value", "english", "chinese"),
    [
        (
            "recall_limit",
            6,
            "recall_limit is 6. Allowed: a whole number from 1 to 5.",
            "recall_limit 的值不能用。可以是：1 到 5 的整数。",
        ),
        (
            "recall_gap_s",
            "15",
            'recall_gap_s is "15", not a whole number. Allowed: a whole number from 5 to 300.',
            "recall_gap_s 的值不能用。可以是：5 到 300 的整数。",
        ),
        (
            "recall_limit",
            True,
            "recall_limit is true, not a whole number. Allowed: a whole number from 1 to 5.",
            "recall_limit 的值不能用。可以是：1 到 5 的整数。",
        ),
        (
            "priority_mode",
            "lottery",
            'priority_mode is "lottery". Allowed: accumulating or strict.',
            "priority_mode 的值不能用。可以是：accumulating、strict。",
        ),
        (
            "overtaking_cap",
            0,
            "overtaking_cap is 0. Allowed: a whole number from 1 to 10000 or none (null).",
            "overtaking_cap 的值不能用。可以是：1 到 10000 的整数，或不设（null）。",
        ),
        (
            "purge_after_close_min",
            30,
            "purge_after_close_min cannot be changed while the hall works. "
            "Write it into hall.toml and restart the controller.",
            "purge_after_close_min 的值不能用。营业期间不能修改，请写入 hall.toml 后重启。",
        ),
        (
            "recal_limit",
            3,
            'recal_limit is no policy. Did you mean "recall_limit"?',
            "recal_limit 的值不能用。没有这一项，请核对名称。",
        ),
    ],
)
def test_a_refused_value_says_what_is_allowed(
    name: str, value: object, english: str, chinese: str
) -> None:
    with pytest.raises(PolicyError) as refused:
        checked(name, value)
    assert str(refused.value) == refused.value.english() == english
    assert refused.value.chinese() == chinese


@pytest.mark.parametrize("name", sorted(RUNTIME))
def test_every_changeable_policy_says_what_it_allows(name: str) -> None:
    assert all(allowed(name))
    default = getattr(Policy(), name)
    assert checked(name, default) == default


def test_fr_16_booking_slots_have_a_length_and_places(tmp_path: Path) -> None:
    booked = load_hall(DEMO).appointments
    assert (booked.slot_min, booked.places("property"), booked.places("tax")) == (15, 2, 1)
    usual = load_hall(write(tmp_path, hall=HALL)).appointments
    assert (usual.slot_min, usual.places("civil")) == (15, 1)
    section = "[appointments]\nslot_min = 30\ncapacity = { civil = 0 }\n\n[series]"
    told = load_hall(write(tmp_path, hall=spoil(HALL, "[series]", section))).appointments
    assert (told.slot_min, told.places("civil")) == (30, 0)


def test_fr_25_the_demo_has_every_group_with_its_legal_basis() -> None:
    groups = {p.id: p for p in load_hall(DEMO).priorities}
    assert {(p.name, p.legal_basis, p.evidence) for p in groups.values()} == {
        ("残疾人", "残疾人保障法第五十五条", "certificate"),
        ("老年人", "老年人权益保障法第二条、地方规定", "card_age"),
        ("高龄老年人", "老年人权益保障法第二条、地方规定", "card_age"),
        ("孕妇、携婴幼儿", "地方规定", "staff"),
        ("军人、退役军人、三属", "地方规定", "certificate"),
        ("急重病", "中心规定", "staff"),
        ("法律规定的优先事项", "老年人权益保障法第五十五条", "staff"),
    }
    assert (groups["elder"].min_age, groups["elder80"].min_age) == (60, 80)
    assert groups["elder80"].weight > groups["elder"].weight
