"""The operating curve: how deep the answers go, and how often they hold, as more certainty is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seston.evaluate.report.data import OperatingPoint
from seston.evaluate.report.numbers import percent

WIDTH, HEIGHT = 460.0, 320.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 14.0, 16.0, 46.0

#: Ranks of an answer, finest first.
RANKS = ("label", "species", "genus", "family", "order", "class", "phylum", "kingdom", "above")
_PREFIXES = ("super", "sub", "infra", "parv", "giga", "mega", "subter", "epi", "hyper")
_ABOVE = ("", "root", "domain", "superdomain", "living", "not-living", "unranked", "none")


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the curve: place in the drawing, and its figures."""

    x: float
    y: float
    sure: float
    accuracy: float
    mean_depth: float
    marked: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A rank: the outline of its area, and where its name stands when there is room."""

    rank: str
    path: str
    shade: str
    at: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Curve:
    """Accuracy against depth, with the shares of ranks against the asked certainty.

    ``rows`` holds for each point sure, accuracy, mean depth and the shares of `ranks`.
    """

    points: tuple[Point, ...]
    line: str
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    sure_ticks: tuple[tuple[float, str], ...]
    share_ticks: tuple[tuple[float, str], ...]
    bands: tuple[Band, ...]
    ranks: tuple[str, ...]
    rows: tuple[tuple[float, float, float, tuple[float, ...]], ...]
    start: int
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    top: float = TOP
    bottom: float = HEIGHT - BOTTOM


def main_rank(rank: str) -> str:
    """Return the main rank that a finer distinction belongs to.

    Examples
    --------
    >>> main_rank("infraorder"), main_rank("subphylum"), main_rank("superdomain"), main_rank("label")
    ('order', 'phylum', 'above', 'label')
    """
    rank = rank.lower()
    if rank in _ABOVE:
        return "above"
    for prefix in _PREFIXES:
        if rank.startswith(prefix) and rank.removeprefix(prefix) in RANKS:
            return rank.removeprefix(prefix)
    return "label" if rank == "leaf" else rank


def curve(points: Sequence[OperatingPoint], sure: float | None) -> Curve | None:
    """Return the drawing of the operating points, or None when there are fewer than two.

    Parameters
    ----------
    points
        In any order.
    sure
        The certainty that the slider starts at.
    """
    points = sorted(points, key=lambda point: point.sure)
    if len(points) < 2:
        return None
    shares = [_fold(point.answered) for point in points]
    ranks = tuple(sorted({rank for share in shares for rank in share}, key=_order))
    deepest = max(point.mean_depth for point in points)
    depths = _ticks(0, deepest)
    floor = int(min(point.accuracy for point in points) * 10) / 10
    levels = [floor + 0.1 * i for i in range(round((1 - floor) * 10) + 1)]
    start = min(range(len(points)), key=lambda i: abs(points[i].sure - (0.5 if sure is None else sure)))
    every = max(1, len(points) // 6)
    placed = tuple(
        Point(
            _x(point.mean_depth / depths[-1]),
            _y((point.accuracy - floor) / (1 - floor) if floor < 1 else 1.0),
            point.sure,
            point.accuracy,
            point.mean_depth,
            i % every == 0,
        )
        for i, point in enumerate(points)
    )
    return Curve(
        placed,
        "M" + "L".join(f"{point.x} {point.y}" for point in placed),
        tuple((_x(tick / depths[-1]), f"{tick:g}") for tick in depths),
        tuple((_y((level - floor) / (1 - floor) if floor < 1 else 1.0), percent(level)) for level in levels),
        tuple((_x(x), f"{x:g}") for x in (0, 0.2, 0.4, 0.6, 0.8, 1)),
        tuple((_y(y), percent(y)) for y in (0, 0.25, 0.5, 0.75, 1)),
        _bands([point.sure for point in points], shares, ranks),
        ranks,
        tuple(
            (
                float(point.sure),
                round(float(point.accuracy), 4),
                round(float(point.mean_depth), 3),
                tuple(round(float(share.get(rank, 0.0)), 4) for rank in ranks),
            )
            for point, share in zip(points, shares, strict=True)
        ),
        start,
    )


def _fold(answered: Mapping[str, float]) -> dict[str, float]:
    folded: dict[str, float] = {}
    for rank in sorted(answered):
        folded[main_rank(rank)] = folded.get(main_rank(rank), 0.0) + answered[rank]
    return folded


def _order(rank: str) -> tuple[int, str]:
    return (RANKS.index(rank) if rank in RANKS else RANKS.index("above"), rank)


def _bands(sure: list[float], shares: list[dict[str, float]], ranks: tuple[str, ...]) -> tuple[Band, ...]:
    low = [0.0] * len(sure)
    bands = []
    for rank in ranks:
        high = [min(base + share.get(rank, 0.0), 1.0) for base, share in zip(low, shares, strict=True)]
        up = [f"{_x(s)} {_y(h)}" for s, h in zip(sure, high, strict=True)]
        down = [f"{_x(s)} {_y(b)}" for s, b in zip(reversed(sure), reversed(low), strict=True)]
        widest = max(range(len(sure)), key=lambda i: (high[i] - low[i]) * (0.08 < sure[i] < 0.9))
        room = high[widest] - low[widest] > 0.07
        at = (_x(sure[widest]), _y((high[widest] + low[widest]) / 2)) if room else None
        bands.append(Band(rank, "M" + "L".join((*up, *down)) + "Z", f"k{_order(rank)[0]}", at))
        low = high
    return tuple(bands)


def _ticks(low: float, high: float) -> list[float]:
    step = next((step for step in (0.5, 1, 2, 5) if (high - low) / step <= 8), 10.0)
    count = int(-(-(high - low) // step)) or 1
    return [low + step * i for i in range(count + 1)]


def _x(share: float) -> float:
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _y(share: float) -> float:
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)
