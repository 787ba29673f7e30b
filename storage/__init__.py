"""Memory: the database, its migrations, its SQL, its locks and its keys."""
