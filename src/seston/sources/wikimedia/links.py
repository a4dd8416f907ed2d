"""Which item each taxon has, on disk: ``harvest/links.jsonl``, one taxon a line."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from seston.disk import write_text
from seston.errors import InvalidData
from seston.sources.wikimedia.attach import Attachment
from seston.sources.wikimedia.items import Item

LINKS = "harvest/links.jsonl"


@dataclass(frozen=True, slots=True)
class Link:
    """A taxon, its item or None, and what became of every item that was considered.

    Examples
    --------
    >>> Link("worms:1080", None, ()).rule
    ''
    """

    taxon: str
    item: Item | None
    considered: tuple[Attachment, ...]

    @property
    def rule(self) -> str:
        """The rule that settled the item, or nothing."""
        return next((made.rule for made in self.considered if made.taxon), "")


def write_links(path: Path, links: Iterable[Link]) -> None:
    """Write links, sorted by taxon; the same links always give the same bytes."""
    lines = (
        json.dumps(
            {
                "taxon": link.taxon,
                "item": link.item.as_json() if link.item else None,
                "considered": [asdict(made) for made in link.considered],
            },
            ensure_ascii=False,
        )
        for link in sorted(links, key=lambda link: link.taxon)
    )
    write_text(path, "".join(f"{line}\n" for line in lines))


def read_links(path: Path) -> list[Link]:
    """Read what `write_links` wrote; a file that is not there holds none.

    Raises
    ------
    InvalidData
        Lines that are damaged: all of them.
    """
    found: list[Link] = []
    problems: list[str] = []
    for number, line in enumerate(path.read_text().splitlines() if path.exists() else (), 1):
        try:
            found.append(_link(line))
        except (ValueError, TypeError, KeyError) as error:
            problems.append(f"line {number}: {error!r}")
    if problems:
        raise InvalidData(
            f"{path.name}: {len(problems)} damaged lines.", hint="Harvest Wikidata again.", problems=problems
        )
    return found


def _link(line: str) -> Link:
    content = json.loads(line)
    considered = (Attachment(**{**made, "evidence": tuple(made["evidence"])}) for made in content["considered"])
    return Link(content["taxon"], Item.from_json(content["item"]) if content["item"] else None, tuple(considered))
