-- A sentence of the other's revealed words that a reader has marked for themselves: where it stands, and no words.
CREATE TABLE highlights (
    id        BIGINT  NOT NULL PRIMARY KEY,
    reader_id BIGINT  NOT NULL REFERENCES partners (id),
    author_id BIGINT  NOT NULL REFERENCES partners (id),
    round_id  BIGINT  NOT NULL REFERENCES rounds (id),
    slot      TEXT    NOT NULL,
    piece_id  BIGINT  NOT NULL,
    start_at  INTEGER NOT NULL,  -- characters
    end_at    INTEGER NOT NULL,
    made_at   BIGINT  NOT NULL,
    told_at   BIGINT,            -- when its author was told, by a press of the reader's
    UNIQUE (reader_id, piece_id, start_at)
);
CREATE INDEX highlights_by_words ON highlights (author_id, round_id);
