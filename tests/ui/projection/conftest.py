"""The board of a small planned session, in a window that all tests of a module share."""

from tests.ui.board.conftest import board

__all__ = ["board"]
