"""The desk server with accounts and devices, as an administrator's page needs them."""

from __future__ import annotations

from typing import Any

from flask import Flask, jsonify, request

from controller.views.devices import Device, device_json, heard
from tests.browser.desk_fake import Data, Refused, now_ms
from tests.browser.desk_server import DeskServer

SETUP_TOKEN = "one-time-token"


class StaffServer(DeskServer):
    """Accounts and devices in memory; ``role`` is what the signed-in person may do."""

    def extend(self, app: Flask) -> None:
        self.role = "admin"
        self.setups: list[Data] = []
        self.staff: list[Data] = [
            {"staff_no": "0517", "role": "admin", "active": True},
            {"staff_no": "0518", "role": "clerk", "active": True},
        ]
        at = now_ms() - 3_600_000
        well = {"reader": "ok", "printer": "ok"}
        self.devices: list[Data] = [
            device("d1", "kiosk", "1 号取号机", "approved", at, well),
            device("d2", "kiosk", "2 号取号机", "approved", at, {"printer": "paper_out"}),
            device("d3", "screen", "大厅东屏", "pending", None, {}),
        ]
        self._staff_routes(app)
        self._device_routes(app)

    def _staff_routes(self, app: Flask) -> None:
        @app.post("/api/v1/setup")
        def setup() -> Any:
            body = request.get_json()
            if body["token"] != SETUP_TOKEN:
                zh = "链接已用过或已失效，请向系统管理员重新索取。"
                raise Refused("setup-used", 410, "The link was used.", zh)
            self.setups.append(body)
            return jsonify(staff_no=body["staff_no"], role="admin"), 201

        @app.get("/api/v1/staff")
        def staff() -> Any:
            self.check()
            return jsonify(staff=self.staff)

        @app.post("/api/v1/staff")
        def add() -> Any:
            self.check()
            body = request.get_json()

            def do() -> Data:
                new = {"staff_no": body["staff_no"], "role": body["role"]}
                self.staff.append({**new, "active": True})
                return {**new, "setup": "/setup#once-only"}

            return self.command("staff", body, do), 201

        @app.post("/api/v1/staff/<staff_no>/disable")
        def disable(staff_no: str) -> Any:
            self.check()
            account = next(each for each in self.staff if each["staff_no"] == staff_no)
            account["active"] = False
            return self.command(f"disable {staff_no}", request.get_json(), lambda: account)

    def _device_routes(self, app: Flask) -> None:
        @app.get("/api/v1/devices")
        def devices() -> Any:
            self.check()
            for each in self.devices[:2]:
                each["seen_at"] = now_ms()
            return jsonify(at=now_ms(), devices=[as_staff_see_it(one) for one in self.devices])

        @app.get("/api/v1/health")
        def health() -> Any:
            return jsonify(status="ok", engine="threading", seq=self.hall.seq, at=now_ms())

        @app.post("/api/v1/devices/approve")
        def approve() -> Any:
            self.check()
            body = request.get_json()
            if body["code"] != "7K3M2Q":
                raise Refused("not-found", 404, "No such code.", "没有等待核准的设备使用这个代码。")
            self.devices[2]["state"] = "approved"
            return self.command("approve", body, lambda: self.devices[2])

        @app.post("/api/v1/devices/<name>/revoke")
        def revoke(name: str) -> Any:
            self.check()
            found = next(each for each in self.devices if each["device"] == name)
            found["state"] = "revoked"
            return self.command(f"revoke {name}", request.get_json(), lambda: found)


def device(name: str, kind: str, title: str, state: str, seen: int | None, health: Data) -> Data:
    return {
        "device": name,
        "kind": kind,
        "name": title,
        "state": state,
        "seen_at": seen,
        "health": health,
    }


def as_staff_see_it(row: Data) -> Data:
    """In the controller's own words."""
    health = heard(None, row["health"], row["seen_at"]) if row["seen_at"] else None
    seen = Device(row["device"], row["kind"], row["name"], row["state"], health)
    return device_json(seen, now_ms(), 0)
