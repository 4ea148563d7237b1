"""``python -m classifier`` is the ``detente`` command."""

from classifier.cli import main

main()
