"""Handlers only write: each reads what arrived, calls one action with the open unit of work, and returns."""
