"""The page's own server: its files with strict headers, and behind the token what a visitor sees and does.

The address carries the token after a `#`: that part never leaves the browser by itself, so neither a log nor
another site sees it; the page adds it to each request.
"""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.sandbox.door import check_place
from bot.sandbox.server import listen
from bot.sandbox.stage import live, routes
from bot.sandbox.stage.stage import Stage

FILES = Path(__file__).parent.parent / "page"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' blob:",
    "media-src": "blob:",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    # No string becomes markup or script, whoever forgets it in the page's code.
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
_LAST_ANSWERS = 0.2  # seconds that requests under way get at the end


@dataclass(frozen=True, slots=True)
class Page:
    """A page being served; `url` is what to open in a browser, token and all."""

    port: int
    stage: Stage
    passes: set[str]

    @property
    def root(self) -> str:
        """Return the address without the token."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def url(self) -> str:
        """Return the address with the token."""
        return f"{self.root}#{self.stage.token}"

    def once(self) -> str:
        """Return an address that leads to the page once: for a command line, which others may see."""
        code = secrets.token_urlsafe(18)
        self.passes.add(code)
        return f"{self.root}enter/{code}"


@asynccontextmanager
async def serve_page(stage: Stage, *, port: int = 0) -> AsyncIterator[Page]:
    """Serve the page on this machine until the block ends; raises OSError for a port in use."""
    passes: set[str] = set()
    runner = web.AppRunner(_make_app(stage, passes), access_log=None, shutdown_timeout=_LAST_ANSWERS)
    await runner.setup()
    try:
        sock = listen("127.0.0.1", port)
        await web.SockSite(runner, sock).start()
        yield Page(sock.getsockname()[1], stage, passes)
    finally:
        await runner.cleanup()


def _make_app(stage: Stage, passes: set[str]) -> web.Application:
    app = web.Application(middlewares=[_dress])
    app.router.add_get("/enter/{code}", partial(_enter, stage, passes))
    app.router.add_get("/live", partial(_live, stage))
    app.router.add_get("/words.json", partial(_say, stage))
    app.router.add_get("/shown/{code}", stage.shown.give)
    app.add_subapp("/api", routes.make_api(stage))
    app.router.add_get("/{path:.*}", partial(_give, _read_files()))
    return app


@web.middleware
async def _dress(request: web.Request, handler: routes.Handler) -> web.StreamResponse:
    """Check where a request comes from, and put the headers on every answer."""
    try:
        check_place(request)
    except PermissionError as error:
        return web.json_response({"error": str(error)}, status=403, headers=HEADERS)
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(HEADERS)
        raise
    if not response.prepared:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
    return response


async def _live(stage: Stage, request: web.Request) -> web.StreamResponse:
    return await live.handle(request, stage)


async def _enter(stage: Stage, passes: set[str], request: web.Request) -> web.StreamResponse:
    """Lead to the page, once for each pass."""
    code = request.match_info["code"]
    if code not in passes:
        return web.Response(
            text="This address has been used. Open the one that the terminal shows.", status=403
        )
    passes.discard(code)
    raise web.HTTPSeeOther(f"/#{stage.token}")


def _read_files() -> dict[str, tuple[bytes, str]]:
    """Read every file once: what isn't read at the start is never served."""
    found = {
        path.relative_to(FILES).as_posix(): (path.read_bytes(), _TYPES[path.suffix])
        for path in sorted(FILES.rglob("*"))
        if path.suffix in _TYPES
    }
    return found | {"": found["index.html"]}


async def _say(stage: Stage, request: web.Request) -> web.Response:
    """Give the page's words; they are no secret."""
    del request
    return web.json_response(stage.words.shown)


async def _give(files: dict[str, tuple[bytes, str]], request: web.Request) -> web.StreamResponse:
    file = files.get(request.match_info["path"])
    if file is None:
        return web.Response(text="There is nothing here.", status=404)
    return web.Response(body=file[0], content_type=file[1], charset="utf-8")
