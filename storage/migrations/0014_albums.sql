-- Pictures that were sent together are one part: Telegram's mark of the album, which tells nothing of it.

ALTER TABLE pieces ADD COLUMN album TEXT;
ALTER TABLE kept ADD COLUMN album TEXT;
