"""The tables of the journal's file, as sqlite-utils migrations. Never change one that has
shipped: add one."""

from sqlite_utils import Database, Migrations

migrations = Migrations("jiaohao")


@migrations()
def m001_journal(db: Database) -> None:
    """The chain of events, and the numbers given out, unique per hall day (law 1)."""
    db.table("events").create(
        {
            "seq": int,
            "at": int,
            "day": str,
            "actor": str,
            "type": str,
            "version": int,
            "body": str,
            "digest": str,
        },
        pk="seq",
        not_null={"at", "day", "actor", "type", "version", "body", "digest"},
    )
    db.execute("CREATE INDEX days ON events (seq) WHERE type = 'day.opened'")
    db.execute(
        "CREATE TABLE numbers (day TEXT NOT NULL, series TEXT NOT NULL, ordinal INTEGER NOT NULL,"
        " seq INTEGER NOT NULL REFERENCES events (seq),"
        " PRIMARY KEY (day, series, ordinal)) WITHOUT ROWID"
    )


@migrations()
def m002_purgeable(db: Database) -> None:
    """What links tickets to people, and the answers given; destroyed after closing."""
    db.table("persons").create(
        {
            "ticket": str,
            "day": str,
            "key": str,
            "masked": str,
            "short_code": str,
            "legal_class": str,
        },
        pk="ticket",
    )
    db.table("day_keys").create({"day": str, "key": str}, pk="day")
    db.table("answers").create(
        {"request_id": str, "day": str, "deed": str, "status": int, "body": str}, pk="request_id"
    )


@migrations()
def m003_identity(db: Database) -> None:
    """Who may do what."""
    db.table("devices").create(
        {"device": str, "kind": str, "name": str, "state": str, "code": str, "secret": str},
        pk="device",
    )
    db.table("staff").create(
        {"staff_no": str, "role": str, "active": int, "password": str}, pk="staff_no"
    )
    db.table("setups").create({"token": str, "staff_no": str, "used": int}, pk="token")
    db.table("sessions").create(
        {"token": str, "staff_no": str, "expires_at": int, "ended": int}, pk="token"
    )


@migrations()
def m004_needs_and_notes(db: Database) -> None:
    """What staff are told of a person while the ticket lives."""
    persons = db.table("persons")
    persons.add_column("needs", str, not_null_default="")
    persons.add_column("note", str, not_null_default="")


@migrations()
def m005_appointments(db: Database) -> None:
    """Appointments, absences and the keys of their persons' hashes."""
    db.table("bookings").create(
        {
            "booking": str,
            "day": str,
            "start": str,
            "item": str,
            "person": str,
            "code": str,
            "state": str,
        },
        pk="booking",
    )
    db.table("absences").create(
        {"booking": str, "day": str, "person": str, "cleared": int}, pk="booking"
    )
    db.table("blocks").create({"person": str, "until": str}, pk="person")
    db.table("booking_keys").create({"since": str, "key": str}, pk="since")


@migrations()
def m007_announcements(db: Database) -> None:
    """Who says which call in which zone (law 6)."""
    db.table("announcements").create(
        {
            "id": str,
            "day": str,
            "call": int,
            "times": int,
            "zone": str,
            "device": str,
            "at": int,
            "outcome": str,
        },
        pk="id",
    )
