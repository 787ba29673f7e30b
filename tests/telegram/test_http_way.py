"""The way to Telegram on other people's machines: proxies, certificates, slow lines, a Bot API server of one's own."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot import needs
from bot.screens.call import File
from bot.telegram.client import BotApi
from bot.telegram.http import READ_TIMEOUT, AioRequest, NotSent, Untrusted, cause, proxy_for

TOKEN = "123456:secret-of-the-bot"  # noqa: S105 (opens nothing)
OK = {"ok": True, "result": True}


Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


async def taken(_request: web.BaseRequest) -> web.StreamResponse:
    """Take any call."""
    return web.json_response(OK)


@asynccontextmanager
async def a_server(answer: Answer, certificate: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Give one answer to every request, whatever its method; gives the port."""
    runner = web.ServerRunner(web.Server(answer, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=certificate).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Begin without a proxy."""
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


async def test_a_call_goes_by_the_proxy_that_the_environment_names(environment: pytest.MonkeyPatch) -> None:
    """A host that this machine cannot find by itself is reached."""
    async with a_server(taken) as port:
        environment.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        async with AioRequest() as request:
            assert (await BotApi(request, "http://telegram.invalid/bot", TOKEN).call("getMe", {})).ok


@pytest.mark.parametrize("status", [403, 407])
async def test_a_proxy_that_refuses_is_named(environment: pytest.MonkeyPatch, status: int) -> None:
    """Nothing was sent, and the line says what stands in the way."""

    async def refuse(_request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=status)

    async with a_server(refuse) as port:
        environment.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        async with AioRequest() as request:
            with pytest.raises(NotSent, match="the proxy refuses"):
                await BotApi(request, "https://telegram.invalid/bot", TOKEN).call("getMe", {})
    async with AioRequest() as request:
        with pytest.raises(NotSent, match="HTTPS_PROXY cannot be reached"):
            await BotApi(request, "https://telegram.invalid/bot", TOKEN).call("getMe", {})


def test_this_machine_is_reached_without_a_proxy(environment: pytest.MonkeyPatch) -> None:
    """So that demo and rehearse work behind one; NO_PROXY names others."""
    environment.setenv("HTTP_PROXY", "http://proxy.invalid:3128")
    environment.setenv("HTTPS_PROXY", "http://proxy.invalid:3128")
    environment.setenv("NO_PROXY", ".example.org")
    assert proxy_for("https://api.telegram.org") == "http://proxy.invalid:3128"
    for direct in (
        "http://127.0.0.1:8080",
        "http://localhost:80",
        "http://[::1]:80",
        "https://bots.example.org",
    ):
        assert proxy_for(direct) is None


def self_signed(folder: Path) -> ssl.SSLContext:
    """Make a certificate that nobody vouches for."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")]),
    )
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1)
    )
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both.pem").write_bytes(private + pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context


async def test_a_certificate_that_is_not_trusted_is_named(tmp_path: Path) -> None:
    """As one of a proxy that looks into what it passes on; the line says what to set."""
    async with a_server(taken, self_signed(tmp_path)) as port, AioRequest() as request:
        with pytest.raises(Untrusted, match="SSL_CERT_FILE") as caught:
            await BotApi(request, f"https://127.0.0.1:{port}/bot", TOKEN).call("getMe", {})
    assert "ca-certificates" in cause(caught.value)
    assert TOKEN not in f"{caught.value!r}"


def test_a_large_file_is_given_time_on_a_slow_line() -> None:
    """Three megabytes at an eighth of a megabit a second are minutes, and silence is no failure meanwhile."""
    request = AioRequest()
    small, large = request.timeouts(), request.timeouts(size=3_000_000)
    assert small.sock_read == READ_TIMEOUT
    assert large.sock_read is not None
    assert large.sock_read > 180
    assert large.total is not None
    assert large.total > large.sock_read


async def test_a_slow_line_takes_a_large_file(tmp_path: Path) -> None:
    """The server is silent for longer than a small call may take, and the file arrives; of any size."""
    del tmp_path
    content = bytes(1_200_000)  # more than a megabyte: aiohttp warns of one that is written in one piece

    async def slow(request: web.BaseRequest) -> web.StreamResponse:
        assert sum([len(piece) async for piece in request.content.iter_any()]) > len(content)
        await asyncio.sleep(0.3)
        return web.json_response(OK)

    async with a_server(slow) as port, AioRequest(read_timeout=0.05) as request:
        api = BotApi(request, f"http://127.0.0.1:{port}/bot", TOKEN)
        assert (await api.call("sendDocument", {"chat_id": 1, "document": File("a.zip", content)})).ok


async def test_a_local_servers_file_is_read_from_its_disk(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """By the path that it names; where that can't be read, from its files' root, and the log says so once."""
    folder = tmp_path / TOKEN / "voice"
    folder.mkdir(parents=True)
    (folder / "one.oga").write_bytes(b"heard")

    async def served(request: web.BaseRequest) -> web.StreamResponse:
        there = request.path == f"/files/bot{TOKEN}/voice/two.oga"
        return web.Response(body=b"fetched", status=200 if there else 404)

    async with a_server(served) as port, AioRequest() as request:
        root = f"http://127.0.0.1:{port}"
        api = BotApi(request, f"{root}/bot", TOKEN, f"{root}/files")
        assert await api.download(f"{folder}/one.oga") == b"heard"
        with caplog.at_level(logging.WARNING):
            for _ in range(2):
                assert await api.download(f"/elsewhere/{TOKEN}/voice/two.oga") == b"fetched"
        telegrams = BotApi(request, "https://api.telegram.org/bot", TOKEN, f"{root}/nothing")
        assert await telegrams.download(f"{folder}/one.oga") is None
    (told,) = caplog.messages
    assert "ATTUNE_FILE_URL" in told
    assert TOKEN not in told


def test_an_old_server_is_told() -> None:
    """By what its getMe does not name yet."""
    assert needs.old_server({"id": 1, "can_connect_to_business": False}) == ""
    assert "older than 7.2" in needs.old_server({"id": 1, "supports_inline_queries": False})
