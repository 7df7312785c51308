"""A page as Chromium saves it in one file, asked for by its protocol for developers over pipes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

_STARTED: Final = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4);"
    " os.execv(sys.argv[3], sys.argv[3:])"
)
"""Starts the browser with the two pipes where it looks for them."""


class Browser:
    """A browser that answers."""

    def __init__(self, folder: Path) -> None:
        asks_from, self._asks = os.pipe()
        self._answers, answers_to = os.pipe()
        path = shutil.which("chromium")
        assert path is not None, "the maker asks for it"
        self._child = subprocess.Popen(
            [sys.executable, "-c", _STARTED, str(asks_from), str(answers_to), path, "--headless",
             "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             f"--user-data-dir={folder / 'profile'}"],
            pass_fds=(asks_from, answers_to), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(asks_from)
        os.close(answers_to)
        self._number = 0
        self._rest = b""

    def ask(self, method: str, session: str = "", **parameters: Any) -> Mapping[str, Any]:
        """What it answers to a method. Raises `OSError` where it has ended, or refuses."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        os.write(self._asks, json.dumps(message | ({"sessionId": session} if session else {}))
                 .encode() + b"\0")  # fmt: skip
        while (answer := self._next()).get("id") != self._number:
            pass
        if "error" in answer:
            raise OSError(str(answer["error"]))
        result: Mapping[str, Any] = answer["result"]
        return result

    def await_event(self, method: str) -> None:
        """Wait until it tells of something."""
        while self._next().get("method") != method:
            pass

    def _next(self) -> Mapping[str, Any]:
        while b"\0" not in self._rest:
            read = os.read(self._answers, 1 << 16)
            if not read:
                raise OSError("the browser has ended")
            self._rest += read
        line, _, self._rest = self._rest.partition(b"\0")
        message: Mapping[str, Any] = json.loads(line)
        return message

    def close(self) -> None:
        """End it."""
        self._child.terminate()
        self._child.wait(30)
        os.close(self._asks)
        os.close(self._answers)


def snapshot(address: str, folder: Path) -> bytes:
    """A page in MHTML."""
    browser = Browser(folder)
    try:
        target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
        session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        browser.ask("Page.enable", session)
        browser.ask("Page.navigate", session, url=address)
        browser.await_event("Page.loadEventFired")
        data: str = browser.ask("Page.captureSnapshot", session, format="mhtml")["data"]
    finally:
        browser.close()
    return data.encode()
