"""The sockets of a process on Linux, as the kernel tells of them."""

from dataclasses import dataclass
from pathlib import Path

LISTENS = "0A"
ACCEPTS = 0x10000  # the flag of a Unix socket that listens
STATE, INODE = 3, 9  # columns of /proc/net/tcp and udp
UNIX_FLAGS, UNIX_INODE = 3, 6


@dataclass(frozen=True)
class Door:
    """A socket by which something could come in: a listening one, or any for datagrams."""

    kind: str
    address: str


def doors(process: int) -> list[Door]:
    """Tell the doors that a process keeps open."""
    own = _own(process)
    found = []
    for kind in ("tcp", "tcp6", "udp", "udp6"):
        for row in _table(process, kind):
            listens = row[STATE] == LISTENS or kind.startswith("udp")
            if listens and int(row[INODE]) in own:
                found.append(Door(kind, row[1]))
    return found + [
        Door("unix", row[-1])
        for row in _table(process, "unix")
        if int(row[UNIX_FLAGS], 16) & ACCEPTS and int(row[UNIX_INODE]) in own
    ]


def connections(process: int) -> int:
    """Count a process's TCP sockets of any kind."""
    own = _own(process)
    return sum(int(row[INODE]) in own for kind in ("tcp", "tcp6") for row in _table(process, kind))


def _own(process: int) -> set[int]:
    links = [_link(path) for path in Path(f"/proc/{process}/fd").iterdir()]
    return {int(link[len("socket:[") : -1]) for link in links if link.startswith("socket:[")}


def _link(path: Path) -> str:
    try:
        return str(path.readlink())
    except FileNotFoundError:  # closed meanwhile
        return ""


def _table(process: int, name: str) -> list[list[str]]:
    try:
        lines = Path(f"/proc/{process}/net/{name}").read_text("ascii", "replace").splitlines()
    except FileNotFoundError:  # a machine without IPv6
        return []
    return [line.split() for line in lines[1:]]
