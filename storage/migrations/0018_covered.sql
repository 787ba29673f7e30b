-- A part over which its author has put a spoiler stays covered, whatever its reader has chosen.

ALTER TABLE pieces ADD COLUMN covered SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE kept ADD COLUMN covered SMALLINT NOT NULL DEFAULT 0;
