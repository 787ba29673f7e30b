"""The pure rules of the practice: no clock, no database, no Telegram."""
