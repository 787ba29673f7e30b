-- Which rounds a person has chosen for a page to print, and where each says yes to both's words on such a page.

ALTER TABLE turns ADD COLUMN on_page SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE turns ADD COLUMN page_yes SMALLINT NOT NULL DEFAULT 0; -- counts only where both have said it
