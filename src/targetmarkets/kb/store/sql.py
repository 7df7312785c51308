"""What a store is asked and told, once for all engines; an engine writes `?` in its own way."""

from typing import Final

SAYS: Final = "SELECT value FROM base WHERE name = ?"
BASE: Final = "SELECT name, value FROM base"
SAY: Final = "INSERT INTO base (name, value) VALUES (?, ?)"
SAY_ANEW: Final = "UPDATE base SET value = ? WHERE name = ?"

OBJECT: Final = "SELECT type, id, body, place FROM object WHERE id = ?"
PLACE: Final = "SELECT place FROM object WHERE id = ?"
ROW: Final = "SELECT number, place, version, body FROM object WHERE id = ?"
BEFORE: Final = "SELECT count(*) FROM object WHERE place < ?"
IDS: Final = "SELECT id FROM object WHERE place >= ? AND place < ? ORDER BY place"
COUNT: Final = "SELECT count(*) FROM object WHERE place >= ? AND place < ?"
IN_ORDER: Final = (
    "SELECT type, id, body, place FROM object WHERE place >= ? AND place < ? ORDER BY place"
)
BODIES: Final = "SELECT number, place, id, type, body FROM object ORDER BY place"
NAME_ROWS: Final = "SELECT value, number FROM name"
LINK_ROWS: Final = "SELECT target, relation, number, nth FROM link"
FACET_ROWS: Final = "SELECT name, value, number FROM facet"
UNIT_ROWS: Final = "SELECT kind, id, place FROM unit WHERE kind <> 'text'"

BEGINNING: Final = (
    "SELECT body FROM object WHERE type = ? AND id >= ? AND id < ? ORDER BY id LIMIT ?"
)
NAMES: Final = (
    "SELECT value, id FROM name JOIN object USING (number) "
    "WHERE place >= ? AND place < ? ORDER BY place"
)
CALLED: Final = (
    "SELECT type, id, body, place FROM name JOIN object USING (number) "
    "WHERE value = ? ORDER BY place"
)
RELATED: Final = (
    "SELECT type, id, body, place FROM link JOIN object USING (number) "
    "WHERE target = ? AND relation = ? ORDER BY place, nth"
)
MENTIONING: Final = (
    "SELECT type, id, body, place FROM object "
    "WHERE number IN (SELECT number FROM link WHERE target = ?) ORDER BY place"
)
SAYING_ALIKE: Final = (
    "SELECT target FROM link WHERE relation = ? GROUP BY target HAVING count(*) > 1"
)
IS_MENTIONED: Final = "SELECT 1 FROM link WHERE target = ? LIMIT 1"
RESTING_NUMBERS: Final = (
    "SELECT number FROM link WHERE target = ? AND relation = 'reference' UNION "
    "SELECT cited.number FROM link AS taken JOIN object AS quote ON quote.number = taken.number "
    "JOIN link AS cited ON cited.target = quote.id AND cited.relation = 'claims_on_quote' "
    "WHERE taken.target = ? AND taken.relation = 'quotes_from'"
)
RESTING: Final = (
    f"SELECT type, id, body, place FROM object WHERE number IN ({RESTING_NUMBERS}) ORDER BY place"  # noqa: S608 - ours
)

TWICE: Final = "SELECT id FROM object GROUP BY id HAVING count(*) > 1 ORDER BY id"

OBJECTS: Final = "SELECT type, id, body, place FROM object WHERE id IN ({})"
LED_TO: Final = (
    "SELECT target, relation, type, id, body, place FROM link JOIN object USING (number) "
    "WHERE target IN ({}) AND relation IN ({}) ORDER BY place, nth"
)


def of_many(query: str, *numbers: int) -> str:
    """A query for so many ids, and so many of what else there are several of."""
    return query.format(*(", ".join("?" * number) for number in numbers))


def also(number: int) -> str:
    """A query for how so many words that are asked for are written."""
    return " UNION ALL ".join(ALSO.format(nth) for nth in range(number))


ADD_OBJECT: Final = (
    "INSERT INTO object (number, id, type, place, version, body) VALUES (?, ?, ?, ?, ?, ?)"
)
ADD_NAME: Final = "INSERT INTO name (value, number) VALUES (?, ?)"
ADD_LINK: Final = "INSERT INTO link (target, relation, number, nth) VALUES (?, ?, ?, ?)"
ADD_FACET: Final = "INSERT INTO facet (name, value, number) VALUES (?, ?, ?)"
DROP_NAME: Final = "DELETE FROM name WHERE value = ? AND number = ?"
DROP_LINK: Final = "DELETE FROM link WHERE target = ? AND relation = ? AND number = ? AND nth = ?"
DROP_FACET: Final = "DELETE FROM facet WHERE name = ? AND value = ? AND number = ?"

FILE: Final = "SELECT bytes FROM archived JOIN content USING (sha256) WHERE file = ?"
FILES: Final = "SELECT file FROM archived ORDER BY file"
FILE_HASH: Final = "SELECT sha256 FROM archived WHERE file = ?"
HAS_CONTENT: Final = "SELECT 1 FROM content WHERE sha256 = ?"
ADD_FILE: Final = "INSERT INTO archived (file, sha256) VALUES (?, ?)"
ADD_CONTENT: Final = "INSERT INTO content (sha256, bytes) VALUES (?, ?)"

UNITS: Final = "SELECT number, kind FROM unit WHERE id = ?"
ADD_UNIT: Final = (
    "INSERT INTO unit (number, kind, id, place, start_, end_) VALUES (?, ?, ?, ?, ?, ?)"
)
ADD_ALIAS: Final = "INSERT INTO alias (asked, stands, unit) VALUES (?, ?, ?)"
DROP_UNIT: Final = "DELETE FROM unit WHERE number = ?"
DROP_ALIASES: Final = "DELETE FROM alias WHERE unit = ?"
ALSO: Final = (
    "SELECT * FROM (SELECT DISTINCT {0} AS nth, stands FROM alias "
    "WHERE asked BETWEEN ? AND ? ORDER BY stands LIMIT ?) AS also_{0}"
)
"""For one of several that are asked for, with its number."""

LAST_NUMBERS: Final = (
    "SELECT (SELECT coalesce(max(number), 0) FROM object), "
    "(SELECT coalesce(max(number), 0) FROM unit)"
)
CHANGE_OBJECT: Final = "UPDATE object SET place = ?, version = ?, body = ? WHERE number = ?"
LAST_PLACE: Final = (
    "SELECT place FROM object WHERE place >= ? AND place < ? ORDER BY place DESC LIMIT 1"
)
PLACE_AFTER: Final = "SELECT place FROM object WHERE place > ? AND place < ? ORDER BY place LIMIT 1"
PLACES_AFTER: Final = "SELECT place FROM object WHERE place > ? AND place < ? ORDER BY place"
PLACE_BEFORE_ID: Final = (
    "SELECT place FROM object WHERE type = ? AND id < ? ORDER BY id DESC LIMIT 1"
)
ALIKE: Final = (
    "SELECT type, id, body, place FROM link AS about JOIN link AS rests USING (number) "
    "JOIN object USING (number) WHERE about.target = ? AND about.relation = 'claims_about' "
    "AND about.nth = 0 AND rests.target = ? AND rests.relation = ? AND rests.nth = 0 "
    "ORDER BY place DESC"
)
LAST_ABOUT: Final = (
    "SELECT place FROM link JOIN object USING (number) WHERE target = ? "
    "AND relation = 'claims_about' AND nth = 0 ORDER BY place DESC LIMIT 1"
)
QUOTED_BEFORE: Final = (
    "SELECT id FROM object WHERE place < ? AND EXISTS (SELECT 1 FROM link "
    "WHERE target = object.id AND relation = 'quotes_from') ORDER BY place DESC LIMIT 1"
)
MOVE_ON: Final = "UPDATE object SET place = place + ? WHERE place BETWEEN ? AND ?"
MOVE_UNITS_ON: Final = (
    "UPDATE unit SET place = place + ? "
    "WHERE id IN (SELECT id FROM object WHERE place BETWEEN ? AND ?)"
)

DROP_OBJECT: Final = "DELETE FROM object WHERE number = ?"

CHANGES: Final = "SELECT number, version, at, who, why FROM change ORDER BY number DESC"
CHANGES_OF: Final = (
    "SELECT number, version, at, who, why FROM change WHERE number IN "
    "(SELECT change FROM history WHERE id IN ({})) ORDER BY number DESC"
)
CHANGED: Final = "SELECT id, before, after FROM history WHERE change = ? ORDER BY id"
HAS_CHANGE: Final = "SELECT 1 FROM change WHERE version = ?"
ADD_CHANGE: Final = (
    "INSERT INTO change (number, version, at, who, why) "
    "SELECT coalesce(max(number), 0) + 1, ?, ?, ?, ? FROM change"
)
ADD_HISTORY: Final = (
    "INSERT INTO history (change, id, before, after) SELECT max(number), ?, ?, ? FROM change"
)
