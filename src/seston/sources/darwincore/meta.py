"""``meta.xml``: which files an archive has, how they are written, and what their columns mean."""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seston.errors import InvalidData

_NAMESPACE = "{http://rs.tdwg.org/dwc/text/}"
_HINT = "Ask the publisher for an archive whose meta.xml follows the Darwin Core text guide."
_ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\r\\n": "\r\n"}


@dataclass(frozen=True)
class Part:
    """A file of an archive.

    Parameters
    ----------
    kind
        Last word of its row type: "Taxon", "VernacularName", "SpeciesProfile".
    location
        Its name in the archive.
    encoding, delimiter, quote, header_lines
        How it is written; ``quote`` is empty when values are not enclosed.
    id_column
        Place of the id (core) or the core's id (extension).
    columns
        Place of each term, by its last word.
    defaults
        Value of a term where its column is empty, or where it has no column.
    """

    kind: str
    location: str
    encoding: str
    delimiter: str
    quote: str
    header_lines: int
    id_column: int
    columns: Mapping[str, int]
    defaults: Mapping[str, str]


def read_meta(content: bytes) -> tuple[Part, ...]:
    """Return the core and then the extensions that ``meta.xml`` describes.

    Raises
    ------
    InvalidData
        It is no XML, declares entities, or lacks what a reader needs: all of it in ``problems``.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise InvalidData(f"meta.xml declares entities or a document type: {error}.", hint=_HINT) from error
    except (ParseError, ValueError, LookupError) as error:
        raise InvalidData(f"meta.xml is no XML: {error}.", hint=_HINT) from error
    cores = root.findall(f"{_NAMESPACE}core")
    if len(cores) != 1:
        raise InvalidData(f"meta.xml describes {len(cores)} core files, expected 1.", hint=_HINT)
    problems: list[str] = []
    parts = [_part(item, problems) for item in (*cores, *root.findall(f"{_NAMESPACE}extension"))]
    if problems:
        raise InvalidData("meta.xml cannot be followed.", hint=_HINT, problems=problems)
    return tuple(part for part in parts if part)


def _part(item: Any, problems: list[str]) -> Part | None:
    kind = _last_word(item.get("rowType", ""))
    try:
        return _described(item, kind)
    except (ValueError, LookupError) as error:
        problems.append(f"{kind or 'a file without rowType'}: {error}")
        return None


def _described(item: Any, kind: str) -> Part:
    ending = _plain(item.get("linesTerminatedBy", "\\n"))
    if ending not in ("\n", "\r\n", "\r"):
        raise ValueError(f"linesTerminatedBy is {ending!r}, expected \\n, \\r\\n or \\r")
    identifier = item.find(f"{_NAMESPACE}id")
    if identifier is None:
        identifier = item.find(f"{_NAMESPACE}coreid")
    fields = item.findall(f"{_NAMESPACE}field")
    return Part(
        kind,
        _location(item),
        _encoding(item.get("encoding", "UTF-8")),
        _one_sign(item, "fieldsTerminatedBy", ","),
        _one_sign(item, "fieldsEnclosedBy", '"'),
        _number(item.get("ignoreHeaderLines", "0"), "ignoreHeaderLines"),
        _number(None if identifier is None else identifier.get("index"), "index of its id"),
        {_last_word(f.get("term", "")): _number(f.get("index"), "index") for f in fields if f.get("index") is not None},
        {_last_word(f.get("term", "")): f.get("default") for f in fields if f.get("default") is not None},
    )


def _location(item: Any) -> str:
    texts = [text.text or "" for text in item.iter(f"{_NAMESPACE}location")]
    if len(texts) != 1 or not texts[0].strip():
        raise ValueError(f"{len(texts)} locations, expected 1 file")
    return str(texts[0].strip())


def _encoding(name: str) -> str:
    if "a\n".encode(name) != b"a\n":
        raise ValueError(f"encoding {name}, expected UTF-8 or one that keeps ASCII")
    return codecs.lookup(name).name


def _one_sign(item: Any, attribute: str, otherwise: str) -> str:
    sign = _plain(item.get(attribute, otherwise))
    if len(sign.encode()) > 1 or (not sign and attribute == "fieldsTerminatedBy"):
        raise ValueError(f"{attribute} is {sign!r}, expected one ASCII sign")
    return sign


def _number(text: str | None, what: str) -> int:
    if text is None or not text.strip().isdecimal():
        raise ValueError(f"{what} is {text!r}, expected a number from 0")
    return int(text)


def _plain(text: str) -> str:
    return _ESCAPES.get(text, text)


def _last_word(uri: str) -> str:
    return uri.rstrip("/").rpartition("/")[2]
