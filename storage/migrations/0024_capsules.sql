-- A letter of one's own to the other, which opens on a day that its author has chosen: sealed under the author's key.
CREATE TABLE capsules (
    id        BIGINT  NOT NULL PRIMARY KEY,
    author_id BIGINT  NOT NULL REFERENCES partners (id),
    couple_id BIGINT  NOT NULL REFERENCES couples (id),
    version   INTEGER NOT NULL,
    made_at   BIGINT  NOT NULL,
    opens_on  TEXT,
    opens_at  BIGINT,                            -- its day at the couple's hour
    look_at   BIGINT,                            -- when it is looked at again: it was late, or one of them rested
    sealed_at BIGINT,                            -- NULL: a draft
    opened_at BIGINT
);
CREATE INDEX capsules_by_author ON capsules (author_id);
CREATE INDEX capsules_by_couple ON capsules (couple_id, opened_at);
CREATE INDEX capsules_waiting ON capsules (opens_at) WHERE sealed_at IS NOT NULL AND opened_at IS NULL;

CREATE TABLE capsule_pieces (
    id         BIGINT   NOT NULL PRIMARY KEY,
    capsule_id BIGINT   NOT NULL REFERENCES capsules (id),
    position   INTEGER  NOT NULL,
    kind       TEXT     NOT NULL,
    body       BYTEA    NOT NULL,
    file       BYTEA,
    source     BIGINT   NOT NULL,
    album      TEXT,
    covered    SMALLINT NOT NULL,
    covers     TEXT
);
CREATE INDEX capsule_pieces_of_one ON capsule_pieces (capsule_id, position);
