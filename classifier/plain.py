"""What stands for the module ``cython`` where it is not installed: the kernel then runs as plain Python."""

from typing import Final

compiled: Final = False
