-- The first schema. Only what SQLite 3.40 and PostgreSQL 15 both speak: ids are made by us (BIGINT),
-- instants are microseconds since 1970 in UTC (BIGINT), truth is 0 or 1 (SMALLINT), ciphertext is BYTEA
-- (which SQLite keeps as a blob).

-- What the database knows about itself: "key:N" tells one of the operator's keys from any other,
-- "tombstone" is the last forgetting that has taken effect here.
CREATE TABLE notes (
    name  TEXT  NOT NULL PRIMARY KEY,
    value BYTEA NOT NULL
);

-- A person who has consented. Names are sealed under the person's own key.
CREATE TABLE partners (
    id             BIGINT   NOT NULL PRIMARY KEY,
    chat_id        BIGINT   NOT NULL UNIQUE,     -- Telegram's id of the private chat
    wrapped_key    BYTEA    NOT NULL,            -- this partner's key, wrapped by the operator's
    key_generation BIGINT   NOT NULL,            -- which of the operator's keys wraps it
    name           BYTEA    NOT NULL,            -- sealed
    username       BYTEA,                        -- sealed
    language       TEXT     NOT NULL,
    zone           TEXT,                         -- IANA name; NULL until they have said
    quiet_start    SMALLINT NOT NULL,            -- minutes of the day
    quiet_end      SMALLINT NOT NULL,
    reminders      SMALLINT NOT NULL,
    depth          SMALLINT NOT NULL,
    protect        SMALLINT NOT NULL,
    cover          SMALLINT NOT NULL,
    plain          SMALLINT NOT NULL,            -- prompts in literal words
    coach          SMALLINT NOT NULL,            -- suggestions on one's own wording
    suggested      TEXT,                         -- the last suggestion's kind: never twice in a row
    exported_at    BIGINT,                       -- at most one an hour
    helped_at      BIGINT,                       -- when help was last offered by itself
    resting        SMALLINT NOT NULL,
    reachable      SMALLINT NOT NULL,
    expecting      TEXT     NOT NULL,            -- what the next plain words are for
    expecting_round BIGINT,
    starter        TEXT,                         -- the id of the starter that was picked
    consented_at   BIGINT   NOT NULL,
    acted_at       BIGINT                        -- replies soon after an own act are never held
);
CREATE INDEX partners_by_key_generation ON partners (key_generation);

CREATE TABLE couples (
    id           BIGINT   NOT NULL PRIMARY KEY,
    minute       SMALLINT NOT NULL,              -- the couple's hour, minute of the day
    weekdays     SMALLINT NOT NULL,              -- bit 0 is Monday
    zone         TEXT     NOT NULL,              -- of whoever last set the hour
    set_by       BIGINT,                         -- who set the hour; NULL: nobody yet, the zone is provisional
    last_opening BIGINT   NOT NULL,
    last_date    TEXT     NOT NULL,              -- local date, YYYY-MM-DD
    next_opening BIGINT,                         -- NULL: nothing is due
    kept         BIGINT   NOT NULL,              -- revealed rounds; never falls
    lapses       BIGINT   NOT NULL,              -- in a row
    arc          TEXT,                           -- the week's thread in progress
    parted_at    BIGINT
);
-- The database is the schedule: a tick costs what is due.
CREATE INDEX couples_due ON couples (next_opening) WHERE next_opening IS NOT NULL AND parted_at IS NULL;

-- Who is in which couple. `active` is 1 while the couple lasts: one couple a partner at a time.
-- No foreign key to partners: a forgotten partner's seat stays, an empty number.
CREATE TABLE seats (
    couple_id  BIGINT   NOT NULL REFERENCES couples (id),
    seat       SMALLINT NOT NULL,                -- 0: the inviter
    partner_id BIGINT   NOT NULL,
    active     SMALLINT NOT NULL,
    rest_told  SMALLINT NOT NULL,                -- has heard the one sentence of this rest
    PRIMARY KEY (couple_id, seat)
);
CREATE UNIQUE INDEX one_couple_a_partner ON seats (partner_id) WHERE active = 1;
CREATE INDEX seats_by_partner ON seats (partner_id);

CREATE TABLE rounds (
    id          BIGINT   NOT NULL PRIMARY KEY,
    couple_id   BIGINT   NOT NULL REFERENCES couples (id),
    local_date  TEXT     NOT NULL,
    prompt      TEXT     NOT NULL,
    arc         TEXT,
    ordinal     BIGINT   NOT NULL,               -- rounds of this couple before it
    swapped     SMALLINT NOT NULL,               -- which seat has the first side
    state       TEXT     NOT NULL,
    opened_at   BIGINT   NOT NULL,
    revealed_at BIGINT,
    ended_at    BIGINT,
    UNIQUE (couple_id, local_date)
);
CREATE INDEX rounds_newest ON rounds (couple_id, ordinal);

-- One partner's part in a round.
CREATE TABLE turns (
    round_id   BIGINT   NOT NULL REFERENCES rounds (id),
    seat       SMALLINT NOT NULL,
    partner_id BIGINT   NOT NULL,
    sealed_at  BIGINT,
    declined   SMALLINT NOT NULL,
    thread     TEXT     NOT NULL,
    heard      TEXT,
    talked     SMALLINT NOT NULL,                -- "we talked", marked in this partner's journal
    PRIMARY KEY (round_id, seat)
);
CREATE INDEX turns_by_partner ON turns (partner_id, round_id);

-- Which prompts a person has seen, with whomever.
CREATE TABLE seen_prompts (
    partner_id BIGINT NOT NULL,
    prompt     TEXT   NOT NULL,
    seen_at    BIGINT NOT NULL,
    PRIMARY KEY (partner_id, prompt)
);

-- A partner's words in one slot of a round; the parts hold the words.
CREATE TABLE drafts (
    round_id     BIGINT NOT NULL REFERENCES rounds (id),
    author_id    BIGINT NOT NULL REFERENCES partners (id),
    slot         TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    committed_at BIGINT,                          -- sealed or sent
    PRIMARY KEY (round_id, author_id, slot)
);
CREATE INDEX drafts_by_author ON drafts (author_id);

CREATE TABLE pieces (
    id        BIGINT   NOT NULL PRIMARY KEY,
    round_id  BIGINT   NOT NULL,
    author_id BIGINT   NOT NULL,
    slot      TEXT     NOT NULL,
    position  SMALLINT NOT NULL,
    kind      TEXT     NOT NULL,
    body      BYTEA    NOT NULL,                  -- sealed under the author's key
    file      BYTEA,                              -- sealed
    source    BIGINT   NOT NULL,                  -- the message it came in
    FOREIGN KEY (round_id, author_id, slot) REFERENCES drafts (round_id, author_id, slot)
);
CREATE INDEX pieces_of_draft ON pieces (round_id, author_id, slot);
CREATE INDEX pieces_by_source ON pieces (author_id, source);

CREATE TABLE invites (
    id         BIGINT NOT NULL PRIMARY KEY,
    inviter_id BIGINT NOT NULL REFERENCES partners (id),
    joiner_id  BIGINT,
    code_hash  BYTEA  NOT NULL UNIQUE,
    code       BYTEA  NOT NULL,                   -- sealed under the inviter's key
    state      TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX invites_by_inviter ON invites (inviter_id, state);
CREATE INDEX invites_by_joiner ON invites (joiner_id, state);
CREATE INDEX invites_by_age ON invites (expires_at);

-- One row is one Telegram call. No words.
CREATE TABLE outbox (
    id         BIGINT   NOT NULL PRIMARY KEY,
    dedupe     TEXT     UNIQUE,
    kind       TEXT     NOT NULL,
    chat_id    BIGINT   NOT NULL,
    partner_id BIGINT,
    couple_id  BIGINT,
    round_id   BIGINT,
    about_id   BIGINT,
    ids        TEXT     NOT NULL,                 -- JSON: the other ids, numbers and keys
    priority   SMALLINT NOT NULL,
    due_at     BIGINT   NOT NULL,
    not_after  BIGINT,
    state      TEXT     NOT NULL,                 -- queued, leased, sent, failed, withdrawn
    attempts   BIGINT   NOT NULL,
    message_id BIGINT,                            -- Telegram's, for later edits
    settled_at BIGINT
);
CREATE INDEX outbox_due ON outbox (priority, due_at, id) WHERE state = 'queued';
CREATE INDEX outbox_leased ON outbox (id) WHERE state = 'leased';
CREATE INDEX outbox_by_chat ON outbox (chat_id, state);
CREATE INDEX outbox_by_partner ON outbox (partner_id, state);
CREATE INDEX outbox_by_couple ON outbox (couple_id, state);
CREATE INDEX outbox_by_round ON outbox (round_id, partner_id, kind);
CREATE INDEX outbox_about ON outbox (about_id, state);
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;

-- Chats that must wait: nothing that is queued for one is leased before the instant.
CREATE TABLE holds (
    chat_id BIGINT NOT NULL PRIMARY KEY,
    until   BIGINT NOT NULL
);
CREATE INDEX holds_by_end ON holds (until);

-- Updates that have taken effect: a repeated one does nothing.
CREATE TABLE updates (
    id      BIGINT NOT NULL PRIMARY KEY,
    seen_at BIGINT NOT NULL
);
CREATE INDEX updates_by_age ON updates (seen_at);
