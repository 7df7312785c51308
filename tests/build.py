"""Small knowledge bases for tests, built from what a test cares about."""

import json
from pathlib import Path
from typing import Any

from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.model.activities import AXES
from targetmarkets.model.objects import KnowledgeFile

SPEAKER = {"role": "book", "name": "The book", "mode": "narrates"}


def customer(id_: str, **fields: Any) -> dict[str, Any]:
    return {"id": id_, "name": id_.title(), "kind": "state", "region": "Western Asia", **fields}


def category(id_: str, chapter: str = "I") -> dict[str, Any]:
    return {"id": id_, "name": id_.title(), "chapter": chapter}


def source(id_: str = "work", **fields: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "bibliography": {"type": "book", "title": f"Title of {id_}"},
        "descriptor": "A work.",
        **fields,
    }


def claim(id_: str, *about: str, **fields: Any) -> dict[str, Any]:
    """A claim by reference about one customer, unless told otherwise."""
    scope = {} if not about else {"scope": fields.pop("scope", "individual")}
    return {
        "id": id_,
        "about": list(about),
        "kind": "market",
        "statement": f"Statement of {id_}.",
        "certainty": "stated",
        "speakers": [SPEAKER],
        "evidence": [{"reference": {"source": "work"}}],
        **scope,
        **fields,
    }


def activity(id_: str, *about: str, type_: str = "arms", **fields: Any) -> dict[str, Any]:
    goods, form = AXES[type_]
    supply = {"goods": goods, "form": form, "outcome": "unstated"}
    return claim(id_, *about, kind="activity", activity=supply, **fields)


def classification(id_: str, *about: str, **fields: Any) -> dict[str, Any]:
    if fields.get("certainty") == "implied":
        fields.setdefault("reasoning", "It follows.")
    return claim(id_, *about, kind="classification", **fields)


def content(**lists: Any) -> dict[str, Any]:
    """Content of a file with one source, unless sources are given."""
    return {"schema_version": 2, "sources": [source()], **lists}


def knowledge(path: Path = Path("customers.json"), **lists: Any) -> FileKnowledge:
    """A knowledge base whose structure is taken on trust."""
    return FileKnowledge(KnowledgeFile.model_validate_json(json.dumps(content(**lists))), path)


def archive(folder: Path, text: str, *quotes: tuple[str, int, int, str]) -> Path:
    """Write a knowledge base with one archived text and quotations from it."""
    import hashlib

    (folder / "sources").mkdir(parents=True)
    data = text.encode()
    (folder / "sources" / "text.txt").write_bytes(data)
    archived = {
        "file": "text.txt",
        "sha256": hashlib.sha256(data).hexdigest(),
        "media_type": "text/plain",
    }
    path = folder / "customers.json"
    quoted = [
        {"id": id_, "source": "work", "exact": exact, "start": start, "end": end}
        for id_, start, end, exact in quotes
    ]
    path.write_text(json.dumps(content(sources=[source(archive=archived)], quotes=quoted)), "utf-8")
    return path
