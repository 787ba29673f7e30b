-- A dialogue, or what follows a quarrel: where it stands, and what each wrote for its steps, sealed under the author's key.
CREATE TABLE talks (
    id         BIGINT   NOT NULL PRIMARY KEY,
    couple_id  BIGINT   NOT NULL REFERENCES couples (id),
    kind       TEXT     NOT NULL,
    one_id     BIGINT   NOT NULL,                -- who asked for it; may have been forgotten since
    two_id     BIGINT   NOT NULL,
    asked_at   BIGINT   NOT NULL,
    moved_at   BIGINT   NOT NULL,
    state      TEXT     NOT NULL,
    asked      SMALLINT NOT NULL,                -- the seat whose yes is waited for
    sofa       SMALLINT NOT NULL,
    move       TEXT     NOT NULL,                -- of a dialogue
    speaker    SMALLINT NOT NULL,
    number     BIGINT   NOT NULL,
    one_sealed SMALLINT NOT NULL,                -- cards of a repair
    two_sealed SMALLINT NOT NULL,
    one_keeps  SMALLINT,                         -- NULL: not answered
    two_keeps  SMALLINT,
    back_at    BIGINT,
    due_at     BIGINT                            -- when the clock moves it
);
CREATE UNIQUE INDEX talks_live ON talks (couple_id) WHERE state IN ('asked', 'going', 'paused');
CREATE INDEX talks_by_couple ON talks (couple_id, id);
CREATE INDEX talks_due ON talks (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX talks_over ON talks (moved_at) WHERE state = 'over';
CREATE INDEX talks_by_one ON talks (one_id, id);
CREATE INDEX talks_by_two ON talks (two_id, id);

CREATE TABLE sayings (
    talk_id   BIGINT   NOT NULL REFERENCES talks (id),
    author_id BIGINT   NOT NULL REFERENCES partners (id),
    step      BIGINT   NOT NULL,
    label     TEXT     NOT NULL,                 -- which move or card it was
    version   BIGINT   NOT NULL,
    sent_at   BIGINT,
    PRIMARY KEY (talk_id, author_id, step)
);
CREATE INDEX sayings_by_author ON sayings (author_id);

CREATE TABLE said_pieces (
    id        BIGINT   NOT NULL PRIMARY KEY,
    talk_id   BIGINT   NOT NULL,
    author_id BIGINT   NOT NULL,
    step      BIGINT   NOT NULL,
    position  SMALLINT NOT NULL,
    kind      TEXT     NOT NULL,
    body      BYTEA    NOT NULL,                 -- sealed
    file      BYTEA,                             -- sealed
    source    BIGINT   NOT NULL,                 -- the message it came in
    album     TEXT,
    covered   SMALLINT NOT NULL,
    FOREIGN KEY (talk_id, author_id, step) REFERENCES sayings (talk_id, author_id, step)
);
CREATE INDEX said_pieces_of ON said_pieces (talk_id, author_id, step, position);
CREATE INDEX said_pieces_by_source ON said_pieces (author_id, source);
