"""What pyproject.toml cannot say: what is compiled where that is possible, and runs as it is elsewhere.

Cython compiles the kernel, with the types of ``kernel.pxd``; mypyc the rules that read articles, with their own.
"""

import os
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

RULES = "classifier_quotes"
"""The library that the modules of the compiled rules share."""


def kernel() -> list[Extension]:
    """Return the kernel as an extension; nothing without Cython."""
    try:
        from Cython.Build import cythonize
    except ImportError:
        return []
    extension = Extension("classifier.kernel", ["classifier/kernel.py"], extra_compile_args=["-O3"])
    return list(cythonize([extension], build_dir="build", language_level=3))


def rules() -> list[Extension]:
    """Return the library of the rules, and a small extension for each module; nothing without mypyc."""
    try:
        from mypyc.build import mypycify
    except ImportError:
        return []
    modules = sorted(str(path) for path in Path("classifier/quotes").glob("[!_]*.py"))
    # `make types` checks types, with what these modules import; none of that is installed here
    options = ["--config-file=", "--ignore-missing-imports", "--follow-imports=silent"]
    try:
        return list(mypycify([*options, *modules], group_name=RULES, opt_level="3", debug_level="0", multi_file=True))
    except SystemExit:
        # mypyc has said what it does not like; the rules run without it
        return []


class Build(build_ext):
    """Compiles what can be compiled, several extensions at once."""

    def finalize_options(self) -> None:
        """Find the extensions; not before, since setuptools runs this file for other ends too."""
        self.distribution.ext_modules = [*kernel(), *rules()]
        super().finalize_options()
        self.parallel = os.cpu_count()
        for extension in self.extensions:
            extension.optional = True

    def build_extensions(self) -> None:
        """Build all; the rules as a whole or not at all, since their modules need their library."""
        super().build_extensions()
        group = [each for each in self.extensions if "quotes" in each.name]
        paths = {each.name: Path(self.get_ext_fullpath(each.name)) for each in group}
        if not all(path.exists() for path in paths.values()):
            for path in paths.values():
                path.unlink(missing_ok=True)


setup(cmdclass={"build_ext": Build}, has_ext_modules=lambda: True)
