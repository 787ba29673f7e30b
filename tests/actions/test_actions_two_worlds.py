"""Two worlds that differ only in what the other one did look the same, byte for byte, before the reveal.

Until one's own seal, whatever the other does; after it, until the other's seal.
"""

import shutil
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from couple_person import Person, Shown
from couple_world import MINUTE, World, run, seal, without_ids, world
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content import Content
from bot.practice.calendar import Quiet
from bot.practice.round import RoundState
from bot.screens.callbacks import Verb

PRESSED = (Verb.SEAL, Verb.TAKE_BACK, Verb.START_OVER, Verb.NOT_TODAY, Verb.ANOTHER_CARD)
AWAY = (Verb.CLEAR_MINE, Verb.SHOW_MINE, Verb.HIDE_MINE)
MINE = ("write", "send", "edit", "/today", "/nonsense", "wait", "wait long", "switch", *PRESSED, *AWAY)
THEIRS = (
    "write",
    "send",
    "edit",
    "/today",
    "/pause",
    "/resume",
    "switch",
    *PRESSED,
    *AWAY,
    Verb.SEAL,
    Verb.SEAL,
)
WAITS = {"wait": 1 * MINUTE, "wait long": 150 * MINUTE}
ACTS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(THEIRS), max_size=3),  # in the one world
        st.lists(st.sampled_from(THEIRS), max_size=3),  # in the other
        st.sampled_from(MINE),
    ),
    min_size=1,
    max_size=9,
)


async def act(person: Person, what: str, sources: list[int]) -> None:
    """Do one thing, where a client offers it."""
    if isinstance(what, Verb):
        if what in person.asks():
            await person.presses(what)
    elif what == "switch":
        await person.presses_data(1, "sw:put_away")
    elif what == "edit":
        if sources:
            await person.edits(sources[0], f"edited {len(sources)}")
    elif what == "send":
        await person.sends("voice", f"file{len(sources)}")
    else:
        text = what if what.startswith("/") else f"words {len(sources)}"
        number = await person.writes(text)
        sources += [number] if what == "write" else []


async def live(made: World, mine: list[str], theirs: list[list[str]]) -> list[tuple[object, ...]]:
    """Let Ana do what is hers in this world and Bo what is his; tell all that reached her."""
    ana, bo = made.people
    round_ = await made.round()
    sources: dict[str, list[int]] = {"ana": [], "bo": []}
    for what, gap in zip(mine, theirs, strict=True):
        for other in gap:
            if other != Verb.SEAL or not (await made.round()).turn(ana.id).sealed:
                await act(bo, other, sources["bo"])
                await made.deliver()
        if what in WAITS:
            await made.later(WAITS[what])
            continue
        if what == Verb.SEAL and (await made.round()).turn(bo.id).sealed:
            await bo.presses(Verb.TAKE_BACK)
        await act(ana, what, sources["ana"])
        await made.deliver()
    assert (await made.round()).state in (RoundState.OPEN, RoundState.WAITING)
    assert (await made.round()).id == round_.id
    return [
        (at, row.message.kind, row.message.priority, without_ids(call, round_.id))
        for at, row, call in ana.calls
    ]


async def twin(one: World, root: Path, stack: AsyncExitStack) -> World:
    """Make a second world that is the first one so far."""
    await one.database.close()
    shutil.copytree(one.root, root)
    await one.open()
    made = await stack.enter_async_context(world(root, one.services.content))
    made.couple, made.now = one.couple, one.now
    ana, bo = (
        replace(p, world=made, shown=_copied(p), calls=[], offered=list(p.offered)) for p in one.people
    )
    made.people = ana, bo
    return made


def _copied(person: Person) -> dict[int, Shown]:
    """Copy what a chat shows: a button that one world takes off stays in the other."""
    return {number: replace(message) for number, message in person.shown.items()}


async def two_lives(folder: str, content: Content, acts: list[tuple[list[str], list[str], str]]) -> None:
    """Let both worlds live, and compare what Ana saw."""
    mine = [what for _, _, what in acts]
    async with AsyncExitStack() as stack:
        one = await stack.enter_async_context(world(Path(folder) / "one", content))
        await one.meet("Ana", "Bo", quiet=Quiet(22 * 60, 8 * 60))
        await one.deliver()
        two = await twin(one, Path(folder) / "two", stack)
        for person in one.people:
            person.calls.clear()
        seen = await live(one, mine, [gap for gap, _, _ in acts])
        assert seen == await live(two, mine, [gap for _, gap, _ in acts])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
@pytest.mark.timeout(300)
def test_nothing_that_the_other_does_shows_before_the_reveal(
    content: Content, acts: list[tuple[list[str], list[str], str]]
) -> None:
    """The same messages, with the same buttons, at the same time."""
    with TemporaryDirectory() as folder:
        run(two_lives(folder, content, acts))


async def test_the_comparison_sees_what_comes_with_the_reveal(pair: tuple[Person, Person]) -> None:
    """And is therefore no empty one."""
    ana, bo = pair
    await seal(bo, "a kettle")
    before = len(ana.calls)
    await seal(ana, "a window")
    seen = [without_ids(call) for _, _, call in ana.calls]
    assert [any("a kettle" in text for text in part) for part in (seen[:before], seen[before:])] == [
        False,
        True,
    ]
