"""One call of the Bot API to make, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class File:
    """A file that is sent along, made in memory; its repr leaves the content out."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Call:
    """One Bot API call: its method and raw parameters, which its repr leaves out.

    A parameter's value is JSON's, or a `File`; None is left out.
    """

    method: str
    payload: Mapping[str, Any] = field(repr=False)
