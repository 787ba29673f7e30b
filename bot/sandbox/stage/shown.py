"""A file's page, shown inside the visitor's own: a keepsake opens where it has arrived.

A frame can send no token, so whoever has it asks for an address that leads to the page once. What is served
there has no origin, no scripts and no network: whatever a file holds, it can be looked at and do nothing.
"""

import io
import secrets
import zipfile
from collections import OrderedDict

from aiohttp import web

from bot.sandbox.files import StoredFile
from bot.sandbox.view import PhoneError

MOST = 20 * 1024 * 1024  # bytes of a page
KEPT = 8  # addresses that nobody has opened yet
HEADERS = {
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "Cache-Control": "no-store",
}
NO_PAGE = "no_page"  # what the page says of it


class Shown:
    """Pages that wait to be looked at, each once."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, bytes] = OrderedDict()

    def add(self, file: StoredFile) -> str:
        """Take the page in a file; return its address. Raises PhoneError where there is none, or a huge one."""
        page = _page_in(file)
        code = secrets.token_urlsafe(18)
        self._pages[code] = page
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        return f"/shown/{code}"

    async def give(self, request: web.Request) -> web.StreamResponse:
        """Serve a page, once."""
        page = self._pages.pop(request.match_info["code"], None)
        if page is None:
            return web.Response(text="This has been looked at. Open the file again.", status=404)
        return web.Response(body=page, content_type="text/html", charset="utf-8", headers=HEADERS)


def _page_in(file: StoredFile) -> bytes:
    """Find a file's page: its own, or the first in an archive."""
    if file.name.lower().endswith((".html", ".htm")):
        return file.data
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            found = next((one for one in archive.infolist() if one.filename.lower().endswith(".html")), None)
            if found is not None and found.file_size <= MOST:
                return archive.read(found)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        pass
    raise PhoneError(NO_PAGE)
