"""A talk's tables: every step they hold, and none that they don't."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice import dialogue, repair, talk
from bot.practice.dialogue import Move, MoveAnswer, Stage
from bot.practice.ids import CoupleId, PartnerId, TalkId
from bot.practice.refusals import Reason, Refusal
from bot.practice.talk import Talk, TalkKind, TalkState, TalkStep

NOW = datetime(2026, 3, 2, 20, tzinfo=UTC)
ANA, BO, EVE = PartnerId(1), PartnerId(2), PartnerId(3)
SENT = MoveAnswer.SEND


def a_talk(kind: TalkKind = TalkKind.DIALOGUE, state: TalkState = TalkState.GOING) -> Talk:
    """Make a talk that Ana asked for."""
    return Talk(TalkId(9), CoupleId(5), kind, (ANA, BO), NOW, NOW, state)


def refused(reason: Reason) -> "pytest.RaisesExc[Refusal]":
    """Expect this refusal."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.reason is reason)


def test_a_dialogue_goes_by_turns() -> None:
    """Ana speaks, Bo listens; then they swap; then each asks for one thing and gives one."""
    stage: Stage | None = Stage()
    gone = []
    while stage is not None:
        gone.append((stage.move, stage.whose))
        answer = MoveAnswer.GOT_IT if stage.move is Move.CHECK else SENT
        stage = dialogue.after(stage, answer)
    turn = [(Move.SPEAK, 0), (Move.MIRROR, 1), (Move.CHECK, 0), (Move.VALIDATE, 1), (Move.IMAGINE, 1)]
    swapped = [(move, 1 - seat) for move, seat in turn]
    asked = [(Move.ASK_FOR, 0), (Move.ASK_FOR, 1), (Move.GIVE, 0), (Move.GIVE, 1)]
    assert gone == [*turn, *swapped, *asked]


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("answer", MoveAnswer)
@pytest.mark.parametrize("speaker", [0, 1])
def test_a_move_takes_the_answers_of_its_table(move: Move, answer: MoveAnswer, speaker: int) -> None:
    """And no other; the number grows with each."""
    stage = Stage(move, speaker, 7)
    if (move, answer) in dialogue.TRANSITIONS or (move, answer) in dialogue.ENDS:
        following = dialogue.after(stage, answer)
        assert following is None or following.number == stage.number + 1
    else:
        with refused(Reason.TALK_OVER):
            dialogue.after(stage, answer)


@given(st.lists(st.tuples(st.integers(0, 1), st.booleans(), st.integers(0, 5)), max_size=30))
def test_a_card_is_shown_once_both_have_sealed_it_and_never_before(
    acts: list[tuple[int, bool, int]],
) -> None:
    """Whatever is sealed and taken back in whichever order; what is shown stays shown."""
    sealed: repair.CardsSealed = (0, 0)
    shown = 0
    for seat, takes_back, card in acts:
        try:
            act = repair.take_back if takes_back else repair.seal
            sealed = act(sealed, seat, card)
        except Refusal:
            continue
        assert repair.shown(sealed) >= shown
        shown = repair.shown(sealed)
        assert shown == sum(min(sealed) > n for n in range(5))


def test_every_state_takes_the_steps_of_its_table() -> None:
    """And no other."""
    for state in TalkState:
        for step in TalkStep:
            if (state, step) in talk.TRANSITIONS:
                assert talk.moved(a_talk(state=state), step, NOW).state is talk.TRANSITIONS[state, step]
            else:
                with refused(Reason.TALK_OVER):
                    talk.moved(a_talk(state=state), step, NOW)


@given(
    st.sampled_from(TalkState),
    st.sampled_from(TalkKind),
    st.timedeltas(-timedelta(days=400), timedelta(days=400)),
)
def test_the_clock_ends_every_talk(state: TalkState, kind: TalkKind, off: timedelta) -> None:
    """Whatever the clock showed when it was noted: within sixteen days of looking, nothing waits any more."""
    found = replace(a_talk(kind, state), moved_at=NOW + off, asked_at=NOW + off)
    if state is TalkState.PAUSED:
        found = replace(found, back_at=NOW + off + talk.LONGEST_PAUSE)
    now = NOW
    for _ in range(17):
        found = talk.by_the_clock(found, now)
        now += timedelta(days=1)
    assert found.state in (TalkState.KEPT, TalkState.OVER)


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=9)), min_size=1, max_size=8))
def test_a_pause_lasts_seven_days_however_often_another_time_is_named(hours: list[timedelta]) -> None:
    """Nobody can hold it open by naming later and later times; within fourteen quiet days it is closed."""
    found, now = talk.pause(a_talk(), NOW + timedelta(hours=1), NOW), NOW
    for ahead in hours:
        now += timedelta(hours=20)
        if found.state is not TalkState.PAUSED or now >= NOW + talk.LONGEST_PAUSE:
            break
        with suppress(Refusal):
            found = talk.pause(found, now + ahead, now)
        assert found.back_at is not None
        assert found.back_at <= NOW + talk.LONGEST_PAUSE
    end = NOW + talk.LONGEST_PAUSE
    found = talk.by_the_clock(found, end)
    assert found.state is TalkState.GOING
    assert talk.by_the_clock(found, end + talk.LASTS).state is TalkState.OVER


def test_a_calm_answer_grows_old() -> None:
    """After half an hour who asked is asked back; the seats stay, and so does who speaks first."""
    asked = a_talk(state=TalkState.ASKED)
    assert talk.agree(asked, NOW + timedelta(minutes=30)).state is TalkState.GOING
    back = talk.agree(asked, NOW + timedelta(minutes=31))
    assert (back.state, back.asked, back.partners) == (TalkState.ASKED, 0, asked.partners)
    assert talk.agree(back, NOW + timedelta(minutes=40)).state is TalkState.GOING


def test_calm_is_three_of_five() -> None:
    """And nothing else is a number of it."""
    assert [talk.is_calm(n) for n in range(1, 6)] == [False, False, True, True, True]
    for number in (0, 6):
        with refused(Reason.NOT_YOURS):
            talk.is_calm(number)


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("second", [False, True])
def test_it_is_kept_by_the_yes_of_both(first: bool, second: bool) -> None:  # noqa: FBT001 (cases)
    """It goes with the second answer, and an answer can't be changed."""
    found = talk.said_to_keep(a_talk(state=TalkState.KEEPING), BO, NOW, keep=first)
    assert found.state is TalkState.KEEPING
    assert talk.said_to_keep(found, BO, NOW, keep=not first) == found
    found = talk.said_to_keep(found, ANA, NOW, keep=second)
    assert found.state is (TalkState.KEPT if first and second else TalkState.OVER)


@pytest.mark.parametrize("state", TalkState)
@pytest.mark.parametrize("kind", TalkKind)
@pytest.mark.parametrize("sent", [False, True])
@pytest.mark.parametrize("parted", [False, True])
def test_who_may_read_a_talk(state: TalkState, kind: TalkKind, sent: bool, parted: bool) -> None:  # noqa: FBT001 (cases)
    """One's own; the other's once sent or opened, and not after parting; nothing of what is over."""
    found = replace(a_talk(kind, state), sealed=(2, 1))
    over = state is TalkState.OVER
    for step in range(3):
        shown = kind is TalkKind.DIALOGUE or step < 1
        given_ = {"sent": sent, "parted": parted}
        assert talk.may_read(BO, ANA, found, step, **given_) is (not over and sent and not parted and shown)
        assert talk.may_read(ANA, ANA, found, step, **given_) is not over
        assert not talk.may_read(EVE, ANA, found, step, **given_)
        assert not talk.may_read(ANA, EVE, found, step, **given_)


def test_only_who_has_the_move_does_it() -> None:
    """On one phone, whoever holds it; an old number is over, and somebody else's couple nobody's."""
    found = a_talk()
    with refused(Reason.NOT_YOURS):
        talk.answered(found, BO, 0, SENT, NOW)
    with refused(Reason.TALK_OVER):
        talk.answered(found, ANA, 1, SENT, NOW)
    with refused(Reason.NOT_YOURS):
        talk.answered(found, EVE, 0, SENT, NOW)
    sofa = replace(found, sofa=True)
    mirrored = talk.answered(sofa, ANA, 0, SENT, NOW)
    assert mirrored.stage.move is Move.MIRROR
    assert talk.answered(mirrored, ANA, 1, SENT, NOW).stage.move is Move.CHECK
    with refused(Reason.NOT_YOURS):
        talk.answered(mirrored, BO, 1, SENT, NOW)


def test_a_rest_is_seven_days_at_most() -> None:
    """And in the future."""
    for until in (NOW, NOW - timedelta(minutes=1), NOW + timedelta(days=7, minutes=1)):
        with refused(Reason.BAD_LATER):
            talk.pause(a_talk(), until, NOW)
    assert talk.pause(a_talk(), NOW + timedelta(days=2), NOW).due_at == NOW + timedelta(days=2)


def test_nobody_asks_twice_in_half_an_hour() -> None:
    """The other may."""
    over = a_talk(state=TalkState.OVER)
    with refused(Reason.TALK_ASKED_LATELY):
        talk.check_ask(over, ANA, NOW + timedelta(minutes=29))
    talk.check_ask(over, ANA, NOW + timedelta(minutes=30))
    talk.check_ask(over, BO, NOW)
