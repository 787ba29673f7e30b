-- When the bot asked for words last, and how often it has asked again: a question grows old.
ALTER TABLE partners ADD COLUMN expecting_since BIGINT;
ALTER TABLE partners ADD COLUMN expecting_mark BIGINT NOT NULL DEFAULT 0;
ALTER TABLE partners ADD COLUMN expecting_again SMALLINT NOT NULL DEFAULT 0;

-- Words that wait for their writer to say what they are for. They go within a day.
CREATE TABLE kept (
    id         BIGINT NOT NULL PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    kind       TEXT   NOT NULL,
    body       BYTEA  NOT NULL,                  -- sealed under the writer's key
    file       BYTEA,                            -- sealed
    source     BIGINT NOT NULL,                  -- the message they came in
    kept_at    BIGINT NOT NULL
);
CREATE INDEX kept_by_partner ON kept (partner_id, id);
CREATE INDEX kept_by_age ON kept (kept_at);
