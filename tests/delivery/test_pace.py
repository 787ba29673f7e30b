"""The pace stays just under the limit, and learns where the limit really is."""

import heapq
import itertools
import random
from collections import deque

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.pace import Pace, Toll, toll
from bot.messages import Message, MessageKind, Priority, Row
from bot.practice.ids import RowId

TIMER = 0.002  # seconds by which an event loop's timer may be late


class Door:
    """Telegram's limit: at most so many arrivals in any sliding second."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.arrivals: deque[float] = deque()
        self.refusals = 0

    def knock(self, now: float) -> bool:
        """Let a call in, or not."""
        while self.arrivals and now - self.arrivals[0] >= 1.0:
            self.arrivals.popleft()
        if len(self.arrivals) >= self.limit:
            self.refusals += 1
            return False
        self.arrivals.append(now)
        return True


def send_all(
    pace: Pace,
    chance: random.Random,
    *,
    seconds: float,
    late: float,
    tolls: tuple[Toll, ...] = (Toll.PATIENT,),
) -> list[float]:
    """Send as fast as the pace lets us to ever new chats; tell when each call arrives, in order."""
    now = 0.0
    arrivals: list[float] = []
    for chat in itertools.count():
        cost = chance.choice(tolls)
        while (ready := pace.ready_at(chat, now, cost)) > now:
            now = ready + chance.random() * TIMER
        if now >= seconds:
            return sorted(arrivals)
        pace.take(chat, now, cost)
        arrivals.append(now + chance.random() * late)
    raise AssertionError


def most_in_a_second(arrivals: list[float]) -> int:
    """Count the most arrivals in any sliding second."""
    most, first = 0, 0
    for last, arrival in enumerate(arrivals):
        while arrival - arrivals[first] >= 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**6),
    st.floats(0, 0.02),
    st.sampled_from([(Toll.PATIENT,), tuple(Toll)[1:], (Toll.WAITING,)]),
)
def test_no_sliding_second_holds_more_than_the_limit(seed: int, late: float, tolls: tuple[Toll, ...]) -> None:
    """Whatever the mix of replies and prompts, and though calls are up to 20 ms late."""
    arrivals = send_all(Pace(30), random.Random(seed), seconds=20, late=late, tolls=tolls)  # noqa: S311 (a seed)
    assert most_in_a_second(arrivals) <= 30


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_at_least_29_a_second_are_sustained(seed: int) -> None:
    """A backlog leaves at 29 a second or more, timers' lateness and all."""
    arrivals = send_all(Pace(30), random.Random(seed), seconds=60, late=0.02)  # noqa: S311 (a seed)
    assert len(arrivals) / 60 >= 29


def test_a_cold_start_does_not_bunch() -> None:
    """The first calls wait for new connections and arrive late together: still no second holds too many."""
    pace, now, arrivals = Pace(30), 100.0, []
    for chat in range(300):
        now += 60.0 if chat == 150 else 0.0  # idle: the connections are closed meanwhile
        now = max(now, pace.ready_at(chat, now, Toll.PATIENT))
        pace.take(chat, now, Toll.PATIENT)
        arrivals.append(now + (0.15 if chat % 150 < 5 else 0.0))
    assert most_in_a_second(sorted(arrivals)) <= 30


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_more_slack_pays_for_a_network_that_bunches(seed: int) -> None:
    """With up to 300 ms before arrival, a slack of 300 ms draws no refusal, at 23 a second."""
    arrivals = send_all(Pace(30, slack=0.3), random.Random(seed), seconds=60, late=0.3)  # noqa: S311 (a seed)
    assert most_in_a_second(arrivals) <= 30
    assert len(arrivals) / 60 >= 22.5


def test_a_paid_limit_is_a_setting() -> None:
    """A thousand a second is paced like thirty."""
    arrivals = send_all(Pace(1000), random.Random(1), seconds=10, late=0.0)  # noqa: S311 (a seed)
    assert most_in_a_second(arrivals) <= 1000
    assert len(arrivals) / 10 >= 960


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.floats(0, 2)), min_size=20, max_size=120))
def test_a_chat_gets_a_burst_of_three_and_then_one_a_second(wishes: list[tuple[int, float]]) -> None:
    """In any span of s seconds a chat gets at most s + 3 messages."""
    pace, now = Pace(30), 0.0
    times: dict[int, list[float]] = {}
    for chat, gap in wishes:
        now += gap
        while (ready := pace.ready_at(chat, now, Toll.WAITING)) > now:
            now = ready
        pace.take(chat, now, Toll.WAITING)
        times.setdefault(chat, []).append(now)
    for sent in times.values():
        for first, last in itertools.combinations(range(len(sent)), 2):
            assert last - first + 1 <= sent[last] - sent[first] + 3 + 1e-6


def test_a_reply_finds_a_place_while_prompts_fill_the_limit() -> None:
    """While people are about, a reply waits for no place: some are kept."""
    pace, now, waits = Pace(30), 0.0, []
    replies = [2.0 + 0.31 * number for number in range(100)]
    heapq.heapify(replies)
    for chat in itertools.count():
        now = max(now, pace.ready_at(chat, now, Toll.PATIENT))
        while replies and replies[0] <= now:
            came = heapq.heappop(replies)
            leaves = max(came, pace.ready_at(10**6 + chat, came, Toll.WAITING))
            waits.append(leaves - came)
            pace.take(10**6 + len(waits), leaves, Toll.WAITING)
            now = max(now, pace.ready_at(chat, max(now, leaves), Toll.PATIENT))
        if not replies:
            break
        pace.take(chat, now, Toll.PATIENT)
    assert sum(wait > 0.001 for wait in waits) <= 1


def test_a_button_is_answered_at_once() -> None:
    """The answer to a press is no message: it waits for nothing and takes nobody's place."""
    pace = Pace(30)
    for _ in range(30):
        pace.take(1, 0.0, Toll.WAITING)
    assert pace.ready_at(1, 0.0, Toll.FREE) <= 0.0
    assert pace.ready_at(1, 0.0, Toll.WAITING) > 1.0


def test_it_learns_from_a_429_and_recovers_slowly() -> None:
    """Where the real limit is 20, refusals soon are rare, and the rate stays near 20."""
    pace, door = Pace(30), Door(20)
    now, sent, refused_at = 0.0, 0, []
    for chat in itertools.count():
        now = max(now, pace.ready_at(chat, now, Toll.PATIENT))
        if now > 600:
            break
        pace.take(chat, now, Toll.PATIENT)
        if door.knock(now):
            sent += 1
        else:
            refused_at.append(now)
            pace.refused(chat, now, 1.0)
    assert sent / 600 >= 17
    assert len(refused_at) <= 12
    assert pace.rate(now) < 21


def test_a_crowded_chats_429_is_its_own() -> None:
    """One chat that got a burst is refused: the others go on, at the same rate."""
    pace = Pace(30)
    for at in (0.0, 0.1, 0.2):
        pace.take(1, at, Toll.WAITING)
    assert not pace.refused(1, 0.25, 3.0)
    assert pace.rate(0.3) == 30
    assert pace.ready_at(2, 0.3, Toll.PATIENT) <= 0.3


def test_two_chats_refused_at_a_time_mean_everyone() -> None:
    """Telegram does not say whose limit it is; two chats within the wait tell."""
    pace = Pace(30)
    for at in (0.0, 0.1, 0.2):
        pace.take(1, at, Toll.WAITING)
    pace.refused(1, 0.25, 5.0)
    pace.take(2, 1.0, Toll.PATIENT)
    assert pace.refused(2, 1.1, 5.0)
    assert pace.ready_at(3, 1.2, Toll.FREE) == 1.1 + 5.0


def test_one_limit_that_refuses_many_calls_slows_once() -> None:
    """Eight calls in the air are refused together: one cut, not eight."""
    pace, now = Pace(30), 0.0
    for chat in range(60):
        now = max(now, pace.ready_at(chat, now, Toll.PATIENT))
        pace.take(chat, now, Toll.PATIENT)
    for chat in range(52, 60):
        pace.refused(chat, now, 2.0)
    assert 20 < pace.rate(now) < 30


def test_without_limits_everything_leaves_at_once() -> None:
    """For a stand-in that has none."""
    pace = Pace.unlimited()
    for _ in range(1000):
        assert pace.ready_at(1, 0.0, Toll.PATIENT) <= 0.0
        pace.take(1, 0.0, Toll.PATIENT)


def test_rested_chats_are_forgotten() -> None:
    """A hundred thousand chats leave no hundred thousand entries."""
    pace, now = Pace(30), 0.0
    for chat in range(20_000):
        now = max(now, pace.ready_at(chat, now, Toll.PATIENT))
        pace.take(chat, now, Toll.PATIENT)
    assert len(pace._chats) < 2500


def test_what_a_row_costs() -> None:
    """A button's answer is free, a reply is waited for, all else is patient; an edit counts as a message."""

    def row(kind: MessageKind, priority: Priority, edit: int | None = None) -> Row:
        return Row(RowId(1), Message(kind, 1, priority=priority, edit=edit))

    assert toll(row(MessageKind.CALLBACK, Priority.REPLY)) is Toll.FREE
    assert toll(row(MessageKind.DRAFT, Priority.REPLY, edit=5)) is Toll.WAITING
    assert toll(row(MessageKind.REVEAL_FRAME, Priority.EVENT)) is Toll.PATIENT
    assert toll(row(MessageKind.PROMPT, Priority.MORNING)) is Toll.PATIENT
