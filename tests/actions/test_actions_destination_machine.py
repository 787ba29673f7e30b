"""Whatever two people, the clock and the bot's questions do: words go to what was last named, or it is asked.

A witness of its own reads what has arrived in the chats and says what was named last. Every text has a mark.
"""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from couple_person import Ask, Person
from couple_world import HOUR, MINUTE, World
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from whole_words import whole_words
from witness import token, tokens

from bot import logs
from bot.actions.named import FOR_A_PRESS, NAMING, PRESSED
from bot.messages import Message, MessageKind, Row
from bot.practice.calendar import Quiet
from bot.practice.ids import RoundId
from bot.practice.partner import Expecting
from bot.practice.refusals import Reason
from bot.practice.round import Slot
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

WHO = st.integers(0, 1)
FEWEST = 4_000  # steps in a part of the long run
NIGHT = Quiet(21 * 60, 8 * 60)
Place = tuple[str, RoundId | None]  # what words are for, and of which round where it is of one
NOTHING: Place = ("", None)
NOWHERE: Place = ("nowhere", None)
ASKED_FOR = (
    Verb.SEAL, Verb.TAKE_BACK, Verb.START_OVER, Verb.NOT_TODAY, Verb.OWN_WORDS, Verb.STARTER, Verb.SEND, Verb.REWRITE,
    Heard.YES, Heard.PARTLY, Heard.NOT_YET, Verb.LEAVE_THERE, Verb.SOLO, Verb.SOLO_AGAIN, Verb.SOLO_ENOUGH,
    Verb.TAKE_UP,
    Verb.NOWHERE, Verb.PLACE, Verb.NEVER_MIND, Verb.EARLIER, Verb.EARLIER_CARD, Verb.WRITE_FOR,
    Verb.KEEP_TO_ONESELF,
)  # fmt: skip
FORWARD = (Verb.SEAL, Verb.SEND, Heard.PARTLY, Heard.NOT_YET, Heard.YES)
QUESTIONS = {
    "city": "ask_city", "oh": "ask_hour_typed", "oq": "ask_quiet", "name": "ask_name", "js": "journal_ask",
    "scr:hour": "settings_hour", "scr:quiet": "settings_quiet",
}  # fmt: skip
ASKS = {
    **dict.fromkeys(
        (
            "prompt",
            "reminder",
            "draft",
            "draft_part",
            "started_over",
            "taken_back",
            "not_today",
            "earlier_write",
        ),
        "own",
    ),
    **dict.fromkeys(("unsealed_by_edit",), "own"),
    "sealed": "sealed",
    "stays_sealed": "sealed",
    "earlier_card": "own",
    **dict.fromkeys(("reveal_frame", "reveal_words", "reveal_media", "reveal_invite", "starter"), "response"),
    **dict.fromkeys(("response_draft", "clarification_words", "clarification_media"), "response"),
    **dict.fromkeys(("response_words", "response_media"), "press"),
    **dict.fromkeys(("clarify_ask", "clarification_draft"), "clarification"),
    **dict.fromkeys(("solo", "solo_felt", "solo_answers"), "practice"),
    **dict.fromkeys((*QUESTIONS.values(), "ask_again", "ask_hour"), "question"),
    **dict.fromkeys(("hour_choices", "quiet_choices"), "question"),
    "kept_ask": "waiting",
    "kept_to_oneself": "kept",
    "pulse": "press",
}
TODAYS = {  # what /today names, by where its reader stands in the round that it tells of
    **dict.fromkeys(("unwritten", "drafted"), "own"),
    "sealed": "sealed",
    "to_respond": "response",
    "to_clarify": "clarification",
    "to_hear": "press",
}
SLOTS = {"own": "reflection", "response": "response", "clarification": "clarification"}
ELSEWHERE = {
    "talk_step",
    "talk_draft",
    "talk_later_ask",
    "talk_later_choices",
    *(kind.value for kind in FOR_A_PRESS | PRESSED),
} | {  # of other machines and journeys
    *(
        "capsules",
        "capsule_draft",
        "capsule_day_ask",
        "friend_step",
        "friend_noted",
        *("friend_offer", "friend_end", "friend_kept", "friend_gone", "solo_ended"),
        "ask_pulse_hour",
        "card_ask",
    ),
}
DONE = {
    "response_sent": frozenset({"response"}),
    "clarification_sent": frozenset({"clarification"}),
    "heard_noted": frozenset({"press"}),
    "clarify_ask": frozenset({"press"}),
    "kept_placed": frozenset({"waiting"}),
    "cancelled": frozenset({"practice", "question"}),
    "solo_ended": frozenset({"practice"}),
    "put_aside": frozenset({"practice"}),
}
JUDGED = {
    "clarify_ask",
    "heard_noted",
    "left_there",
}  # an answer that is shown once more asks for no word again
THEIRS = {"clarification_words", "clarification_media"}
TOLD = {"plain", "refusal", "ask_again", "slow_down", "kept_ask", "kept_placed"}


def _place(kind: str, row: Row) -> Place:
    return kind, None if kind in ("practice", "question", "waiting") else row.message.round


def _judges(message: Message) -> bool:
    """Tell whether an answer has been judged by it: also by words for what one would like understood."""
    in_part = message.kind is MessageKind.BUTTONS_OFF and "response_words" in str(
        message.details.get("of", "")
    )
    return in_part or message.kind.value in JUDGED


def _ended(message: Message) -> frozenset[str]:
    """Tell what a message says is over: practice goes on where an older question is let go."""
    if message.kind is MessageKind.CANCELLED and message.details["what"] != Expecting.SOLO.value:
        return frozenset({"question"})
    return DONE.get(message.kind.value, frozenset())


def _named_by(message: Message) -> str:
    if "in_place" in message.details:  # what was said before says what has become of it, and asks for nothing
        return ""
    match message.kind:
        case MessageKind.TODAY:
            return TODAYS.get(str(message.details["standing"]), "")
        case MessageKind.RHYTHM_SET if message.details.get("asks"):
            return "question"  # for the city
        case MessageKind.RESPONSE_REWRITE:
            return str(message.details["slot"]).removeprefix("second_")
        case _:
            return ASKS.get(message.kind.value, "")


def _left(who: Person, number: int) -> frozenset[str]:
    """Tell what "left there" has ended, by the message whose buttons it took."""
    before = who.calls[number - 1][2]
    pressed = who.shown[int(before.payload["message_id"])]
    return frozenset({"response"} if pressed.kind in THEIRS else {"clarification", "press"})


class Chats(RuleBasedStateMachine):
    """Two partners, and a witness that reads their chats."""

    lived = 0  # steps, over all that run in this process

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.folder = TemporaryDirectory()
        self.number = 100  # more than a card has choices: "4" is one of them
        self._has_begun = False
        self.practised: set[str] = set()
        self.lines: list[str] = []
        self.handler = logging.Handler()
        self.handler.emit = lambda record: self.lines.append(record.getMessage())  # type: ignore[method-assign]
        logging.getLogger().addHandler(self.handler)
        self.do(self._open())

    async def _open(self) -> None:
        self.world = World(Path(self.folder.name), whole_words())
        await self.world.open()
        _, bo = await self.world.meet("Ana", "Bo")
        await self.world.change(bo, quiet=NIGHT)
        await self.world.deliver()

    def teardown(self) -> None:
        """Look through what could be taken away, and close it all."""
        self.do(self._take_away())
        logging.getLogger().removeHandler(self.handler)
        assert not [line for line in self.lines if tokens(line)]
        self.do(self.world.database.close())
        self.loop.close()
        self.folder.cleanup()

    async def _take_away(self) -> None:
        async with self.world.unit() as work:
            for person in self.world.people:
                asked = Message(MessageKind.EXPORT, person.chat, person.id)
                kept = await self.world.renderer.gather(work, asked)
                assert not self.practised & set(tokens(repr(kept)))

    def do(self, work: Any) -> Any:
        """Run a coroutine to its end."""
        return self.loop.run(work)

    def words(self) -> str:
        """Make words that nobody else writes."""
        self.number += 1
        return token(self.number)

    def last(self, who: Person) -> Place:
        """Tell, by what has arrived in the chat, what was named last; NOTHING where only something old was."""
        done: set[Place] = set()
        judged = {row.message.round for _, row, _ in who.calls if _judges(row.message)}
        for number, (at, row, _) in reversed([*enumerate(who.calls)]):
            kind = _named_by(row.message)
            left = row.message.kind is MessageKind.LEFT_THERE
            ended = _left(who, number) if left else _ended(row.message)
            done |= {_place(kind, row) for kind in ended}
            if "in_place" in row.message.details and ASKS.get(row.message.kind.value) == "sealed":
                done.add(_place("sealed", row))  # the note that said so says so no more: it has been opened
            if _place(kind, row) in done or (kind == "press" and row.message.round in judged):
                continue
            if kind == "question":
                done.add(("practice", None))  # which it has put aside
            ago = self.world.now - at
            if kind == "practice" and ago < 30 * MINUTE:
                return _place(kind, row)
            if kind == "waiting" and ago < MINUTE:
                return _place(kind, row)
            if kind == "question" and ago < 15 * MINUTE:
                return _place(kind, row)
            if kind and kind not in ("practice", "question", "waiting"):
                return _place(kind, row)
        return NOTHING

    @rule(who=WHO, more=st.sampled_from(["", "", " Grow up.", " Then leave, I'm done."]))
    def write(self, who: int, more: str = "") -> None:
        """Write, for whatever it is for, and look where the words went: some words end a moment of practice."""
        person, text = self.world.people[who], self.words()
        named = self.last(person)
        self.do(self._write(person, text + more))
        self._judge(person, named, self.do(self._where(person, text)), text)

    async def _write(self, person: Person, text: str) -> None:
        before = len(person.calls)
        await person.writes(text)
        await self.world.deliver()
        self.answers = [row.message.kind.value for _, row, _ in person.calls[before:]]

    def _judge(self, person: Person, place: Place, found: Place, text: str) -> None:
        named, where = place[0], found[0]
        if named == "practice":
            assert where == "nowhere", (where, self.answers)
            assert {"solo", "solo_felt", "kept_ask", "plain"} & {*self.answers}, self.answers
            self.practised.add(text)
        elif where == "nowhere":
            full = self._told_lately(person)
            assert self.answers or full, "silence"
            practice = bool({"solo", "solo_felt"} & {*self.answers})
            assert not practice or named in ("", "question"), (named, self.answers)
            told = TOLD | {
                "solo",
                "solo_felt",
                "capsule_draft",
                "journal",
                "name_set",
                "settings",
                "rhythm_set",
                "zone_set",
                "hour_choices",
                "quiet_choices",
                "today",
            }
            assert told & {*self.answers} or full or named == "question", (named, self.answers)
            if practice:
                self.practised.add(text)
        elif where != "waiting":
            assert found == (SLOTS.get(named, where), place[1] if named in SLOTS else found[1]), (
                place,
                found,
            )
            assert named not in ("sealed", "press", "waiting", "kept"), (named, where)

    def _told_lately(self, person: Person) -> bool:
        """Tell whether somebody was told within the minute that no more is kept: that is said once a minute."""
        full = {Reason.TOO_MUCH.value, Reason.TOO_MUCH_WAITING.value}
        said = [at for at, row, _ in person.calls if row.message.details.get("reason") in full]
        return bool(said) and self.world.now - said[-1] < MINUTE

    async def _where(self, person: Person, text: str) -> Place:
        """Find a text in what is kept of somebody's words."""
        async with self.world.unit() as work:
            if any(text in piece.text for piece in await work.kept.of(person.id)):
                return "waiting", None
            rows = await work.context.transaction.rows(
                "SELECT round_id, slot FROM drafts WHERE author_id = :author", author=person.id
            )
            for row in rows:
                draft = await work.words.own(person.id, RoundId(row["round_id"]), Slot(row["slot"]))
                if any(text in piece.text for piece in draft.pieces):
                    return str(row["slot"]).removeprefix("second_"), draft.round
        return NOWHERE

    @rule(who=WHO, ask=st.sampled_from(ASKED_FOR))
    def press(self, who: int, ask: Ask) -> None:
        """Press the newest button that asks for this, where there is one."""
        person = self.world.people[who]
        if ask in person.asks():
            self.do(person.presses(ask))
            self.do(self.world.deliver())

    @rule(who=WHO, which=st.integers(0, 3))
    def place(self, who: int, which: int) -> None:
        """Say what waiting words are for."""
        person = self.world.people[who]
        asked = [m for m in person.shown.values() if m.kind == "kept_ask" and m.buttons]
        if asked:
            buttons = asked[-1].buttons
            self.do(person.presses_data(asked[-1].id, buttons[which % len(buttons)][1]))
            self.do(self.world.deliver())

    @rule(who=WHO, what=st.sampled_from(sorted(QUESTIONS)))
    def be_asked(self, who: int, what: str) -> None:
        """Let the bot ask a question."""
        self.do(self.world.people[who].presses_data(1, what))
        self.do(self.world.deliver())

    @rule(
        who=WHO,
        command=st.sampled_from(
            ["/practice", "/practice", "/today", "/cancel", "/settings", "/pause", "/resume"]
        ),
    )
    def command(self, who: int, command: str) -> None:
        """Send a command."""
        self.do(self.world.people[who].writes(command))
        self.do(self.world.deliver())

    @rule(turns=st.lists(st.tuples(WHO, st.integers(0, 3)), min_size=1, max_size=6))
    def go_on(self, turns: list[tuple[int, int]]) -> None:
        """Do what sensible people do: press what leads on where there is something, else write."""
        for who, which in turns:
            person = self.world.people[who]
            leading = [ask for ask in person.asks() if ask in FORWARD]
            if leading:
                self.do(person.presses(leading[which % len(leading)]))
                self.do(self.world.deliver())
            else:
                self.write(who)

    @rule(who=WHO, minutes=st.sampled_from([1, 14, 16, 29, 31, 240]))
    def wait(self, who: int, minutes: int) -> None:
        """Let time pass."""
        del who
        self.do(self.world.later(minutes * MINUTE))

    @rule(sure=st.sampled_from([True, False, False, False]))
    def open_next(self, *, sure: bool) -> None:
        """Go to the next opening, where one is planned."""
        due = self.do(self.world.due())
        if sure:
            self.do(self.world.later(24 * HOUR if due is None else due - self.world.now))

    @rule()
    def crash(self) -> None:
        """Drop the process between two acts."""
        self.do(self.world.crash())

    @invariant()
    def nothing_of_practice_is_anywhere(self) -> None:
        """In no chat of the other's, and in no chat of one's own: practice quotes nothing."""
        for person in self.world.people:
            for _, _, call in person.calls[-4:]:
                assert not self.practised & set(tokens(repr(dict(call.payload))))

    @invariant()
    def is_counted(self) -> None:
        """One more step has been lived."""
        Chats.lived += bool(self._has_begun)
        self._has_begun = True

    @invariant()
    def no_practised_word_is_kept(self) -> None:
        """In no draft and nowhere else."""
        self.do(self._kept_nowhere())

    async def _kept_nowhere(self) -> None:
        newest = sorted(self.practised, key=lambda text: int(text[1:-1]))[-3:]
        for text in newest:
            for person in self.world.people:
                assert await self._where(person, text) == NOWHERE


def live(examples: int, part: int) -> None:
    """Let so many couples live through fifty acts each.

    Where each run is to be like the last one, the parts must still differ from each other.
    """
    own = type(f"Part{part}", (Chats,), {})
    run_state_machine_as_test(
        seed(part)(own) if settings().derandomize else own,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture(autouse=True)
def loud() -> Iterator[None]:
    """Log everything as `serve` can at most: a third part of a run went into what aiosqlite says otherwise."""
    before = {name: logging.getLogger(name).level for name in ("", *logs.TALKATIVE)}
    logging.getLogger().setLevel(logging.DEBUG)
    logs.quieten()
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def test_what_was_left_there_is_over_and_what_was_asked_before_it_counts() -> None:
    """Bo is asked what he would like understood, and then leaves what Ana would: his next words are his own."""
    chats = Chats()
    for who in (0, 1):
        chats.write(who)
        chats.press(who, Verb.SEAL)
    chats.write(1)
    chats.write(0)
    for who, ask in ((0, Verb.SEND), (1, Heard.NOT_YET), (1, Verb.SEND), (0, Heard.PARTLY)):
        chats.press(who, ask)
    chats.write(0)
    chats.press(0, Verb.SEND)
    chats.press(1, Verb.LEAVE_THERE)
    bo = chats.world.people[1]
    assert chats.last(bo)[0] == "clarification"
    chats.write(1)
    assert bo.kinds()[-1] == "clarification_draft"
    chats.teardown()


def test_what_a_late_reveal_has_ended_is_asked_about() -> None:
    """A clarification of an earlier day, that was asked for and never given: words after it are not just today's."""
    chats = Chats()
    chats.go_on([(0, 0)])
    chats.go_on([(1, 0), (0, 0), (1, 0), (0, 0), (1, 0)])
    chats.go_on([(1, 0)])
    chats.go_on([(0, 0)])
    chats.open_next(sure=True)
    chats.write(0)
    chats.write(1, " Then leave, I'm done.")
    chats.open_next(sure=True)
    chats.go_on([(0, 1)])
    chats.go_on([(0, 2), (1, 2), (1, 1)])
    chats.go_on([(0, 0), (0, 1)])
    ana = chats.world.people[0]
    assert chats.last(ana)[0] == "clarification"
    chats.write(0)
    assert ana.kinds()[-1] == "kept_ask"
    chats.teardown()


def test_a_seal_is_not_hidden_by_another_that_has_been_opened() -> None:
    """Of two days sealed one after the other the first is opened and answered: words are asked about."""
    chats = Chats()
    chats.go_on([(0, 0)])
    chats.open_next(sure=True)
    chats.write(0)
    chats.write(1, " Then leave, I'm done.")
    chats.open_next(sure=True)
    chats.write(1)
    chats.go_on([(0, 1)])
    chats.go_on([(0, 2), (1, 2), (1, 1)])
    chats.go_on([(0, 0), (0, 1)])
    ana = chats.world.people[0]
    assert chats.last(ana)[0] == "sealed"
    chats.write(0)
    assert ana.kinds()[-1] == "kept_ask"
    chats.teardown()


def test_after_a_day_that_was_opened_late_words_are_for_today() -> None:
    """Yesterday's seal says in its place that it has been opened; what asked before it is today's card."""
    chats = Chats()
    chats.go_on([(1, 0), (0, 0)])
    chats.open_next(sure=True)
    chats.go_on([(1, 0), (0, 0), (1, 0), (1, 0), (1, 0)])
    bo = chats.world.people[1]
    assert bo.kinds()[-1] == "draft"
    assert bo.last("draft").quoted == [token(chats.number)]
    chats.teardown()


def test_the_witness_knows_whatever_names_a_place() -> None:
    """What it didn't know of it would take for something older."""
    told_by_more = {"today", "rhythm_set", "cancelled", "put_aside", "response_rewrite"}
    assert {kind.value for kind in NAMING} - told_by_more == {*ASKS} | ELSEWHERE


@pytest.mark.parametrize("part", range(5))
@pytest.mark.timeout(900)
def test_words_go_to_what_was_last_named_or_it_is_asked(part: int) -> None:
    """For every text, over five thousand steps in parts; nothing of practice is found anywhere."""
    live(20, part)


@pytest.mark.long
@pytest.mark.parametrize("part", range(23))
@pytest.mark.timeout(0)
def test_words_go_to_what_was_last_named_for_a_hundred_thousand_steps(part: int) -> None:
    """As above, in parts of some 4,500 steps that are really lived."""
    before = Chats.lived
    live(100, part)
    assert Chats.lived - before > FEWEST
