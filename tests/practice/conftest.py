"""Settings of the property tests: a machine that is busy elsewhere must not fail one."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
