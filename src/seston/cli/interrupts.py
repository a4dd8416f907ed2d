"""Ctrl-C that is not lost.

Python drops an interrupt that falls into the release of an import lock, and a compiled library that is being loaded
turns it into its own failure. So it is remembered besides being raised, and long work asks.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_asked = threading.Event()


@contextmanager
def remembered() -> Iterator[None]:
    """Remember Ctrl-C while the block runs; any failure of the block after it is an interruption.

    Raises
    ------
    KeyboardInterrupt
        Ctrl-C was pressed, and the block failed of it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _asked.clear()
    before = signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    except Exception as error:
        if _asked.is_set():
            raise KeyboardInterrupt from error
        raise
    finally:
        signal.signal(signal.SIGINT, before)


def stop_if_asked() -> None:
    """Raise KeyboardInterrupt when Ctrl-C was pressed and got lost."""
    if _asked.is_set():
        raise KeyboardInterrupt


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    _asked.set()
    raise KeyboardInterrupt
