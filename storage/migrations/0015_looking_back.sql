-- A round of a month or a year ago comes up again, at most once a month, unless one of the two finds it heavy.

ALTER TABLE couples ADD COLUMN looked_back_at BIGINT; -- NULL: never
ALTER TABLE turns ADD COLUMN heavy SMALLINT NOT NULL DEFAULT 0;
