-- Which themes a person has said yes to, and which they have seen opened by both: sealed, for a yes is nobody else's.
ALTER TABLE partners ADD COLUMN themes BYTEA;
ALTER TABLE partners ADD COLUMN shared BYTEA;
-- The theme that they would like this week, and since when.
ALTER TABLE partners ADD COLUMN wish BYTEA;
ALTER TABLE partners ADD COLUMN wished_at BIGINT;
