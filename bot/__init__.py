"""Behaviour: what happens, when, and to whom."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (said before anything is read that an older one can't)
    sys.exit(f"Attune needs Python 3.11 or newer, and this is {sys.version.split(maxsplit=1)[0]}.")

from bot import zones as zones
