"""The accounts of the demo's hall, made as an administrator makes them."""

from __future__ import annotations

from urllib.parse import urlsplit

from controller.cli.client import Client, Refused
from controller.cli.demo.memory import Memory

ADMIN, SUPERVISOR, GUIDE = "0001", "0002", "0003"


class Accounts:
    """Makes accounts and signs them in, over HTTP. `operator` may do what administrators may."""

    def __init__(self, address: str, operator: Client, memory: Memory) -> None:
        self._public = Client(address)
        self._address = address
        self._operator = operator
        self._memory = memory
        self._active = {
            row["staff_no"] for row in self._operator.get("/staff")["staff"] if row["active"]
        }

    def administrator(self, link: str | None) -> None:
        """Set the first administrator's password through the one-time `link`, if there is one."""
        if link is not None:
            self._set_password(ADMIN, link)

    def clerk(self, staff_no: str) -> None:
        """Make sure that a clerk has an account with the demo's password."""
        self.account(staff_no, "clerk")

    def supervisor_and_guide(self) -> None:
        """Make sure that the hall has a supervisor and somebody at the guide desk."""
        self.account(SUPERVISOR, "supervisor")
        self.account(GUIDE, "guide")

    def account(self, staff_no: str, role: str) -> None:
        """Make sure that somebody has an account of this role with the demo's password."""
        if staff_no not in self._active:
            answer = self._operator.command("/staff", staff_no=staff_no, role=role)
            self._set_password(staff_no, answer["setup"])

    def session(self, staff_no: str) -> str:
        """A session token: the kept one while it counts, else a new one."""
        kept = self._memory.sessions.get(staff_no)
        if kept is not None and self._counts(kept):
            return kept
        body = {"staff_no": staff_no, "password": self._memory.password}
        token: str = self._public.post("/session", body)["token"]
        self._memory.sessions[staff_no] = token
        return token

    def close(self) -> None:
        """Close the connections."""
        self._public.close()
        self._operator.close()

    def _counts(self, token: str) -> bool:
        client = Client(self._address, token)
        try:
            client.get("/session")
        except Refused:
            return False
        finally:
            client.close()
        return True

    def _set_password(self, staff_no: str, link: str) -> None:
        token = urlsplit(link).fragment
        password = self._memory.password
        self._public.post("/setup", {"token": token, "staff_no": staff_no, "password": password})
        self._active.add(staff_no)
