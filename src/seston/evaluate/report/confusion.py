"""Who is taken for whom: a picture of all cells, and the worst of them in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from seston.evaluate.report.data import Confusion, TreeNode
from seston.evaluate.report.numbers import count, percent

_LEVELS = 8
_PAIRS = 12
_NAMED = 40
_COUNTED = 16


@dataclass(frozen=True, slots=True)
class Pair:
    """``images`` of the truth were taken for the answer."""

    truth: str
    truth_name: str
    answer: str
    answer_name: str
    images: str
    of: str
    share: str
    width: float


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring rows of one clade."""

    name: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Heat:
    """A matrix to draw, one unit a cell.

    ``right`` and ``wrong`` hold a path of cells for each level of darkness, as (level, path); ``cells`` the counts as
    (row, column, count) for the reader's pointer, ``printed`` those that are written into the picture.
    """

    rank: str
    title: str
    names: tuple[str, ...]
    totals: tuple[int, ...]
    right: tuple[tuple[int, str], ...]
    wrong: tuple[tuple[int, str], ...]
    cells: tuple[tuple[int, int, int], ...]
    printed: tuple[tuple[int, int, int, bool], ...]
    groups: tuple[Group, ...]
    pairs: tuple[Pair, ...]
    accuracy: str
    total: str
    named: bool


def heat(confusion: Confusion, lines: Mapping[str, tuple[TreeNode, ...]]) -> Heat | None:
    """Return a confusion matrix as a drawing, or None when it holds no image.

    Parameters
    ----------
    confusion
        Counts at one rank.
    lines
        From `outline.ancestors`: the nodes from the root to each node, in the order of the tree, by which rows are
        sorted so that relatives stand together.
    """
    place = {node: i for i, node in enumerate(lines)}
    kept = [
        i for i in range(len(confusion.labels)) if any(confusion.counts[i]) or any(row[i] for row in confusion.counts)
    ]
    order = sorted(kept, key=lambda i: (place.get(confusion.labels[i], len(place)), confusion.labels[i]))
    ids = [confusion.labels[i] for i in order]
    table = [[int(confusion.counts[i][j]) for j in order] for i in order]
    totals = [sum(row) for row in table]
    if not sum(totals):
        return None
    names = tuple(lines[node][-1].name if node in lines else node for node in ids)
    cells = tuple((i, j, n) for i, row in enumerate(table) for j, n in enumerate(row) if n)
    return Heat(
        confusion.rank,
        _title(confusion.rank),
        names,
        tuple(totals),
        _paths([(i, j, n / totals[i]) for i, j, n in cells if i == j]),
        _paths([(i, j, n / totals[i]) for i, j, n in cells if i != j]),
        cells,
        tuple((i, j, n, n / totals[i] > 0.5) for i, j, n in cells) if len(ids) <= _COUNTED else (),
        _groups([lines.get(node, ()) for node in ids]) if len(ids) > _NAMED else (),
        _pairs(ids, names, cells, totals),
        percent(sum(table[i][i] for i in range(len(ids))) / sum(totals), 1),
        count(sum(totals)),
        len(ids) <= _NAMED,
    )


def _title(rank: str) -> str:
    return {"label": "Label", "leaf": "Label"}.get(rank, rank.capitalize())


def _paths(cells: list[tuple[int, int, float]]) -> tuple[tuple[int, str], ...]:
    # A few per cent of a row should be seen, so that darkness follows the square root.
    paths: dict[int, str] = {}
    for row, column, share in cells:
        level = min(int(share**0.5 * _LEVELS), _LEVELS - 1) + 1
        paths[level] = paths.get(level, "") + f"M{column} {row}h1v1h-1z"
    return tuple(sorted(paths.items()))


def _groups(lines: list[tuple[TreeNode, ...]]) -> tuple[Group, ...]:
    groups: list[Group] = []
    for i, line in enumerate(lines):
        name = next((node.name for node in line if node.rank == "phylum"), "")
        if groups and groups[-1].name == name:
            groups[-1] = Group(name, groups[-1].start, groups[-1].length + 1)
        else:
            groups.append(Group(name, i, 1))
    return tuple(group for group in groups if group.name and group.length > 1)


def _pairs(
    ids: list[str], names: tuple[str, ...], cells: tuple[tuple[int, int, int], ...], totals: list[int]
) -> tuple[Pair, ...]:
    wrong = sorted(((n, i, j) for i, j, n in cells if i != j), key=lambda cell: (-cell[0], cell[1], cell[2]))[:_PAIRS]
    return tuple(
        Pair(
            ids[i],
            names[i],
            ids[j],
            names[j],
            count(n),
            count(totals[i]),
            percent(n / totals[i]),
            round(100 * n / totals[i], 1),
        )
        for n, i, j in wrong
    )
