"""One verb a file: load, decide with the pure rules, save, announce.

An action is given an open unit of work and never begins or commits one.
"""
