"""What stands under the questions and the screens of rhythm and settings."""

from collections.abc import Mapping

from bot.messages import Message, MessageKind
from bot.telegram.callbacks import Verb, encode
from bot.telegram.keyboards.parts import Button, Facts, Keyboard, Rows, press

K = MessageKind
HOURS = ((8 * 60, "morning"), (12 * 60 + 30, "noon"), (20 * 60, "evening"))


def _hours(_: Message, __: Facts) -> Rows:
    given = [press(label, Verb.HOUR, minute) for minute, label in HOURS]
    return [given[:2], [given[2], press("another_time", Verb.OTHER_HOUR)]]


def _rhythm_set(_: Message, facts: Facts) -> Rows:
    if facts["own"]:
        return [[press("other_days", Verb.SCREEN, "days")]]
    return [] if facts["zone_known"] else [[press("tell_city", Verb.CITY)]]


def _cities(message: Message, _: Facts) -> Rows:
    given = [
        Button(
            str(message.details[f"name{i}"]),
            encode(Verb.ZONE, str(message.details[f"zone{i}"])),
            literal=True,
        )
        for i in range(4)
        if f"zone{i}" in message.details
    ]
    return [[button] for button in given]


def _slower(_: Message, __: Facts) -> Rows:
    return [
        [press("slower", Verb.SLOWER), press("rest", Verb.REST)],
        [press("keep_rhythm", Verb.KEEP)],
    ]


def _settings(_: Message, facts: Facts) -> Rows:
    own = [
        [press("set_zone", Verb.CITY), press("set_quiet", Verb.SCREEN, "quiet")],
        [press("set_name", Verb.NAME), press("set_depth", Verb.SCREEN, "depth")],
        [press("set_reminders", Verb.SWITCH, "reminders", tick=bool(facts["reminders"]))],
        [press("set_protect", Verb.SWITCH, "protect", tick=bool(facts["protect"]))],
        [press("set_cover", Verb.SWITCH, "cover", tick=bool(facts["cover"]))],
        [press("set_coach", Verb.SWITCH, "coach", tick=bool(facts["coach"]))],
        [press("set_plain", Verb.SWITCH, "plain", tick=bool(facts["plain"]))],
    ]
    if not facts["together"]:
        return own
    return [[press("set_hour", Verb.SCREEN, "hour"), press("set_days", Verb.SCREEN, "days")], *own]


def _settings_hour(message: Message, facts: Facts) -> Rows:
    return [*_hours(message, facts), [press("back", Verb.SETTINGS)]]


def _settings_days(_: Message, facts: Facts) -> Rows:
    kept = facts["weekdays"]
    days = [press(f"day_{day}", Verb.DAY, day, tick=day in kept) for day in range(7)]
    return [days[:4], days[4:], [press("back", Verb.SETTINGS)]]


def _settings_quiet(_: Message, __: Facts) -> Rows:
    return [
        [press("quiet_usual", Verb.QUIET, 22 * 60, 8 * 60), press("quiet_none", Verb.QUIET, 0, 0)],
        [press("quiet_other", Verb.OTHER_QUIET), press("back", Verb.SETTINGS)],
    ]


def _settings_depth(_: Message, facts: Facts) -> Rows:
    chosen = facts["depth"]
    return [[press(f"depth_{depth}", Verb.DEPTH, depth, tick=chosen == depth)] for depth in (1, 2, 3)] + [
        [press("back", Verb.SETTINGS)]
    ]


KEYBOARDS: Mapping[MessageKind, Keyboard] = {
    K.ASK_HOUR: _hours,
    K.RHYTHM_SET: _rhythm_set,
    K.CITY_CHOICES: _cities,
    K.SLOWER_OFFER: _slower,
    K.SETTINGS: _settings,
    K.SETTINGS_HOUR: _settings_hour,
    K.SETTINGS_DAYS: _settings_days,
    K.SETTINGS_QUIET: _settings_quiet,
    K.SETTINGS_DEPTH: _settings_depth,
}
