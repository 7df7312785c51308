"""Change a store within a transaction: the rows of what changes, and no others."""

import json
from collections.abc import Mapping
from types import MappingProxyType

from targetmarkets.errors import OutputError
from targetmarkets.kb.files import sha256
from targetmarkets.kb.placing import closest
from targetmarkets.kb.store import places, sql
from targetmarkets.kb.store.filling import put, put_file, put_rows
from targetmarkets.kb.store.rows import body_of, rows_of
from targetmarkets.kb.store.stored import StoredKnowledge
from targetmarkets.kb.store.texts import Words
from targetmarkets.model.objects import Category, Claim, Event, Quote, Source
from targetmarkets.model.stored import Stored
from targetmarkets.model.types import LIST_OF


class Changing:
    """A store while it is changed."""

    def __init__(self, kb: StoredKnowledge) -> None:
        self.kb = kb
        self.database = kb.database
        self.words = Words(kb.database)
        ((self._last, last_unit),) = self.database.ask(sql.LAST_NUMBERS)
        self.words.begin(last_unit)
        self._placed: dict[str, int] = {}
        """Where what is put stands, by its id, unless something was moved after."""
        self._quoted: dict[str, list[Quote]] = {}
        """What was quoted in this change, by its source."""

    def change(
        self,
        items: Mapping[str, Stored],
        files: Mapping[str, bytes],
        removed: Mapping[str, Stored] = MappingProxyType({}),
    ) -> "Changed":
        """Put objects in the place of those with their ids, or where they belong, and files; and
        take others away.
        """
        before = {id_: self.kb.by_id(id_) for id_ in items}
        for name, data in files.items():
            if self.kb.has_text(name) and self.kb.text_bytes(name) != data:
                message = f"{name} is in {self.kb.path} already, and is another file"
                raise OutputError(message, "try again")
            put_file(self.database, name, data)
        for id_, item in items.items():
            self._put(item, before[id_])
        for item in removed.values():
            self._remove(item)
        self.kb.forget()
        for id_, item in items.items():
            self._word(item, before[id_])
        return {**before, **removed}

    def _remove(self, item: Stored) -> None:
        ((number, *_),) = self.database.ask(sql.ROW, (item.id,))
        self._drop_rows(item, number)
        self.database.tell(sql.DROP_OBJECT, (number,))
        for text in (False, True):
            self.words.drop(item.id, text=text)

    def _put(self, item: Stored, old: Stored | None) -> None:
        tell = self.database.tell
        if old is None:
            self._last += 1
            place = self._place(item)
            put(self.database, item, self._last, place, version=1)
            self._placed[item.id] = place
            return
        ((number, place, version, _),) = self.database.ask(sql.ROW, (item.id,))
        self._drop_rows(old, number)
        if isinstance(item, Quote) and isinstance(old, Quote) and _stands(item) != _stands(old):
            place = self._place(item)
        tell(sql.CHANGE_OBJECT, (place, version + 1, body_of(item), number))
        self.kb.forget_places()
        self._placed[item.id] = place
        put_rows(self.database, item, number)

    def _drop_rows(self, item: Stored, number: int) -> None:
        names, links, facets = rows_of(item)
        tell = self.database.tell_all
        tell(sql.DROP_NAME, [(name, number) for name in names])
        tell(sql.DROP_LINK, [(target, relation, number, nth) for target, relation, nth in links])
        tell(sql.DROP_FACET, [(*facet, number) for facet in facets])

    def _word(self, item: Stored, old: Stored | None) -> None:
        """Let it be found by what it is now, and the claims of an event by its name."""
        told = self.kb.claims_of_event(item.id) if isinstance(item, Event) and old else ()
        for each in (item, *told):
            if old:
                self.words.drop(each.id, text=False)
            self.words.put_object(self.kb, each, self._order(each))
        archives = [source.archive for source in (item, old) if isinstance(source, Source)]
        if isinstance(item, Source) and (len(archives) < 2 or archives[0] != archives[1]):
            if old:
                self.words.drop(item.id, text=True)
            if item.archive and (data := self.kb.text_bytes(item.archive.file)) is not None:
                text = data.decode("utf-8", "replace")  # what is no UTF-8 is refused
                self.words.put_text(item.id, text, self._order(item))

    def _order(self, item: Stored) -> int:
        return self._placed.get(item.id) or self.kb.order(item.id)

    def _place(self, item: Stored) -> int:
        """Where a new object goes: as in a file (`kb/placing.py`), and a quotation among those
        of its source.
        """
        start, end = places.stretch(LIST_OF[item.word()])
        if (was := self._was(item)) is not None:
            return self._behind(was, end)
        match item:
            case Category():
                place = self._one(sql.LAST_PLACE, (start, end))
            case Claim(about=(subject, *_)):
                place = self._behind_alike(item, subject) or self._by_id(item)
            case Quote():
                place = self._among_quotes(item, start)
            case _:
                place = self._by_id(item)
        return self._behind(start if place is None else place, end)

    def _was(self, item: Stored) -> int | None:
        """The place of what goes by another id of an object."""
        others = [id_ for id_ in item.formerly if self.kb.by_id(id_)]
        others += [other.id for other in self.kb.objects.formerly(item.id)]
        return self._one(sql.PLACE, (others[0],)) if others else None

    def _by_id(self, item: Stored) -> int | None:
        return self._one(sql.PLACE_BEFORE_ID, (item.word(), item.id))

    def _behind_alike(self, claim: Claim, subject: str) -> int | None:
        """The place of the last claim on the same subject and evidence, or on the same subject."""
        first = claim.evidence[0]
        target, relation = (
            (first.reference.source, "reference")
            if first.reference
            else (first.quote, "claims_on_quote")
        )
        for other in self.kb.objects_from(sql.ALIKE, (subject, target, relation)):
            if closest(other) == closest(claim):
                return self.kb.order(other.id)
        return self._one(sql.LAST_ABOUT, (subject,))

    def _among_quotes(self, quote: Quote, start: int) -> int | None:
        """The place of the quotation that stands before another in the order of the texts."""
        now = self._quoted.setdefault(quote.source, [])
        others = {other.id: other for other in (*self.kb.quotes_from(quote.source), *now)}
        others.pop(quote.id, None)
        now.append(quote)
        before = [other for other in others.values() if _stands(other) < _stands(quote)]
        if before:
            return self.kb.order(max(before, key=_stands).id)
        if others:
            first = min(others.values(), key=_stands)
            return self._one(sql.LAST_PLACE, (start, self.kb.order(first.id)))
        source = self._one(sql.PLACE, (quote.source,))
        ids = self.database.ask(sql.QUOTED_BEFORE, (source,)) if source is not None else []
        last = [self.kb.order(other.id) for (id_,) in ids for other in self.kb.quotes_from(id_)]
        return max(last, default=None)

    def _one(self, query: str, values: tuple[object, ...]) -> int | None:
        rows = self.database.ask(query, values)
        return rows[0][0] if rows else None

    def _behind(self, place: int, end: int) -> int:
        """A free place behind one, and before the next; where there is no room, what stands closely
        behind is moved on, by half of the gap that is behind that.
        """
        following = self._one(sql.PLACE_AFTER, (place, end))
        if following is None:
            return place + places.ROOM
        if (free := places.behind(place, following)) is not None:
            return free
        behind_all = 2 * places.WIDE  # there is no end to the room behind the last
        last, gap = following, behind_all
        for (other,) in self.database.stream(sql.PLACES_AFTER, (following, end)):
            gap = other - last
            if gap >= places.WIDE:
                break
            last, gap = other, behind_all
        for move in (sql.MOVE_UNITS_ON, sql.MOVE_ON):  # units are found by where objects were
            self.database.tell(move, (gap // 2, following, last))
        self.kb.forget_places()
        self._placed.clear()
        return places.behind(place, following + gap // 2) or place + 1


Changed = Mapping[str, Stored | None]
"""What was changed, as it was before, by id; None for what is new."""


def record(kb: StoredKnowledge, before: Changed, who: str, why: str, at: str) -> str:
    """Keep in the history what was changed, and return the new version of the store."""
    tell = kb.database.tell
    rows = {
        id_: (body_of(old) if old else None, body_of(new) if (new := kb.by_id(id_)) else None)
        for id_, old in before.items()
    }
    changed = json.dumps([kb.says("version"), who, why, at, rows], ensure_ascii=True)
    version = sha256(changed.encode())
    tell(sql.ADD_CHANGE, (version, at, who, why))
    kb.database.tell_all(sql.ADD_HISTORY, [(id_, *bodies) for id_, bodies in rows.items()])
    tell(sql.SAY_ANEW, (version, "version"))
    kb.said = {**kb.said, "version": version}
    return version


def _stands(quote: Quote) -> tuple[str, int, int, str]:
    return quote.source, quote.start, quote.end, quote.id
