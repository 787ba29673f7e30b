"""Steering the world through the control API: its clock, faults, limits, updates, groups and snapshots."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.sandbox.clock import Steerable
from bot.sandbox.faults import Fault
from bot.sandbox.phone import Phone
from bot.sandbox.wire import Json
from bot.sandbox.world import World

Handler = Callable[[World, Json], Json]


class NotPossible(Exception):  # noqa: N818  its sentence is the answer
    """What this world can't do, as it was made."""


def get_state(world: World, _: Json) -> Json:
    """Tell the world in a few numbers."""
    return {
        "bot": world.profile.to_me(),
        "now": world.now().isoformat(),
        "people": len(world.people),
        "waiting_updates": len(world.updates.waiting),
        "next": world.events.last,
        "findings": [finding.to_json() for finding in world.inspection.findings],
    }


def get_clock(world: World, _: Json) -> Json:
    """Tell the time."""
    return {"now": world.now().isoformat(), "steerable": isinstance(world.clock, Steerable)}


def set_clock(world: World, body: Json) -> Json:
    """Move the clock: `advance` by seconds, or `set` to an instant in ISO 8601."""
    if not isinstance(world.clock, Steerable):
        raise NotPossible("this world's clock can't be steered")
    if "advance" in body:
        world.clock.advance(timedelta(seconds=float(body["advance"])))
    else:
        world.clock.set(datetime.fromisoformat(body["set"]))
    now = get_clock(world, {})
    world.record("clock", None, now)
    return now


def get_faults(world: World, _: Json) -> Json:
    """Tell which faults are armed."""
    return {"faults": [fault.to_json() for fault in world.faults.waiting]}


def add_fault(world: World, body: Json) -> Json:
    """Arm a fault; the fields are those of Fault."""
    return world.faults.add(Fault(**body)).to_json()


def clear_faults(world: World, _: Json) -> Json:
    """Disarm all."""
    world.faults.clear()
    return get_faults(world, {})


def set_limits(world: World, body: Json) -> Json:
    """Switch the limits on or off."""
    if not isinstance(body.get("enabled"), bool):
        raise TypeError("enabled must be true or false")
    world.limits.enabled = body["enabled"]
    return {"enabled": world.limits.enabled}


def inject(world: World, body: Json) -> Json:
    """Queue a raw update of any shape."""
    queued = world.inject(body)
    return {"update_id": None if queued is None else queued.update_id}


def new_group(world: World, body: Json) -> Json:
    """Make a group: `title`, `members` (ids), perhaps `supergroup`."""
    members = [Phone(world, world.people[user_id]) for user_id in body["members"]]
    if not members:
        raise ValueError("a group needs members")
    chat = world.group(body["title"], members, supergroup=body.get("supergroup", True))
    return chat.to_chat()


def get_calls(world: World, _: Json) -> Json:
    """Tell what the bot asked for, and what it got."""
    return {"calls": [call.to_json() for call in world.calls]}


def get_snapshot(world: World, _: Json) -> Json:
    """Give the whole state."""
    return world.snapshot()


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/state", get_state),
    ("GET", "/clock", get_clock),
    ("POST", "/clock", set_clock),
    ("GET", "/faults", get_faults),
    ("POST", "/faults", add_fault),
    ("DELETE", "/faults", clear_faults),
    ("POST", "/limits", set_limits),
    ("POST", "/updates", inject),
    ("POST", "/groups", new_group),
    ("GET", "/calls", get_calls),
    ("GET", "/snapshot", get_snapshot),
)
