"""MediaWiki's Action API, answering from plain texts."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from seston.sources.wikimedia import pages
from tests.standins.server import Answer, Request

RIGHTS = {"url": "https://creativecommons.org/licenses/by-sa/4.0/deed.en", "text": "Creative Commons BY-SA 4.0"}


@dataclass
class MediaWiki:
    """Serves pages by title.

    Parameters
    ----------
    texts
        Plain text by title.
    items
        Wikidata item by title.
    redirects
        Title by the title that leads there.
    meanings
        Titles that list several meanings.
    lags
        How many of the first requests find the replicas lagging.
    """

    texts: Mapping[str, str]
    items: Mapping[str, str] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)
    meanings: frozenset[str] = frozenset()
    lags: int = 0

    def __call__(self, request: Request) -> Answer:
        if not request.headers.get("user-agent", "").partition("(")[2]:
            return Answer(403, b"A User-Agent with a contact is required")
        if self.lags and request.one("maxlag"):
            self.lags -= 1
            return _json({"error": {"code": "maxlag", "info": "Waiting for db: 6 seconds lagged"}})
        asked = request.one("titles").replace("_", " ")
        title = self.redirects.get(asked, asked) if request.one("redirects") else asked
        query: dict[str, Any] = {"rightsinfo": RIGHTS, "pages": [self._page(title)]}
        if title != asked:
            query["redirects"] = [{"from": asked, "to": title}]
        return _json({"batchcomplete": True, "query": query})

    def _page(self, title: str) -> dict[str, Any]:
        if title not in self.texts:
            return {"ns": 0, "title": title, "missing": True}
        text = self.texts[title]
        properties = {"wikibase_item": self.items[title]} if title in self.items else {}
        if title in self.meanings:
            properties["disambiguation"] = ""
        return {
            **{"pageid": 1, "ns": 0, "title": title, "extract": text, "lastrevid": revision_of(text)},
            **{"fullurl": f"https://en.wikipedia.org/wiki/{title.replace(' ', '_')}", "pageprops": properties},
        }


def revision_of(text: str) -> int:
    """Return a number that changes with the text."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)


def explained(markdown: str) -> str:
    """Return a page of the Markdown dumps in the form of ``explaintext`` with wiki headings."""
    parts = []
    for level, start, end in pages._parts(markdown):
        words = markdown[start:end].strip()
        parts.append(f"\n\n{'=' * level} {words} {'=' * level}\n" if level else words.replace("_", "") + "\n")
    return "".join(parts)


def _json(value: Any) -> Answer:
    return Answer(body=json.dumps(value, ensure_ascii=False).encode())
