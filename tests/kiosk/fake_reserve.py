"""The fake controller's numbers for kiosks that are cut off: blocks, reports, withdrawn wishes."""

from __future__ import annotations

from typing import Any

Reply = tuple[int, dict[str, Any]]
Json = dict[str, Any]


class Reserve:
    """`reported` and `withdrawn` in the order in which they came; `unwanted` are refused."""

    def __init__(self, day: str = "2026-03-17", size: int = 10) -> None:
        self.day, self.size = day, size
        self.top: dict[str, int] = {}
        self.leased: dict[str, list[int]] = {}
        self.reported: list[Json] = []
        self.withdrawn: list[str] = []
        self.unwanted: set[str] = set()
        self.series_full = False

    def mine(self) -> Reply:
        blocks = [
            {"series": letter, "first": n, "last": n}
            for letter, numbers in self.leased.items()
            for n in numbers
        ]
        return 200, {"seq": 1, "day": self.day, "leases": blocks}

    def command(self, path: str, body: Json) -> Reply | None:
        """The reply to a command that is the reserve's affair."""
        if path == "leases":
            return self._lease(body["series"])
        if path == "tickets/withdraw":
            self.withdrawn.append(body["wish"])
            return 200, {"seq": 1, "ticket": None}
        if path == "tickets" and body.get("given") is not None:
            return self._report(body)
        return None

    def numbers(self) -> list[str]:
        """Those that were reported, in order."""
        return [body["given"]["ticket"].rpartition("-")[2] for body in self.reported]

    def _lease(self, series: str) -> Reply:
        if self.series_full:
            return 409, {"code": "series-full", "title": "full", "detail": "full"}
        last = self.top.get(series, 999)
        self.top[series] = last - self.size
        numbers = list(range(last - self.size + 1, last + 1))
        self.leased.setdefault(series, []).extend(numbers)
        block = {"series": series, "first": numbers[0], "last": last}
        return 200, {"seq": 1, "day": self.day} | block

    def _report(self, body: Json) -> Reply:
        day, _, number = body["given"]["ticket"].rpartition("-")
        letter, ordinal = number[0], int(number[1:])
        if day != self.day or ordinal not in self.leased.get(letter, ()) or number in self.unwanted:
            return 409, {"code": "not-leased", "title": "no", "detail": "no"}
        self.leased[letter].remove(ordinal)
        self.reported.append(body)
        return 201, {"seq": 1, "ticket": {"id": body["given"]["ticket"]}}
