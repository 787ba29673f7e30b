-- When a person was last asked whether prompts may go deeper, and whether they have said no.
ALTER TABLE partners ADD COLUMN deeper_at BIGINT;
ALTER TABLE partners ADD COLUMN deeper_no SMALLINT NOT NULL DEFAULT 0;
