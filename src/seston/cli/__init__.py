"""The command line: a thin face over the same functions that Python users call."""

from seston.cli.app import main

__all__ = ["main"]
