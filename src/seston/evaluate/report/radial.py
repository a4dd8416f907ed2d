"""The tree as a wheel: the root in the middle, a ring a level, the labels and their silhouettes on the rim."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from seston.evaluate.report.numbers import count, percent, shade
from seston.evaluate.report.outline import Branch

HUB, RIM, NAMES, EDGE = 46.0, 372.0, 446.0, 604.0
# Neighbouring silhouettes stand in two rows, so that they may be twice as large.
_ROWS = (392.0, 425.0)
_LARGEST = 34.0
_GLYPH = 6.4
_LONGEST = 25


@dataclass(frozen=True, slots=True)
class Sector:
    """A node: the outline of its field, its colour, what it says, and a name along an arc when there is room."""

    id: str
    path: str
    shade: str
    title: str
    name: str
    arc: str


@dataclass(frozen=True, slots=True)
class Spoke:
    """A label on the rim: turned by ``angle`` degrees, read from the hub outward or, when ``flipped``, inward.

    ``picture`` is where its silhouette begins along the spoke.
    """

    id: str
    name: str
    angle: float
    flipped: bool
    picture: float


@dataclass(frozen=True, slots=True)
class Wheel:
    """All sectors, parents first, and the spokes."""

    sectors: tuple[Sector, ...]
    spokes: tuple[Spoke, ...]
    edge: float = EDGE
    names: float = NAMES
    size: float = _LARGEST


def wheel(roots: tuple[Branch, ...]) -> Wheel | None:
    """Return the drawing of a tree, or None when it is empty.

    Parameters
    ----------
    roots
        From `outline`. Every leaf takes the same angle, so that rare labels are seen.

    Returns
    -------
    Wheel
        In a square of side 2 × ``edge`` around the origin, angles clockwise from the top.
    """
    if not roots:
        return None
    leaves = sum(root.leaves for root in roots)
    levels = max(branch.depth for root in roots for branch in root.walk())
    size = round(min(_LARGEST, 2 * math.radians(360 / leaves) * _ROWS[0] * 0.94), 1)
    draw = _Drawing(360 / leaves, (RIM - HUB) / max(levels, 1), size)
    start = 0.0
    for root in roots:
        start = draw.branch(root, start)
    return Wheel(tuple(draw.sectors), tuple(draw.spokes), size=size)


class _Drawing:
    def __init__(self, pitch: float, ring: float, size: float) -> None:
        self.pitch = pitch
        self.ring = ring
        self.size = size
        self.sectors: list[Sector] = []
        self.spokes: list[Spoke] = []

    def branch(self, branch: Branch, start: float) -> float:
        end = start + branch.leaves * self.pitch
        inner = HUB + (branch.depth - 1) * self.ring if branch.depth else 0.0
        outer = RIM if not branch.children else inner + self.ring if branch.depth else HUB
        if branch.depth or not branch.children:
            self.sectors.append(_sector(branch, start, end, inner, outer))
        else:
            self.sectors.append(_hub(branch))
        if not branch.children:
            self.spokes.append(_spoke(branch, (start + end) / 2, _ROWS[len(self.spokes) % 2], self.size))
        for child in branch.children:
            start = self.branch(child, start)
        return end


def _hub(branch: Branch) -> Sector:
    path = f"M0 {-HUB}A{HUB} {HUB} 0 1 1 0 {HUB}A{HUB} {HUB} 0 1 1 0 {-HUB}Z"
    return Sector(branch.node.id, path, shade(branch.node.recall), _title(branch), "", "")


def _sector(branch: Branch, start: float, end: float, inner: float, outer: float) -> Sector:
    end = min(end, start + 359.99)
    large = int(end - start > 180)
    path = (
        f"M{_at(start, inner)}L{_at(start, outer)}A{outer:.1f} {outer:.1f} 0 {large} 1 {_at(end, outer)}"
        f"L{_at(end, inner)}A{inner:.1f} {inner:.1f} 0 {large} 0 {_at(start, inner)}Z"
    )
    name = next(_names(branch, math.radians(end - start) * (inner + outer) / 2), "") if branch.children else ""
    arc = _arc(start, end, (inner + outer) / 2) if name else ""
    return Sector(branch.node.id, path, shade(branch.node.recall), _title(branch), name, arc)


def _names(branch: Branch, room: float) -> Iterator[str]:
    """Yield the chain's names that fit, the lowest first."""
    yield from (node.name for node in reversed(branch.chain) if len(node.name) * _GLYPH + 12 <= room)


def _arc(start: float, end: float, radius: float) -> str:
    """Return an arc along which text stands upright, its baseline a little inward of the middle."""
    middle = (start + end) / 2 % 360
    large = int(end - start > 180)
    if 90 < middle < 270:
        radius += 4
        return f"M{_at(end, radius)}A{radius:.1f} {radius:.1f} 0 {large} 0 {_at(start, radius)}"
    radius -= 4
    return f"M{_at(start, radius)}A{radius:.1f} {radius:.1f} 0 {large} 1 {_at(end, radius)}"


def _spoke(branch: Branch, middle: float, row: float, size: float) -> Spoke:
    short = _shortened(branch.node.name)
    flipped = middle % 360 > 180
    angle = middle + 90 if flipped else middle - 90
    picture = (-row if flipped else row) - size / 2
    return Spoke(branch.node.id, short, round(angle, 2), flipped, round(picture, 1))


def _shortened(name: str) -> str:
    """Cut a long name in its middle: labels of one group begin alike and differ at the end."""
    if len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST // 3].rstrip()}…{name[-(_LONGEST - _LONGEST // 3 - 1) :].lstrip()}"


def _title(branch: Branch) -> str:
    names = " › ".join(node.name for node in branch.chain)
    node = branch.node
    return f"{names}: recall {percent(node.recall)} of {count(node.n_test)} images"


def _at(angle: float, radius: float) -> str:
    turned = math.radians(angle)
    return f"{radius * math.sin(turned):.1f} {-radius * math.cos(turned):.1f}"
