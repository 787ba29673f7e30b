-- The month that a couple's last page was about, by its first day, YYYY-MM-DD; NULL: none has come.
ALTER TABLE couples ADD COLUMN month_back TEXT;
