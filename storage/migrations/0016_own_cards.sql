-- A card that a person wrote for the two of them: sealed under its author's key.
CREATE TABLE own_cards (
    id        BIGINT NOT NULL PRIMARY KEY,
    author_id BIGINT NOT NULL REFERENCES partners (id),
    couple_id BIGINT NOT NULL REFERENCES couples (id),
    body      BYTEA  NOT NULL,
    made_at   BIGINT NOT NULL,
    ready_at  BIGINT,                            -- when its author let it come; NULL: a draft
    round_id  BIGINT REFERENCES rounds (id)      -- the round that it came in
);
CREATE INDEX own_cards_by_author ON own_cards (author_id, ready_at);
CREATE INDEX own_cards_waiting ON own_cards (couple_id, ready_at) WHERE ready_at IS NOT NULL AND round_id IS NULL;

ALTER TABLE rounds ADD COLUMN own_card BIGINT; -- the one that this round asks, in place of a prompt's words
