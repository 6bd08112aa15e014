"""The app served on this machine only, with headers that keep its pages to themselves."""

import base64
import gc
import hashlib
import re
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from unpinch import paths, store

HOSTS = ("localhost", "127.0.0.1")
WARM_UP_AFTER_S = 1.5
"""How long after the first visit the chart libraries are loaded, so that the first page comes before them."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


@cache
def inline_script_hashes() -> str:
    """The scripts inside the installed Streamlit's page, as a content security policy names them."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def headers(host: str) -> dict[bytes, bytes]:
    """What every answer carries. `blob:` is where Streamlit's components get their scripts from."""
    policy = (
        "default-src 'self'",
        f"script-src 'self' blob: {inline_script_hashes()}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        f"connect-src 'self' ws://{host}",  # older Safari does not count a websocket as 'self'
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
    powers = "geolocation=(), microphone=(), camera=(), payment=(), usb=(), screen-wake-lock=(self)"
    return {
        b"content-security-policy": "; ".join(policy).encode(),
        b"x-content-type-options": b"nosniff",
        b"x-frame-options": b"DENY",
        b"referrer-policy": b"no-referrer",
        b"cross-origin-opener-policy": b"same-origin",
        b"cross-origin-resource-policy": b"same-origin",
        b"permissions-policy": powers.encode(),
    }


class Guard:
    """Refuses foreign hosts and adds the headers. Plain ASGI: websockets and bodies pass untouched."""

    def __init__(self, app: Callable[[Message, Receive, Send], Awaitable[None]]) -> None:
        self.app = app
        self.visited = False

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        if not allowed(host):
            await _refuse(scope["type"], send)
            return
        if scope["type"] == "websocket":
            self._warm_up_once()
            await self.app(scope, receive, send)
            return
        private = scope["path"].startswith("/media/")

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = headers(host) | ({b"cache-control": b"no-store"} if private else {})
                kept = [(name, value) for name, value in message["headers"] if name.lower() not in ours]
                message["headers"] = [*kept, *ours.items()]
            await send(message)

        await self.app(scope, receive, with_headers)

    def _warm_up_once(self) -> None:
        if not self.visited:
            self.visited = True
            later = threading.Timer(WARM_UP_AFTER_S, warm_up)
            later.daemon = True
            later.start()


def allowed(host: str) -> bool:
    """Whether a Host header names this machine; else a page elsewhere had its own name rebound to it."""
    try:
        return urlsplit(f"//{host}").hostname in HOSTS and re.fullmatch(r"[\w.-]+(:\d+)?", host) is not None
    except ValueError:
        return False


def warm_up() -> None:
    """Load what charts need before somebody waits for it, and spare the collector what is loaded by then."""
    for name in ("pandas", "altair"):
        import_module(name)
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Before the first visit: pages only through app.py, the database up to date."""
    PagesManager.uses_pages_directory = False
    try:
        with store.connect(paths.database()):
            pass
    except store.StoreError as problem:  # the pages say it too; the terminal says it at once
        print(problem, file=sys.stderr)
    gc.collect()
    gc.freeze()
    yield


def plain_trouble(problem: Exception) -> bool:
    """Draw trouble with the file in plain words instead of an error; True when it was such trouble."""
    if isinstance(problem, store.StoreError):
        st.error(str(problem))
        return True
    return False


def serve(port: int, *, browser: bool) -> None:
    """Serve the app on 127.0.0.1 until it is stopped."""
    config = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.allowedHosts": list(HOSTS),
        "browser.gatherUsageStats": False,
        "runner.postScriptGC": False,
    }
    if not browser:
        config["server.headless"] = True
    sys.argv = [str(paths.APP)]  # Streamlit reads .streamlit/config.toml beside the script named here
    app = st.App(paths.APP, middleware=[Middleware(Guard)], lifespan=lifespan, on_script_error=plain_trouble)
    app.run(config=config)


async def _refuse(kind: str, send: Send) -> None:
    if kind == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"Unpinch answers to localhost only."})
