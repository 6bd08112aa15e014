"""The app answers this machine only, and every answer carries the headers."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from unpinch import server

REPO = Path(__file__).resolve().parents[1]
CONFIG = tomllib.loads((REPO / ".streamlit" / "config.toml").read_text("utf-8"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The app as `unpinch --no-browser` serves it, started from a folder of no meaning."""
    folder = tmp_path_factory.mktemp("served")
    number = free_port()
    program = "from unpinch.cli import run; run()"
    command = [sys.executable, "-c", program, "--no-browser", "--port", str(number)]
    environment = {**os.environ, "UNPINCH_DB": str(folder / "unpinch.db"), "PYTHONPATH": str(REPO)}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert any("URL" in line for line in iter(process.stdout.readline, "")), "it ended before it served"
    yield number
    process.terminate()
    process.wait(timeout=20)


def get(port: int, path: str = "/", **headers: str) -> tuple[int, dict[str, str], str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, lowered(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, lowered(refusal.headers), ""


def lowered(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def upgrade(port: int, host: str, origin: str) -> str:
    """The first line of the answer to a websocket's request."""
    lines = (
        "GET /_stcore/stream HTTP/1.1", f"Host: {host}", f"Origin: {origin}",
        "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==", "", "",
    )  # fmt: skip
    with socket.create_connection(("127.0.0.1", port), timeout=20) as conn:
        conn.sendall("\r\n".join(lines).encode())
        return conn.recv(200).decode("latin-1").splitlines()[0]


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/trends", "/no-such-thing.js", "/media/none"])
def test_every_answer_carries_the_headers(port: int, path: str) -> None:
    headers = get(port, path)[1]
    policy = headers["content-security-policy"]
    for part in ("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'"):
        assert part in policy
    assert f"connect-src 'self' ws://127.0.0.1:{port};" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' blob: 'sha256-" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_what_a_person_downloads_is_not_kept_by_the_browser(port: int) -> None:
    assert get(port, "/media/none")[1]["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "localhost.evil.example", "169.254.1.1"])
def test_a_foreign_host_is_refused(port: int, host: str) -> None:
    assert get(port, Host=host)[0] == 403
    assert " 403 " in upgrade(port, host, f"http://{host}")


def test_this_machine_is_answered_under_both_its_names(port: int) -> None:
    for host in (f"localhost:{port}", f"127.0.0.1:{port}"):
        assert get(port, Host=host)[0] == 200
        assert " 101 " in upgrade(port, host, f"http://{host}")


def test_a_page_of_another_origin_gets_no_websocket(port: int) -> None:
    assert " 403 " in upgrade(port, f"localhost:{port}", "http://evil.example")


def test_no_other_address_of_the_machine_is_served(port: int) -> None:
    addresses = {found[4][0] for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in addresses - {"127.0.0.1", "127.0.1.1"}:
        with socket.socket() as probe:
            probe.settimeout(2)
            assert probe.connect_ex((str(address), port)) != 0, address
    if Path("/proc/net/tcp").exists():
        tables = [Path(f"/proc/net/{table}") for table in ("tcp", "tcp6")]
        rows = [line.split() for table in tables if table.exists() for line in table.open()]
        bound = [row[1] for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "0A"]
        assert bound == [f"0100007F:{port:04X}"]


def test_a_taken_port_is_named_with_another_to_try(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    from unpinch import cli

    assert cli.main(["--no-browser", "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert f"Port {port} is taken" in said
    assert f"unpinch --port {port + 1}" in said


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("localhost", True), ("localhost:8501", True), ("127.0.0.1:8501", True), ("LOCALHOST:8501", True),
        ("", False), ("evil.example", False), ("localhost@evil.example", False), ("localhost:x", False),
        ("localhost/x", False), ("[::1]:8501", False), ("localhost evil.example", False), ("[", False),
    ],
)  # fmt: skip
def test_only_this_machines_names_are_allowed(host: str, is_ours: bool) -> None:
    assert server.allowed(host) is is_ours


def test_other_kinds_of_scope_pass_untouched() -> None:
    seen: list[str] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["type"])

    async def nothing(*_: Any) -> Any:
        return {}

    guarded = server.Guard(app)({"type": "lifespan"}, nothing, nothing)
    with ThreadPoolExecutor(1) as apart:  # a browser test before this one leaves its loop in the main thread
        apart.submit(asyncio.run, guarded).result()
    assert seen == ["lifespan"]


def test_the_inline_script_of_the_installed_streamlit_is_named_by_its_hash() -> None:
    assert re.fullmatch(r"('sha256-[\w+/]{43}='( |$))+", server.inline_script_hashes())


def test_each_shipped_setting_exists_in_streamlit() -> None:
    from streamlit import config

    def named(table: dict[str, Any], before: str) -> Iterator[str]:
        for name, value in table.items():
            if isinstance(value, dict):
                yield from named(value, f"{before}{name}.")
            else:
                yield f"{before}{name}"

    assert set(named(CONFIG, "")) <= set(config._config_options_template)


def test_the_shipped_settings_keep_the_app_to_this_machine() -> None:
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["server"]["allowedHosts"] == list(server.HOSTS)
    assert CONFIG["server"]["enableAgentApi"] is False
    assert CONFIG["server"]["enableCORS"] is CONFIG["server"]["enableXsrfProtection"] is True
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["disableDataExport"] is True
    assert CONFIG["runner"]["postScriptGC"] is False


def test_the_agent_interface_is_off(port: int) -> None:
    status, _, body = get(port, "/_stcore/agent/openapi.json")
    assert status == 404 or "disabled" in body
