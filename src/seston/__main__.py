"""``python -m seston``."""

from seston.cli import main

main()
