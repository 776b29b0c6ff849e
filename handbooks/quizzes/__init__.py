"""Quizzes made from what a handbook says: multiple choice and crosswords.

Pure. An edition's sections go in, questions with their answers come out; a number decides
which, and in which order.
"""

from handbooks.quizzes.composing import Item, Page, choice, crossword
from handbooks.quizzes.crossword import Entry
from handbooks.quizzes.facts import facts

__all__ = ["Entry", "Item", "Page", "choice", "crossword", "facts"]
