"""The rules as plain Python, in a process of their own, whether or not they are compiled."""

import subprocess
import sys

_ONLY_SOURCE = """
import sys
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader

def only_source(path):
    if not path.endswith("quotes"):
        raise ImportError
    return FileFinder(path, (SourceFileLoader, SOURCE_SUFFIXES))

sys.path_hooks.insert(0, only_source)
from classifier import quotes
assert not quotes.COMPILED
"""


def run_plain(code: str, *arguments: str) -> str:
    """Return what code prints that runs with the plain rules."""
    return run(_ONLY_SOURCE + code, *arguments)


def run(code: str, *arguments: str) -> str:
    """Return what code prints that runs with the rules as they are installed."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True
    )
    return done.stdout
