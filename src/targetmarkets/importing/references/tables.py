"""What BibTeX, BibLaTeX and RIS call what a source has: for those who read, and those who write."""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Kind(NamedTuple):
    """A type of CSL in BibTeX."""

    entry: str
    container: str = "howpublished"
    """The field of what it appeared in."""
    publisher: str = "publisher"


_OTHER: Final = Kind("misc")
_ARTICLE: Final = Kind("article", "journal")
_ONLINE: Final = Kind("online", "organization")
_UNPUBLISHED: Final = Kind("unpublished", publisher="organization")

BIBTEX: Final[Mapping[str, Kind]] = {
    "article-journal": _ARTICLE,
    "article-magazine": _ARTICLE,
    "article-newspaper": _ARTICLE,
    "book": Kind("book", "booktitle"),
    "chapter": Kind("incollection", "booktitle"),
    "document": _OTHER,
    "manuscript": _UNPUBLISHED,
    "paper-conference": Kind("inproceedings", "booktitle"),
    "personal_communication": _UNPUBLISHED,
    "post": _ONLINE,
    "post-weblog": _ONLINE,
    "report": Kind("techreport", publisher="institution"),
    "thesis": Kind("phdthesis", publisher="school"),
    "webpage": _ONLINE,
}
"""Types of CSL; any other is `misc`."""

PLAIN: Final = frozenset(
    {"article-journal", "book", "chapter", "document", "manuscript", "paper-conference", "report",
     "thesis", "webpage"}
)  # fmt: skip
"""Types that an entry stands for unless `entrysubtype` names another."""

SUBTYPES: Final = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
"""What BibLaTeX has as `entrysubtype`, and pandoc reads; for other types it is CSL's word."""

ENTRIES: Final[Mapping[str, str]] = {
    **{BIBTEX[type_].entry: type_ for type_ in sorted(PLAIN)},
    "artwork": "graphic", "audio": "song", "bookinbook": "chapter", "booklet": "pamphlet",
    "collection": "book", "conference": "paper-conference", "dataset": "dataset",
    "electronic": "webpage", "image": "graphic", "inbook": "chapter",
    "inreference": "entry-encyclopedia", "jurisdiction": "legal_case", "legal": "treaty",
    "legislation": "legislation", "letter": "personal_communication", "manual": "report",
    "mastersthesis": "thesis", "movie": "motion_picture", "music": "song", "mvbook": "book",
    "mvcollection": "book", "mvproceedings": "book", "mvreference": "book",
    "newspaper": "article-newspaper", "patent": "patent", "performance": "performance",
    "periodical": "periodical", "proceedings": "book", "reference": "book", "report": "report",
    "review": "review", "software": "software", "standard": "standard", "suppbook": "chapter",
    "suppcollection": "chapter", "suppperiodical": "article-journal", "thesis": "thesis",
    "video": "motion_picture", "webpage": "webpage", "www": "webpage",
}  # fmt: skip
"""Types of entries, each with that of CSL."""

NUMBERED_IN_SERIES: Final = frozenset({"book", "chapter", "paper-conference"})
"""Types whose `number` is that of the series."""

ARTICLES: Final = frozenset({"article-journal", "article-magazine", "article-newspaper"})
"""Articles of all kinds."""

WITH_ISSUES: Final = ARTICLES | {"periodical"}
"""Types whose `number` is the issue in BibTeX."""

AUTHORITATIVE: Final = frozenset(
    {"bill", "hearing", "legal_case", "legislation", "regulation", "treaty"}
)
"""Types whose `organization` is the body that issued the work, and no publisher."""

BIBTEX_TEXTS: Final[Mapping[str, str]] = {
    "annotation": "note", "annote": "note", "archive": "archive",
    "archive_location": "archive_location", "doi": "DOI", "eventtitle": "event-title",
    "issue": "issue", "language": "language", "langid": "language", "library": "archive_location",
    "note": "note", "pages": "page", "pagetotal": "number-of-pages", "series": "collection-title",
    "type": "genre", "url": "URL", "version": "version", "volume": "volume",
}  # fmt: skip
"""Fields that mean one thing in every entry."""

BIBTEX_NAMES: Final[Mapping[str, str]] = {
    "author": "author", "bookauthor": "container-author", "editor": "editor",
    "translator": "translator",
}  # fmt: skip

BIBTEX_DATES: Final[Mapping[str, str]] = {
    "origdate": "original-date", "origyear": "original-date", "urldate": "accessed",
}  # fmt: skip

PRIVATE: Final = "csl-"
"""How a field is called, before its name in CSL, for which BibTeX has none: others skip it."""

LANGUAGES: Final[Mapping[str, str]] = {
    "afrikaans": "af", "american": "en-US", "arabic": "ar", "armenian": "hy",
    "australian": "en-AU", "austrian": "de-AT", "basque": "eu", "belarusian": "be",
    "brazil": "pt-BR", "brazilian": "pt-BR", "breton": "br", "british": "en-GB", "bulgarian": "bg",
    "canadian": "en-CA", "canadien": "fr-CA", "catalan": "ca", "chinese": "zh", "croatian": "hr",
    "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "esperanto": "eo",
    "estonian": "et", "farsi": "fa", "finnish": "fi", "french": "fr", "galician": "gl",
    "georgian": "ka", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi",
    "hungarian": "hu", "icelandic": "is", "indonesian": "id", "irish": "ga", "italian": "it",
    "japanese": "ja", "korean": "ko", "latin": "la", "latvian": "lv", "lithuanian": "lt",
    "macedonian": "mk", "malay": "ms", "mexican": "es-MX", "naustrian": "de-AT",
    "newzealand": "en-NZ", "ngerman": "de", "norsk": "nb", "norwegian": "no",
    "nswissgerman": "de-CH", "nynorsk": "nn", "persian": "fa", "polish": "pl", "portuges": "pt",
    "portuguese": "pt", "romanian": "ro", "russian": "ru", "serbian": "sr", "slovak": "sk",
    "slovene": "sl", "slovenian": "sl", "spanish": "es", "swedish": "sv", "swissgerman": "de-CH",
    "thai": "th", "turkish": "tr", "ukenglish": "en-GB", "ukrainian": "uk", "urdu": "ur",
    "usenglish": "en-US", "vietnamese": "vi", "welsh": "cy",
}  # fmt: skip
"""What babel calls languages, each with its code."""

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "language": LANGUAGES,
    "genre": {
        "audiocd": "audio CD", "bathesis": "Bachelor’s thesis", "candthesis": "Candidate thesis",
        "datacd": "data CD", "mathesis": "Master’s thesis", "patent": "patent", "patentde":
        "German patent", "patenteu": "European patent", "patentfr": "French patent", "patentuk":
        "British patent", "patentus": "U.S. patent", "patreq": "patent request", "patreqde":
        "German patent request", "patreqeu": "European patent request", "patreqfr":
        "French patent request", "patrequk": "British patent request", "patrequs":
        "U.S. patent request", "phdthesis": "PhD thesis", "resreport": "research report",
        "software": "computer software", "techreport": "technical report",
    },
    "collection-title": {"newseries": "new series", "oldseries": "old series"},
}  # fmt: skip
"""What BibLaTeX writes as a key, and prints in words, by the field of CSL."""

RIS: Final[Mapping[str, str]] = {
    "article": "GEN",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "dataset": "DATA",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "UNPB",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "personal_communication": "PCOMM",
    "post": "ELEC",
    "post-weblog": "BLOG",
    "regulation": "GOVDOC",
    "report": "RPRT",
    "software": "COMP",
    "song": "SOUND",
    "speech": "GEN",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
"""Types of CSL that RIS knows; any other is `GEN`."""

RIS_TYPES: Final[Mapping[str, str]] = {
    **{tag: type_ for type_, tag in RIS.items()},
    "ABST": "article-journal", "CONF": "paper-conference", "DBASE": "dataset", "EBOOK": "book",
    "ECHAP": "chapter", "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage",
    "GEN": "document", "ICOMM": "personal_communication", "INPR": "article-journal",
    "JFULL": "periodical", "MANSCPT": "manuscript", "SER": "collection", "SLIDE": "speech",
    "UNBILL": "bill", "UNPD": "manuscript",
}  # fmt: skip

RIS_TAGS: Final[Mapping[str, str]] = {
    "TI": "title", "T1": "title", "CT": "title", "T2": "container-title", "JO": "container-title",
    "JF": "container-title", "JA": "container-title", "J2": "container-title",
    "BT": "container-title", "T3": "collection-title", "PB": "publisher", "VL": "volume",
    "IS": "issue", "M1": "number", "DO": "DOI", "LA": "language", "N1": "note", "M3": "genre",
    "DB": "archive", "AV": "archive_location", "ET": "version",
}  # fmt: skip
"""Tags that mean one thing in every record; of several for one field, the first that is there."""

RIS_NAMES: Final[Mapping[str, str]] = {
    "AU": "author", "A1": "author", "ED": "editor", "A2": "editor", "A4": "translator",
}  # fmt: skip

RIS_PRIVATE: Final = "C8"
"""The tag, one of those that are anybody's, of fields for which RIS has none: `csl:authority=…`."""
