"""Upkeep: what the clock makes due. Openings, rounds that lapse, sweeping, wrapping keys anew."""

import asyncio
import logging
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

from bot import zones
from bot.actions import open_capsules, open_rounds
from bot.actions.lapse_rounds import lapse_due
from bot.actions.move_talks import move_due
from bot.actions.open_rounds import House
from bot.actions.pulse import ask_due, bring_back
from bot.actions.unplaced import let_go_unplaced
from bot.practice.ids import CoupleId
from storage.database import Database
from storage.leaders import Leadership
from storage.sweep import Keep, put_right, sweep
from storage.unit import Unit

log = logging.getLogger(__name__)

DUE_AT_ONCE = 100  # couples in one transaction of the heartbeat: people's updates wait no longer than that
SWEPT_AT_ONCE = 500
REWRAPPED_AT_ONCE = 200
SWEEP_EVERY = timedelta(hours=1)


class Upkeep:
    """Opens what is due, and tidies once an hour. `hurry` is set where that is due at once."""

    def __init__(self, database: Database, house: House, keep: Keep) -> None:
        self._database = database
        self._house = house
        self._keep = keep
        self._swept_at: datetime | None = None
        self._rules_heeded = False
        self.hurry = asyncio.Event()
        self.leading: Leadership | None = None  # what is done when another process leads is not kept

    def tidy_now(self) -> None:
        """Sweep and wrap keys anew at once, not within the hour: for an operator who has added a key."""
        self._swept_at = None
        self.hurry.set()

    async def beat(self, now: datetime) -> datetime | None:
        """Open what is due and let lapse what is over, in bounded transactions; tell when something falls due next."""
        if not self._rules_heeded:
            await self._heed_new_rules(now)
        async with self._unit(now) as work:
            due = await work.next_due()
        opening, closing, talk, pulse = due.opening, due.closing, due.talk, due.pulse
        if due.waiting is not None:
            await self._open_letters(now)
        opened = opening is not None and opening <= now
        if opened:
            opening = await self._open(now)
        if opened or (closing is not None and closing <= now):
            closing = await self._lapse(now)
        if talk is not None and talk <= now:
            talk = await self._move_talks(now)
        if pulse is not None and pulse <= now:
            pulse = await self._ask_about_weeks(now)
        sweep_at = await self._sweep(now)
        moments = (opening, closing, talk, pulse, due.letter, sweep_at)
        return min(moment for moment in moments if moment)

    def _unit(self, now: datetime) -> AbstractAsyncContextManager[Unit]:
        return self._database.unit(now, under=self.leading)

    async def _open(self, now: datetime) -> datetime | None:
        """Open what is due; tell when the next opening is."""
        while True:
            async with self._unit(now) as work:
                due, following = await work.couples.due(now, DUE_AT_ONCE)
                failed = await open_rounds.open_due(work, due, self._house) if due else {}
                if due:
                    following = await work.couples.next_due()
            for couple, failure in failed.items():
                log.error("Couple %d was not opened: %s", couple, type(failure).__name__)
            if len(due) < DUE_AT_ONCE:
                return following

    async def _lapse(self, now: datetime) -> datetime | None:
        """Let rounds lapse whose two weeks are over; tell when the next one's are."""
        while True:
            async with self._unit(now) as work:
                lapsed, following, failed = await lapse_due(work, DUE_AT_ONCE)
            for round_, failure in failed.items():
                log.error("Nobody was told that round %d is over: %s", round_, type(failure).__name__)
            if lapsed < DUE_AT_ONCE:
                return following

    async def _move_talks(self, now: datetime) -> datetime | None:
        """Move talks that are due; tell when the next one is."""
        moved = DUE_AT_ONCE
        while moved == DUE_AT_ONCE:
            async with self._unit(now) as work:
                moved, failed = await move_due(work, DUE_AT_ONCE)
                following = await work.talks.next_due()
            for talk, failure in failed.items():
                log.error("Talk %d was not moved: %s", talk, type(failure).__name__)
        return following

    async def _open_letters(self, now: datetime) -> None:
        """Open letters whose day and hour have come; what has to wait is looked at by the next beat after an hour."""
        opened = DUE_AT_ONCE
        while opened == DUE_AT_ONCE:
            async with self._unit(now) as work:
                opened, failed = await open_capsules.open_due(work, DUE_AT_ONCE)
            for capsule, failure in failed.items():
                log.error("Letter %d was not opened: %s", capsule, type(failure).__name__)

    async def _ask_about_weeks(self, now: datetime) -> datetime | None:
        """Ask those how their week was whose hour has come; tell when the next hour comes."""
        while True:
            async with self._unit(now) as work:
                asked, following, failed = await ask_due(work, DUE_AT_ONCE)
            for partner, failure in failed.items():
                log.error("Partner %d was not asked about the week: %s", partner, type(failure).__name__)
            if asked < DUE_AT_ONCE:
                return following

    async def _heed_new_rules(self, now: datetime) -> None:
        """Plan openings anew where the time zone data is of another release than they were planned by."""
        release = zones.RELEASE.name
        if await self._database.planned_by(now) != release:
            looked, moved = [CoupleId(0)], 0
            while looked:
                async with self._unit(now) as work:
                    looked, changed = await open_rounds.heed_new_rules(work, looked[-1], DUE_AT_ONCE)
                moved += changed
            await self._database.know_planned_by(release, now)
            log.info("%d openings are planned anew by the time zone data %s", moved, release)
        self._rules_heeded = True

    async def _sweep(self, now: datetime) -> datetime:
        """Delete what has served its time, once an hour; tell when next."""
        if self._swept_at is None or not timedelta(0) <= now - self._swept_at < SWEEP_EVERY:
            # An hour has passed in an hour: a clock that was put wrong at the start is right by then.
            steady = self._swept_at is not None and SWEEP_EVERY <= now - self._swept_at < 2 * SWEEP_EVERY
            self._swept_at = now
            await self._let_go(now)
            deleted = SWEPT_AT_ONCE
            while deleted == SWEPT_AT_ONCE:
                async with self._unit(now) as work:
                    deleted = await sweep(work, SWEPT_AT_ONCE, self._keep)
            await self.rewrap()
            if steady:
                await self._bring_back(now)
                await self._put_right(now)
        return self._swept_at + SWEEP_EVERY

    async def _let_go(self, now: datetime) -> None:
        """Let go words that have waited for a day, before they are swept without a word."""
        found = DUE_AT_ONCE
        while found == DUE_AT_ONCE:
            async with self._unit(now) as work:
                found = await let_go_unplaced(work, DUE_AT_ONCE)

    async def _bring_back(self, now: datetime) -> None:
        """Plan anew what a clock that was wrong has planned too far ahead."""
        found = DUE_AT_ONCE
        while found == DUE_AT_ONCE:
            async with self._unit(now) as work:
                found = await open_rounds.bring_back(work, DUE_AT_ONCE)
            if found:
                log.warning(
                    "%d openings were planned by a clock that was wrong: they are planned anew", found
                )
        found = DUE_AT_ONCE
        while found == DUE_AT_ONCE:
            async with self._unit(now) as work:
                found = await bring_back(work, DUE_AT_ONCE)

    async def _put_right(self, now: datetime) -> None:
        """Let leave what was queued for too far ahead."""
        found = SWEPT_AT_ONCE
        while found == SWEPT_AT_ONCE:
            async with self._unit(now) as work:
                found = await put_right(work, SWEPT_AT_ONCE)

    async def rewrap(self) -> None:
        """Wrap everybody's key by the operator's newest one, if there is a new one."""
        while await self._database.rewrap(REWRAPPED_AT_ONCE):
            pass
