-- What somebody wrote as the neutral friend: sealed under their key, and destroyed after a day unless they keep it.

CREATE TABLE sittings (
    id         BIGINT NOT NULL PRIMARY KEY,
    partner_id BIGINT NOT NULL REFERENCES partners (id),
    body       BYTEA  NOT NULL,
    begun_at   BIGINT NOT NULL,
    kept_at    BIGINT                        -- NULL: it waits for a word on that
);
CREATE INDEX sittings_by_partner ON sittings (partner_id, kept_at);
CREATE INDEX sittings_waiting ON sittings (begun_at) WHERE kept_at IS NULL;

ALTER TABLE partners ADD COLUMN friend_at BIGINT; -- when it was last offered, or begun; NULL: never
