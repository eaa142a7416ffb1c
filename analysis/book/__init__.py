"""The book: chapters run with papermill, rendered with Jupyter Book, published whole."""

from analysis.book.build import Book, build_book
from analysis.book.errors import BookError, ChapterError, InputError, RenderError

__all__ = ["Book", "BookError", "ChapterError", "InputError", "RenderError", "build_book"]
