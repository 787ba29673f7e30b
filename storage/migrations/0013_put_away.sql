-- One's own words can be cleared from the chat when they are sealed, sent, or were practice.

ALTER TABLE partners ADD COLUMN put_away SMALLINT; -- NULL: not asked yet

-- Messages in a person's chat in which words of their own stand: numbers alone, and no words.
CREATE TABLE traces (
    partner_id BIGINT   NOT NULL REFERENCES partners (id),
    message_id BIGINT   NOT NULL,
    round_id   BIGINT   NOT NULL,                -- 0: practice
    slot       TEXT     NOT NULL,
    noted_at   BIGINT   NOT NULL,
    stays      SMALLINT NOT NULL,                -- Telegram does not delete it
    PRIMARY KEY (partner_id, message_id)
);
CREATE INDEX traces_of_words ON traces (partner_id, round_id, slot);
CREATE INDEX traces_by_age ON traces (noted_at);

INSERT INTO traces (partner_id, message_id, round_id, slot, noted_at, stays)
SELECT p.author_id, p.source, min(p.round_id), min(p.slot), min(r.opened_at), 0
FROM pieces AS p JOIN rounds AS r ON r.id = p.round_id
GROUP BY p.author_id, p.source;

-- A call for this row may have been taken by Telegram without our knowing: a second copy may stand in the chat.
ALTER TABLE outbox ADD COLUMN doubtful SMALLINT NOT NULL DEFAULT 0;
