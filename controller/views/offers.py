"""What staff choose from: the hall's catalogue as it stands in the configuration. No counts and no
persons; what people would wait stands in ``GET /forecast``."""

from controller.catalogue import Catalogue
from controller.hall.model import GrantReason
from controller.views.wire import Json


def catalogue_json(
    catalogue: Catalogue, day: str, needs: list[str], waivers: tuple[str, ...]
) -> Json:
    """CATALOGUE of docs/protocol.md."""
    config = catalogue.config
    hall = config.hall
    return {
        "day": day,
        "tz": hall.timezone,
        "hall": {"name": hall.name, "name_en": hall.name_en, "short_name": hall.short_name},
        "zones": list(catalogue.zones_json.values()),
        "skills": [
            {"id": s.id, "name": s.name, "name_en": s.name_en, "zone": s.zone, "series": s.prefix}
            for s in config.skills
        ],
        "items": [_item(catalogue, code) for code in catalogue.items],
        "popular": catalogue.popular,
        "bundles": [
            {
                "id": b.id,
                "name": b.name,
                "name_en": b.name_en,
                "initials": catalogue.initials[b.id],
                "items": list(b.items),
                "materials": catalogue.materials(b.items, b.id),
            }
            for b in config.bundles
        ],
        "groups": [
            {"id": p.id, "name": p.name, "name_en": p.name_en, "evidence": p.evidence}
            for p in config.priorities
        ],
        "windows": [
            {
                "no": w.no,
                "name": w.name,
                "name_en": w.name_en,
                "zone": w.zone,
                "skills": list(w.skills),
                "low_counter": w.low_counter,
            }
            for w in config.windows
        ],
        "reasons": {
            "grant": [str(reason) for reason in GrantReason],
            "waive": list(waivers),
            "needs": needs,
        },
        "digits": config.series.digits,
        "keys": {deed: list(codes) for deed, codes in config.console.all_keys().items()},
        "policy": {
            "items_per_ticket": config.policy.items_per_ticket,
            "return_within_min": config.policy.return_within_min,
            "return_behind": config.policy.return_behind,
            "pass_after_s": config.policy.pass_after_s,
            "reprint_limit": config.policy.reprint_limit,
        },
    }


def _item(catalogue: Catalogue, code: str) -> Json:
    item = catalogue.items[code]
    skill = catalogue.skills[item.skill]
    return {
        "code": code,
        "name": item.name,
        "name_en": item.name_en,
        "initials": catalogue.initials[code],
        "icon": item.icon or "doc",
        "skill": item.skill,
        "zone": skill.zone,
        "windows": catalogue.windows_text[item.skill],
        "kind": skill.entry,
        "materials": list(item.materials),
        "minutes": item.minutes,
        "fee": item.fee,
        "online": item.online,
    }
