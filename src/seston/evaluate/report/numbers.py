"""Numbers as a reader wants them."""

import math
from numbers import Real
from typing import Any

#: Joins a number to its sign or unit.
GLUE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def as_number(value: Any) -> float | None:
    """Return a finite number, or None for whatever is none."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return None
    return float(value) if math.isfinite(value) else None


def percent(value: float | None, digits: int = 0) -> str:
    r"""Return a share in percent, "–" for none.

    Examples
    --------
    >>> percent(0.25), percent(0.9996), percent(0.0004), percent(None)
    ('25\xa0%', '99.9\xa0%', '<1\xa0%', '–')
    """
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{100 * value:.{digits}f}"
    # Only what is all may read as all, and only what is none as none.
    if value < 1 and float(text) == 100:
        text = "99.9"
    if value > 0 and float(text) == 0:
        text = f"<{10**-digits:g}"
    return f"{text}{GLUE}%"


def signed(value: float, digits: int = 2) -> str:
    """Return a number with its sign, "0.00" without.

    Examples
    --------
    >>> signed(0.5), signed(-0.5), signed(-0.001)
    ('+0.50', '−0.50', '0.00')
    """
    text = f"{abs(value):.{digits}f}"
    if float(text) == 0:
        return text
    return ("+" if value > 0 else MINUS) + text


def count(value: int) -> str:
    """Return a count with thousands set apart.

    Examples
    --------
    >>> count(21233)
    '21,233'
    """
    return f"{value:,}"


def shade(share: float | None) -> str:
    """Return the class of the colour for a share: ``r0`` … ``r9``, ``rn`` for none."""
    if share is None or not math.isfinite(share):
        return "rn"
    return f"r{min(int(max(share, 0.0) * 10), 9)}"
