"""What can be wrong with an answer, and whether asking again may help."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""HTTP status codes after which the same request may succeed."""

_ERRNO: Final = re.compile(r"^\[Errno -?\d+\] ")
_ANSWERED: Final = frozenset({200, 204})
_EXCERPT = 120


class Faulty(Exception):
    """An answer that cannot be used.

    Parameters
    ----------
    reason
        What was got, in words.
    wait_s
        Seconds that the server asked to wait, or None.
    again
        Whether asking again may help.
    """

    def __init__(self, reason: str, *, wait_s: float | None = None, again: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait_s = wait_s
        self.again = again


class Refused(Faulty):
    """A request that the service understands and refuses: status 400 with its reasons."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, again=False)


def in_words(error: Exception) -> str:
    """Return why the network failed, without the number of the error.

    >>> in_words(ConnectionRefusedError(111, "Connection refused")), in_words(TimeoutError())
    ('Connection refused', 'TimeoutError')
    """
    return _ERRNO.sub("", str(error)).rstrip(".") or type(error).__name__


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Return the seconds that ``Retry-After`` asks for, in seconds or as an HTTP date, or None without it.

    Examples
    --------
    >>> retry_after({"retry-after": "7"})
    7.0
    >>> moment = datetime(2015, 10, 21, 7, 27, 30, tzinfo=UTC)
    >>> retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, moment)
    30.0
    """
    asked = headers.get("retry-after", "").strip()
    if asked.isdecimal():
        return float(asked)
    try:
        date = parsedate_to_datetime(asked)
    except ValueError:
        return None
    return max(0.0, (date.replace(tzinfo=date.tzinfo or UTC) - (now or datetime.now(UTC))).total_seconds())


def check_status(status: int, headers: Mapping[str, str], content: bytes, absent: frozenset[int]) -> None:
    """Pass an answer or an absence on.

    Raises
    ------
    Refused
        Status 400.
    Faulty
        Any other status.
    """
    if status in _ANSWERED or status in absent:
        return
    if status == 400:
        raise Refused(_reasons(content) or "status 400")
    wait = retry_after(headers) if status in AGAIN else None
    raise Faulty(f"status {status}", wait_s=wait, again=status in AGAIN)


def parse_json(content: bytes) -> Any:
    """Return the value of a JSON document.

    Raises
    ------
    Faulty
        It is empty, HTML, cut off, or not in UTF-8.
    """
    if not content.strip():
        raise Faulty("an empty page instead of JSON")
    if content.lstrip()[:1] == b"<":
        raise Faulty("a page of HTML instead of JSON")
    try:
        value = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeError as error:
        raise Faulty("JSON that is not in UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise Faulty(f"JSON that is cut off or broken: {_excerpt(content)}") from error
    return value


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _reasons(content: bytes) -> str:
    try:
        errors = json.loads(content)["errors"]
    except (ValueError, KeyError, TypeError):
        return ""
    return "; ".join(str(error) for error in errors) if isinstance(errors, list) else str(errors)


def _excerpt(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    return text if len(text) <= _EXCERPT else f"{text[: _EXCERPT // 2]} … {text[-_EXCERPT // 2 :]}"
