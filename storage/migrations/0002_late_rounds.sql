-- A round that was not revealed when the next one opened stays open for two weeks more.

ALTER TABLE rounds ADD COLUMN closes_at BIGINT; -- when they are over; NULL while its day lasts

CREATE INDEX rounds_live ON rounds (couple_id, state) WHERE state IN ('open', 'waiting', 'revealed');
CREATE INDEX rounds_shown ON rounds (couple_id, revealed_at) WHERE revealed_at IS NOT NULL;
CREATE INDEX rounds_closing ON rounds (closes_at) WHERE closes_at IS NOT NULL AND state IN ('open', 'waiting');
