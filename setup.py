"""What pyproject.toml cannot say: the kernel is compiled where that is possible, and runs as it is elsewhere."""

from setuptools import Extension, setup

try:
    from Cython.Build import cythonize
except ImportError:
    extensions = []
else:
    kernel = Extension("classifier.kernel", ["classifier/kernel.py"], extra_compile_args=["-O3"], optional=True)
    extensions = cythonize([kernel], build_dir="build", language_level=3)

setup(ext_modules=extensions)
