"""JSON-LD, by PyLD: read without a network, taken apart into RDF, shuffled, and put together."""

import json
import random
from pathlib import Path
from typing import Any, Final

from pyld import jsonld

CONTEXTS: Final = {
    "http://www.w3.org/ns/anno.jsonld": Path(__file__).parent / "contexts" / "anno.jsonld",
}

TERMS: Final = "urn:targetmarkets:terms:"
OA: Final = "http://www.w3.org/ns/oa#"


def loader(url: str, _: object) -> dict[str, Any]:
    """The contexts that are kept here, and nothing else."""
    return {
        "contextUrl": None,
        "documentUrl": url,
        "document": json.loads(CONTEXTS[url].read_text("utf-8")),
    }


def expanded(document: Any) -> list[Any]:
    """A document with every name in full."""
    found: list[Any] = jsonld.expand(document, {"documentLoader": loader})
    return found


def of_rdf(document: Any) -> list[Any]:
    """The nodes of a document that was triples in no order: what only order said is gone."""
    dataset = jsonld.to_rdf(document, {"documentLoader": loader})
    random.Random(1).shuffle(dataset["@default"])
    nodes: list[Any] = jsonld.from_rdf(dataset, {"useNativeTypes": True})
    return nodes


class Graph:
    """Nodes by their ids, and what they lead to."""

    def __init__(self, nodes: list[Any]) -> None:
        self.nodes = {node["@id"]: node for node in nodes}

    def of_type(self, name: str) -> list[Any]:
        return [node for node in self.nodes.values() if name in node.get("@type", ())]

    def all(self, node: Any, name: str) -> list[Any]:
        """Everything that a term of a node leads to."""
        return [self._led_to(value) for value in node.get(name, ())]

    def one(self, node: Any, name: str) -> Any:
        """The one thing that it leads to."""
        (found,) = self.all(node, name)
        return found

    def _led_to(self, value: Any) -> Any:
        if "@list" in value:
            return [self._led_to(item) for item in value["@list"]]
        if "@value" in value:
            return value["@value"]
        return self.nodes.get(value["@id"], value)

    def plain(self, value: Any) -> Any:
        """A node of our own terms as JSON has it: names without what they begin with."""
        if isinstance(value, list):
            return [self.plain(item) for item in value]
        if not isinstance(value, dict):
            return value
        return {
            name.removeprefix(TERMS): self.plain(self.one(value, name))
            for name in value
            if name.startswith(TERMS)
        }
