-- When each one's yes to ten minutes together was said: it holds until the end of that day.

ALTER TABLE turns ADD COLUMN together_at BIGINT;
