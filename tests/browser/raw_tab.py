"""A tab that can really be hidden: Playwright keeps its own pages visible, so this one is driven by plain CDP."""

import json
from typing import Any

READY = "new Promise(done => {{ const look = () => ({0}) ? done(true) : setTimeout(look, 30); look() }})"


class RawTab:
    """A tab in the browser's own window, and another one that can be laid over it."""

    def __init__(self, browser: Any, url: str) -> None:
        self._cdp = browser.new_browser_cdp_session()
        self._replies: dict[int, dict[str, Any]] = {}
        self._cdp.on("Target.receivedMessageFromTarget", self._keep)
        self._tab = self._create(url)
        attached = self._cdp.send("Target.attachToTarget", {"targetId": self._tab, "flatten": False})
        self._session, self._cover, self._asked = attached["sessionId"], "", 0

    def run(self, script: str) -> Any:
        """What a script in the tab comes to; a promise is waited for. Raises RuntimeError when it fails."""
        reply = self._ask(script)
        if "result" not in reply or "exceptionDetails" in reply["result"]:
            raise RuntimeError(reply)
        return reply["result"]["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until an expression in the tab is true; also while it is hidden, or not loaded yet."""
        while "result" not in self._ask(READY.format(condition)):  # the page came in meanwhile
            continue

    def _ask(self, script: str) -> dict[str, Any]:
        self._asked += 1
        wanted = {"expression": script, "awaitPromise": True, "returnByValue": True}
        message = json.dumps({"id": self._asked, "method": "Runtime.evaluate", "params": wanted})
        self._cdp.send("Target.sendMessageToTarget", {"sessionId": self._session, "message": message})
        while self._asked not in self._replies:
            self._cdp.send("Browser.getVersion")  # lets the reply come in
        return self._replies.pop(self._asked)

    def hide(self) -> None:
        """Lay another tab over it."""
        self._cover = self._cover or self._create("about:blank")
        self._front(self._cover)
        self.wait("document.visibilityState === 'hidden'")

    def show(self) -> None:
        """Bring it to the front again."""
        self._front(self._tab)
        self.wait("document.visibilityState === 'visible'")

    def close(self) -> None:
        """Close both."""
        for target in filter(None, (self._tab, self._cover)):
            self._cdp.send("Target.closeTarget", {"targetId": target})
        self._cdp.detach()

    def _create(self, url: str) -> str:
        return self._cdp.send("Target.createTarget", {"url": url})["targetId"]

    def _front(self, target: str) -> None:
        self._cdp.send("Target.activateTarget", {"targetId": target})

    def _keep(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self._replies[message["id"]] = message
