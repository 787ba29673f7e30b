-- A weekly pulse: when somebody wants to be asked, and what they tapped, sealed under their own key.

CREATE TABLE pulse_plans (
    partner_id BIGINT   NOT NULL PRIMARY KEY REFERENCES partners (id),
    weekday    SMALLINT NOT NULL,            -- 0 is Monday
    minute     SMALLINT NOT NULL,            -- minute of the day in their own zone
    asks       SMALLINT NOT NULL,
    dark       SMALLINT NOT NULL,            -- how their picture is drawn
    asked      TEXT,                         -- Monday of the week asked about last, YYYY-MM-DD
    due_at     BIGINT                        -- NULL: not asked
);
CREATE INDEX pulse_plans_due ON pulse_plans (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE pulses (
    partner_id  BIGINT NOT NULL REFERENCES partners (id),
    week        TEXT   NOT NULL,             -- its Monday, YYYY-MM-DD
    couple_id   BIGINT NOT NULL REFERENCES couples (id),
    body        BYTEA  NOT NULL,             -- sealed
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (partner_id, week)
);

ALTER TABLE seats ADD COLUMN lines_since BIGINT; -- since when they agree to look at both lines; NULL: they don't
