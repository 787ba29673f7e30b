"""Behaviour: what happens, when, and to whom."""

from bot import zones as zones  # it chooses the time zone data, before anybody makes a zone
