-- When a person was last told what their response leaves out: once a week at most.
ALTER TABLE partners ADD COLUMN missing_at BIGINT;
