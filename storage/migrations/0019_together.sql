-- Each one's yes to ten minutes together in a round, and the small thing that came of it where both said yes.

ALTER TABLE turns ADD COLUMN together TEXT;
ALTER TABLE rounds ADD COLUMN thing TEXT;
