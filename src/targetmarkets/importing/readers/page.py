"""The words of a page of HTML as a browser shows it, without its scripts and its pictures."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from targetmarkets.importing.readers import numerals
from targetmarkets.importing.readers.mathml import formula
from targetmarkets.importing.readers.reading import Gaps
from targetmarkets.importing.readers.sheet import Sheet
from targetmarkets.importing.readers.styles import Styles, Values, is_hidden, is_screen

_BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li",
    "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
"""Elements that begin and end a line."""

_PARAGRAPHS: Final = frozenset((
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "dl", "pre",
    "hr",
))  # fmt: skip
"""Elements with an empty line before and after them."""

_BLOCK_DISPLAYS: Final = frozenset({"block", "flex", "grid", "list-item", "table", "flow-root"})

_NO_TEXT: Final = frozenset((
    "script", "style", "template", "head", "datalist", "noembed", "noframes", "param", "title",
    "rp",
))  # fmt: skip
"""Elements that hold no words of the page."""

_EXACT: Final = frozenset({"pre", "textarea", "listing", "xmp"})
"""Elements whose white space is shown as it is."""

_PICTURES: Final = frozenset({"img", "canvas"})
_FRAMES: Final = frozenset({"iframe", "frame", "object", "embed", "video", "audio", "applet"})


_WAYS: Final = frozenset({"raised", "lowered", "note"})
_SHIFTS: Final = {"sup": "raised", "sub": "lowered", "rt": "raised"}
"""Elements that stand higher or lower on the line; `rt` is the reading over a character."""

_TYPED: Final = frozenset((
    "", "text", "search", "tel", "url", "email", "number", "date", "month", "week", "time",
    "datetime-local", "submit", "button", "reset",
))  # fmt: skip
"""Types of form fields whose value is shown."""

TOOLBAR: Final = ("BEGIN WAYBACK TOOLBAR INSERT", "END WAYBACK TOOLBAR INSERT")
"""Comments of the Internet Archive around what it adds to a page."""

_ARCHIVE_IDS: Final = frozenset({"wm-ipp-base", "wm-ipp", "wm-ipp-print", "donato"})


class _State(NamedTuple):
    """What an element hands down to what is in it."""

    styles: Styles
    slots: Mapping[str, list[tuple[Any, "_State"]]] | None = None
    """In a shadow tree: what its host gives for each slot."""
    visible: bool = True
    exact: bool = False


class Page:
    """A page that is laid out. Without recursion: it may be of any depth."""

    def __init__(self, sheets: Mapping[str, str], gaps: Gaps) -> None:
        self.sheet = Sheet()
        self._sheets = sheets
        self._gaps = gaps
        self._numbers: dict[int, numerals.Numbering] = {}
        self._quoted = 0
        self._places: set[str] = set()
        """Where on the page a link may lead."""
        self._stack: list[tuple[Any, _State, str | None]] = []

    def lay_out(self, tree: Any) -> str:
        """The text of a document."""
        styles = Styles(tree, sheets_of(tree, self._sheets, self._gaps), self._gaps)
        self._places = {node.attributes.get("id") or "" for node in tree.css("[id]")}
        self._stack.append((tree.body, _State(styles), None))
        while self._stack:
            node, state, left = self._stack.pop()
            if left is not None:
                self._leave(node.tag, left)
            elif node.tag == "-text":
                self._text(node, state)
            elif node.tag and not node.tag.startswith(("-", "_", "!")):
                self._enter(node, state)
        return self.sheet.text()

    def _text(self, node: Any, state: _State) -> None:
        text = node.text_content or ""
        if state.visible:
            self.sheet.words(text, exact=state.exact)
        elif text.strip():
            self._gaps.add("hidden")
            self.sheet.words(" ")

    def _enter(self, node: Any, state: _State) -> None:
        tag, attributes = node.tag, node.attributes
        values = state.styles.of(node, attributes)
        if tag in _NO_TEXT:
            return
        if reason := _left_out(tag, attributes, values):
            if (node.text() or "").strip():
                self._gaps.add(reason)
            return
        visible = _visibility(values, before=state.visible)
        if tag == "math" or self._is_unread(node, attributes, visible=visible):
            if tag == "math" and visible:
                formula(node, self.sheet, self._gaps)
            return
        how = _how(tag, attributes, values)
        if how == "raised" and self._is_call(node):
            how = "note"
        self._begin(node, attributes, values, how)
        inner = state._replace(visible=visible, exact=state.exact or tag in _EXACT)
        self._stack.append((node, state, how))
        self._stack.extend(reversed(list(self._inside(node, attributes, inner))))

    def _begin(
        self, node: Any, attributes: Mapping[str, str | None], values: Values, how: str
    ) -> None:
        """Write what stands before the words of an element."""
        tag, sheet = node.tag, self.sheet
        if how.isdigit():
            sheet.line(int(how))
        elif how in _WAYS:
            sheet.begin(how)
        if tag == "li" and (number := self._number(node, attributes, values)):
            sheet.words(f"{number} ")
        elif tag == "q":
            sheet.words("‘" if self._quoted % 2 else "“")
            self._quoted += 1
        elif tag == "input" and (attributes.get("type") or "").lower() in _TYPED:
            sheet.words(f" {attributes.get('value') or ''} ")
        elif tag == "ol":
            items = sum(child.tag == "li" for child in _children(node))
            self._numbers[node.mem_id] = numerals.Numbering(attributes, values, items)

    def _leave(self, tag: str, how: str) -> None:
        if tag == "q":
            self._quoted -= 1
            self.sheet.words("’" if self._quoted % 2 else "”")
        if how.isdigit():
            self.sheet.line(int(how))
        elif how in _WAYS:
            self.sheet.end()
        elif how == "cell":
            self.sheet.cell()

    def _number(self, item: Any, attributes: Mapping[str, str | None], values: Values) -> str:
        numbering = self._numbers.get(item.parent.mem_id) if item.parent else None
        return numbering.next(attributes, values) if numbering else ""

    def _is_call(self, node: Any) -> bool:
        """Whether all that is raised leads to a place on the same page, as the mark of a note."""
        words = "".join((node.text() or "").split())
        above = node.parent
        links = [above] if above and above.tag == "a" else node.css("a")
        leading = [link for link in links if self._leads_within(link.attributes.get("href") or "")]
        return bool(words) and words == "".join((link.text() or "").strip() for link in leading)

    def _leads_within(self, address: str) -> bool:
        page, sign, name = address.partition("#")
        return bool(sign) and (not page or name in self._places)

    def _is_unread(self, node: Any, attributes: Mapping[str, str | None], *, visible: bool) -> bool:
        """Whether an element is no text; then it is marked, if it is seen."""
        tag = node.tag
        kind = "pictures" if tag in _PICTURES else "elements" if tag in _FRAMES else ""
        if tag == "svg":
            words = " ".join(_drawn_words(node))
            if words and visible:
                self.sheet.words(f" {words} ")
            kind = "" if words else "pictures"
        elif not kind:
            return False
        if kind and visible and not _is_decoration(attributes):
            self._gaps.add(kind)
            self.sheet.unread()
        return True

    def _inside(
        self, node: Any, attributes: Mapping[str, str | None], state: _State
    ) -> Iterable[tuple[Any, _State, None]]:
        """What is shown of what is in an element, in its order: its shadow tree, if it has one."""
        children = self._without_toolbar(_children(node))
        if node.tag == "slot" and state.slots is not None:
            given = state.slots.get(attributes.get("name") or "")
            if given:
                return [(child, outer._replace(visible=state.visible), None)
                        for child, outer in given]  # fmt: skip
        for child in children:
            if child.tag == "template" and _is_shadow(child.attributes):
                return self._shadow(child, children, state)
        return [(child, state, None) for child in children]

    def _shadow(
        self, template: Any, children: list[Any], state: _State
    ) -> list[tuple[Any, _State, None]]:
        slots: dict[str, list[tuple[Any, _State]]] = {}
        for child in children:
            if child is not template:
                name = "" if child.tag == "-text" else child.attributes.get("slot") or ""
                slots.setdefault(name, []).append((child, state))
        inside: list[tuple[Any, _State, None]] = []
        for fragment in template.template_fragments():
            styles = Styles(fragment, sheets_of(fragment, self._sheets, self._gaps), self._gaps)
            inner = state._replace(styles=styles, slots=slots)
            inside += [(child, inner, None) for child in _children(fragment)]
        return inside

    def _without_toolbar(self, nodes: list[Any]) -> list[Any]:
        """Nodes without what the Internet Archive put among them."""
        if not any(node.tag == "-comment" for node in nodes):
            return nodes
        kept, inside = [], False
        for node in nodes:
            if node.tag == "-comment":
                comment = node.html or ""
                inside = TOOLBAR[0] in comment or (inside and TOOLBAR[1] not in comment)
            elif not inside:
                kept.append(node)
            elif node.tag != "-text" and (node.text() or "").strip():
                self._gaps.add("furniture")
        return kept


def sheets_of(tree: Any, known: Mapping[str, str], gaps: Gaps) -> list[str]:
    """The style sheets of a tree; those that came with it are known by their address."""
    sheets = []
    for node in tree.css("style, link"):
        attributes = node.attributes
        if not is_screen(attributes.get("media") or "all"):
            continue
        if node.tag == "style":
            sheets.append(node.text() or "")
        elif "stylesheet" in (attributes.get("rel") or "").lower().split():
            address = (attributes.get("href") or "").strip()
            if address in known:
                sheets.append(known[address])
            elif address:
                gaps.add("styles")
    return sheets


def _left_out(tag: str, attributes: Mapping[str, str | None], values: Values) -> str:
    """Why nothing of an element is shown as valid; empty where it is."""
    if attributes.get("id") in _ARCHIVE_IDS:
        return "furniture"
    if tag in {"del", "s", "strike"} or "line-through" in values.get("text-decoration", ""):
        return "struck"
    by_default = (
        "hidden" in attributes
        or (tag == "dialog" and "open" not in attributes)
        or "popover" in attributes
        or tag == "noscript"
    )
    if is_hidden(values) or (by_default and not values.get("display")):
        return "hidden"
    return ""


def _visibility(values: Values, *, before: bool) -> bool:
    value = values.get("visibility", "inherit")
    return before if value in {"inherit", "unset"} else value not in {"hidden", "collapse"}


def _how(tag: str, attributes: Mapping[str, str | None], values: Values) -> str:
    """How an element stands in its line: number of line ends, raised, lowered, note, cell."""
    if any("noteref" in (attributes.get(name) or "") for name in ("role", "epub:type")):
        return "note"
    if tag in _SHIFTS:
        return _SHIFTS[tag]
    if tag in _BLOCKS or tag == "br":
        return "2" if tag in _PARAGRAPHS else "1"
    if tag in {"td", "th"}:
        return "cell"
    if values.get("display") in _BLOCK_DISPLAYS:
        return "1"
    return {"super": "raised", "sub": "lowered"}.get(values.get("vertical-align", ""), "")


def _is_shadow(attributes: Mapping[str, str | None]) -> bool:
    return any(
        attributes.get(name) in {"open", "closed"} for name in ("shadowrootmode", "shadowroot")
    )


def _is_decoration(attributes: Mapping[str, str | None]) -> bool:
    """Whether a picture says of itself that it says nothing, or is too small to be seen."""
    return (
        ("alt" in attributes and not (attributes["alt"] or "").strip())
        or attributes.get("role") in {"presentation", "none"}
        or attributes.get("aria-hidden") == "true"
        or any((attributes.get(name) or "") in {"0", "1"} for name in ("width", "height"))
    )


def _drawn_words(drawing: Any) -> list[str]:
    """The words that are written in a drawing."""
    words, stack = [], _children(drawing)[::-1]
    while stack:
        node = stack.pop()
        if node.tag == "text":
            words.append(" ".join((node.text() or "").split()))
        elif node.tag in {"g", "a", "svg", "switch"}:
            stack.extend(_children(node)[::-1])
        elif node.tag and node.tag.lower() == "foreignobject":
            words.append(" ".join((node.text(separator=" ") or "").split()))
    return [word for word in words if word]


def _children(node: Any) -> list[Any]:
    children, child = [], node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children
