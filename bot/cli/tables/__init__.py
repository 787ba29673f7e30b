"""What a command prints as tables: the library in numbers, a year as a couple gets it."""
