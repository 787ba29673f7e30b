"""Behaviour: what happens, when, and to whom."""
