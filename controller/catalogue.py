"""The hall's configuration as the controller uses it: the pure plan, and the words for screens
and paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from config import HallConfig
from config.hall import Bundle as BundleWords
from config.hall import Item, Skill, Window, Zone
from controller.hall.model import Result
from controller.hall.plan import RULES_OF, Bundle, Group, Plan, Rules, Service, WindowPlan
from controller.hall.plan import Skill as PlanSkill
from controller.initials import initials
from controller.openings import opening_plan

POPULAR = 8
AT_ONCE = "即办件"
"""The handling of an item that is done while its person waits."""


def plan_of(config: HallConfig, round_the_clock: bool = False) -> Plan:
    """The part of the configuration that the hall's rules read."""
    rules = Rules(
        digits=config.series.digits,
        reserve_series=tuple(config.series.reserve),
        weights=_weights(config),
    )
    for name in RULES_OF:
        if name in type(config.policy).model_fields:
            rules = rules.changed(name, getattr(config.policy, name))
    return Plan(
        services={
            i.code: Service(i.code, i.skill, float(i.minutes), i.skill, float(i.daily) or None)
            for i in config.items
        },
        skills={s.id: PlanSkill(s.id, s.prefix, s.zone) for s in config.skills},
        windows={
            w.no: WindowPlan(w.no, w.zone, frozenset(w.skills), w.auto_assign, w.low_counter)
            for w in config.windows
        },
        rules=rules,
        bundles={b.id: Bundle(b.id, tuple(b.items), b.in_order) for b in config.bundles},
        groups={
            p.id: Group(p.id, p.dispatch_class, p.weight, p.evidence == "card_age")
            for p in config.priorities
        },
        clerks={k.no: frozenset(k.skills) for k in config.clerks if k.skills},
        opening=None if round_the_clock else opening_plan(config),
    )


def usual_result(item: Item) -> Result:
    """How an item ends unless somebody says otherwise: done on the spot, or accepted."""
    return Result.DONE if item.handling == AT_ONCE else Result.ACCEPTED


def _weights(config: HallConfig) -> dict[str, float]:
    """How fast seniority grows by dispatch class. Of several groups with a right to go first the
    least weight counts, since a ticket without a weight of its own tells its class alone."""
    usual = Rules().weights
    given = [p.weight for p in config.priorities if p.dispatch_class == "priority"]
    return {
        "ordinary": usual["ordinary"],
        "priority": min(given, default=usual["priority"]),
        "appointment": config.policy.appointment_weight,
    }


def ranges(numbers: Iterable[int]) -> str:
    """Window numbers as people write them: ``3–8``, ``9、10、12``."""
    runs: list[list[int]] = []
    for no in sorted(numbers):
        if runs and no == runs[-1][-1] + 1:
            runs[-1].append(no)
        else:
            runs.append([no])
    parts = [f"{r[0]}–{r[-1]}" if len(r) > 2 else "、".join(map(str, r)) for r in runs]
    return "、".join(parts)


@dataclass(frozen=True)
class Catalogue:
    """Names and texts by their identifiers."""

    config: HallConfig

    @cached_property
    def items(self) -> dict[str, Item]:
        """Service items by code."""
        return {i.code: i for i in self.config.items}

    @cached_property
    def skills(self) -> dict[str, Skill]:
        """Skills by id."""
        return {s.id: s for s in self.config.skills}

    @cached_property
    def zones(self) -> dict[str, Zone]:
        """Zones by id."""
        return {z.id: z for z in self.config.zones}

    @cached_property
    def windows(self) -> dict[int, Window]:
        """Windows by number."""
        return {w.no: w for w in self.config.windows}

    @cached_property
    def bundles(self) -> dict[str, BundleWords]:
        """Bundles (一件事) by id."""
        return {b.id: b for b in self.config.bundles}

    @cached_property
    def windows_text(self) -> dict[str, str]:
        """The windows that usually serve a skill, as printed on the slip."""
        usual: dict[str, str] = {}
        for skill in self.config.skills:
            able = self.config.windows_for(skill.id)
            here = [w.no for w in able if w.open_by_default and w.zone == skill.zone]
            usual[skill.id] = ranges(here or [w.no for w in able])
        return usual

    @cached_property
    def popular(self) -> list[str]:
        """The items most used, by their usual number a day; collecting and asking have own
        buttons."""
        served = [i for i in self.config.items if self.skills[i.skill].entry == "service"]
        busiest = sorted(served, key=lambda i: -i.daily)
        return [i.code for i in busiest[:POPULAR]]

    @cached_property
    def initials(self) -> dict[str, str]:
        """The first letters of the Pinyin of items and bundles, by code or id (FR-06)."""
        items = {i.code: initials(i.name) for i in self.config.items}
        return items | {b.id: initials(b.name) for b in self.config.bundles}

    def zone_of(self, code: str) -> Zone:
        """Where people with this item wait."""
        return self.zones[self.skills[self.items[code].skill].zone]

    def zone_json(self, zone: Zone) -> dict[str, str | None]:
        """A zone for screens and paper."""
        plain = zone.letter.isascii()
        return {
            "id": zone.id,
            "letter": zone.letter,
            "name": zone.name,
            "name_en": zone.name_en,
            "cls": zone.letter.lower() if plain and zone.letter in "ABCDE" else "x",
            "arrow": zone.direction,
            "word": None if plain else zone.short,
        }

    @cached_property
    def zones_json(self) -> dict[str, dict[str, str | None]]:
        """All zones by id."""
        return {z.id: self.zone_json(z) for z in self.config.zones}

    @cached_property
    def silent_spans(self) -> dict[str, list[tuple[str, str]]]:
        """By zone: when its calls are not spoken (FR-49), as times on the hall's wall."""
        return {z.id: list(z.silent or ()) for z in self.config.zones}

    def materials(self, codes: Iterable[str], bundle: str | None = None) -> list[str]:
        """What a person must bring, each thing once."""
        if bundle is not None and self.bundles[bundle].materials_once:
            return list(self.bundles[bundle].materials_once)
        return list(dict.fromkeys(m for code in codes for m in self.items[code].materials))
