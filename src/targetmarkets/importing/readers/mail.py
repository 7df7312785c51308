"""Messages (EML, RFC 5322), and pages that a browser saved as one file (MHTML, RFC 2557)."""

from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Final

from targetmarkets.importing.readers import html
from targetmarkets.importing.readers.about import of_page, original
from targetmarkets.importing.readers.charset import decode
from targetmarkets.importing.readers.reading import (
    READER,
    Gaps,
    Reading,
    UnfitError,
    clean,
    holds_words,
)

MAIL: Final = "message/rfc822"
ARCHIVE: Final = "multipart/related"

EXTRACTOR: Final = f"email of Python, {READER}"

_SHOWN: Final = ("From", "To", "Cc", "Date", "Subject")
"""Fields that a reader of mail shows above a message."""


def read(data: bytes, name: str = "") -> Reading:
    """The text of a message, or of a page that was saved in the form of one."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    if _is_saved_page(message):
        return _page(message)
    return _mail(message)


def _is_saved_page(message: EmailMessage) -> bool:
    return message.get_content_type() in {"multipart/related", "text/html"} and (
        "Snapshot-Content-Location" in message
        or message.get("From", "").startswith("<Saved by")
        or (message.get("To") is None and _root(message) is not None)
    )


def _root(message: EmailMessage) -> EmailMessage | None:
    """The part with the page: that which is named as the first, or the first page."""
    parts = [part for part in message.walk() if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    named = [part for part in parts if start and part.get("Content-ID", "").strip() == start]
    found = next(iter([*named, *parts]), None)
    return found if isinstance(found, EmailMessage) else None


_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})


def _page(message: EmailMessage) -> Reading:
    root = _root(message)
    if root is None:
        raise UnfitError("it holds no page", "save the page from a browser, as it shows it")
    gaps = Gaps()
    text = decode(_bytes(root), root.get_content_charset() or "", gaps).text
    tree, words = html.words_of(text, gaps, _sheets(message))
    if not holds_words(words):
        raise UnfitError("it holds no text", "save the page from a browser, as it shows it")
    about = of_page(tree)
    address = message.get("Snapshot-Content-Location") or root.get("Content-Location") or ""
    about["URL"] = about["URL"] or original(str(address))
    about["title"] = about["title"] or str(message.get("Subject", ""))
    return Reading(words, html.EXTRACTOR, ARCHIVE, about=about, gaps=gaps)


def _sheets(message: EmailMessage) -> Mapping[str, str]:
    """The style sheets that were saved with a page, by address."""
    sheets: dict[str, str] = {}
    for part in message.walk():
        if part.get_content_type() == "text/css" and isinstance(part, EmailMessage):
            css = decode(_bytes(part), part.get_content_charset() or "").text
            sheets[str(part.get("Content-Location", "")).strip()] = css
            sheets["cid:" + str(part.get("Content-ID", "")).strip().strip("<>")] = css
    return sheets


def _mail(message: EmailMessage) -> Reading:
    gaps = Gaps()
    body = message.get_body(("html", "plain"))
    words = _words(body, gaps) if isinstance(body, EmailMessage) else ""
    attached = sum(1 for _ in message.iter_attachments())
    gaps.add("parts", count=attached)
    fields = [f"{name}: {_field(message, name)}" for name in _SHOWN if _field(message, name)]
    text = "\n".join([*fields, "", words])
    if not holds_words(words) and not fields:
        raise UnfitError("it holds no text", "save the message from a mail program as PDF or HTML")
    about: dict[str, Any] = {
        "type": "personal_communication",
        "title": _field(message, "Subject"),
        "author": [address.display_name or address.addr_spec for address in _from(message)],
    }
    sent = getattr(message.get("Date"), "datetime", None)
    about["issued"] = sent.date().isoformat() if sent else None
    return Reading(clean(text, gaps), EXTRACTOR, MAIL, about=about, gaps=gaps)


def _words(body: EmailMessage, gaps: Gaps) -> str:
    text = decode(_bytes(body), body.get_content_charset() or "", gaps).text
    if body.get_content_type() == "text/html":
        return html.words_of(text, gaps)[1]
    return text.replace("\r\n", "\n").replace("\f", "\n")


def _bytes(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _field(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError):  # a field that the library cannot parse
        return ""


def _from(message: EmailMessage) -> Any:
    try:
        return getattr(message.get("From"), "addresses", ())
    except (ValueError, IndexError, AttributeError):
        return ()
