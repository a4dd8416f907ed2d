"""Pages of Wikipedia through the Action API: one page a request, with revision, item, categories and licence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seston.errors import InvalidData
from seston.records import Passage
from seston.sources.web import ABSENT, Faulty, PoliteClient
from seston.sources.wikimedia.definition import Definition, fold, read_definition
from seston.sources.wikimedia.pages import read_page

MAXLAG = "5"
"""Seconds that the site's replicas may lag before it asks to come back later."""
_CREATIVE_COMMONS = re.compile(r"https?://creativecommons\.org/licenses/(?P<kind>[a-z-]+)/(?P<version>\d\.\d)")
_BUSY = ("maxlag", "ratelimited", "readonly")


@dataclass(frozen=True, slots=True)
class WikiPage:
    """A page as plain text.

    Parameters
    ----------
    title
        Its title, after redirects.
    revision
        Number of the revision.
    text
        Plain text with wiki headings.
    licence
        SPDX identifier of the licence that the site states, or its own words when that is none of Creative Commons.
    url
        Address of the page.
    item
        Its Wikidata item, such as ``Q8412``, or empty.
    categories
        Titles of its visible categories, without "Category:".
    disambiguation
        Whether it lists several meanings.
    """

    title: str
    revision: str
    text: str
    licence: str
    url: str
    item: str = ""
    categories: tuple[str, ...] = ()
    disambiguation: bool = False

    def definition(self) -> Definition:
        """Return what the page defines."""
        return read_definition(self.title, self.text, self.categories)

    def passages(self, about: str) -> list[Passage]:
        """Return the page's prose as passages about a taxon."""
        return read_page(self.text, about=about, page=self.url, revision=self.revision, licence=self.licence)


def endpoint(language: str) -> str:
    """Return the address of a Wikipedia's Action API."""
    return f"https://{language}.wikipedia.org/w/api.php"


def page_parameters(title: str) -> dict[str, str]:
    """Return the parameters of the request for a page."""
    return {
        **{"action": "query", "format": "json", "formatversion": "2", "maxlag": MAXLAG},
        **{"titles": title, "redirects": "1", "prop": "extracts|info|categories|pageprops"},
        **{"explaintext": "1", "exsectionformat": "wiki", "inprop": "url"},
        **{"clshow": "!hidden", "cllimit": "max", "ppprop": "wikibase_item|disambiguation"},
        **{"meta": "siteinfo", "siprop": "rightsinfo"},
    }


def page_of(answer: Any) -> WikiPage | None:
    """Return the page of an answer, or None when the site has no page of that title.

    Raises
    ------
    InvalidData
        The answer has another shape than the one asked for: an error, a page without text or revision.

    Examples
    --------
    >>> page_of({"query": {"pages": [{"title": "Nothing here", "missing": True}]}}) is None
    True
    """
    try:
        query = answer["query"]
        page = query["pages"][0]
        if page.get("missing") or page.get("invalid"):
            return None
        return _page(page, query["rightsinfo"])
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        said = answer.get("error", {}) if isinstance(answer, Mapping) else {}
        told = f": {said.get('code')}, {said.get('info')}" if isinstance(said, Mapping) and said else ""
        raise InvalidData(
            f"The answer of Wikipedia is no page with text and revision{told}.",
            hint="Try again later; what was fetched is kept.",
        ) from error


def licence_of(rights: Mapping[str, Any]) -> str:
    """Return the licence that a site states, as an SPDX identifier where it is one of Creative Commons.

    >>> licence_of({"text": "Creative Commons", "url": "https://creativecommons.org/licenses/by-sa/4.0/deed.en"})
    'CC-BY-SA-4.0'
    """
    match = _CREATIVE_COMMONS.match(str(rights.get("url", "")))
    return f"CC-{match['kind'].upper()}-{match['version']}" if match else str(rights["text"])


def _page(page: Mapping[str, Any], rights: Mapping[str, Any]) -> WikiPage:
    properties = page.get("pageprops", {})
    if not str(rights["text"]).strip() or not isinstance(page["extract"], str):
        raise KeyError("rightsinfo")
    return WikiPage(
        page["title"],
        str(int(page["lastrevid"])),
        page["extract"],
        licence_of(rights),
        page["fullurl"],
        properties.get("wikibase_item", ""),
        tuple(category["title"].partition(":")[2] for category in page.get("categories", ())),
        "disambiguation" in properties,
    )


class Wikipedia:
    """Asks one Wikipedia for pages.

    Parameters
    ----------
    client
        With the manners `WIKIMEDIA`.
    address
        Of the Action API; that of the English Wikipedia when not given.
    """

    def __init__(self, client: PoliteClient, address: str = "") -> None:
        self.client, self.address = client, address or endpoint("en")

    def page(self, title: str) -> WikiPage | None:
        """Return the page of a title, redirects followed, or None when there is none.

        Raises
        ------
        SourceUnreachable
            No usable answer after all attempts.
        """
        answer = self.client.json(self.address, page_parameters(title), expect=lambda value: _found(value, title))
        return None if answer is ABSENT else answer[0]


def _found(answer: Any, title: str) -> tuple[WikiPage | None]:
    """Return the page of an answer, in a tuple because None means a page that is missing; wait when replicas lag.

    Raises
    ------
    Faulty
        The site is busy.
    ValueError
        The answer is about another page than the one asked for.
    """
    said = answer.get("error") if isinstance(answer, Mapping) else None
    if isinstance(said, Mapping) and said.get("code") in _BUSY:
        raise Faulty(f"Wikipedia is busy: {said.get('code')}", wait_s=float(MAXLAG))
    page = page_of(answer)
    about = str(answer["query"]["pages"][0]["title"])
    if fold(about) != fold(_led_to(answer["query"], title)):
        raise ValueError(f"the page {about}, which was not asked for")
    return (page,)


def _led_to(query: Mapping[str, Any], title: str) -> str:
    """Return the title that the site made of a title: written its own way, then over its redirects."""
    for kind in ("normalized", "redirects"):
        steps = {fold(step["from"]): step["to"] for step in query.get(kind, ())}
        for _ in steps:
            title = steps.get(fold(title), title)
    return title
