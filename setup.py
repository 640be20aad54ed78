"""Build the optional compiled kernels; without a compiler the package installs and runs with NumPy."""

from __future__ import annotations

import sys
from pathlib import Path

from setuptools import Extension, setup

# No flag here lets the compiler reorder or fuse arithmetic: the bits are those of the source on every processor.
STRICT_BITS = [
    "-std=c99",
    "-O3",
    "-g0",
    "-ffp-contract=off",
    "-fno-math-errno",
    "-fno-trapping-math",
    "-fvisibility=hidden",
]
# Infinities and signs of zeros, which these two give up, are never computed with in the dynamics.
FINITE = ["-ffinite-math-only", "-fno-signed-zeros"]


def extension(package: str, name: str, *flags: str) -> Extension:
    """The extension module made of the C files in a package's folder `csrc`."""
    folder = Path("src", *package.split("."), "csrc")
    return Extension(
        f"{package}.{name}",
        sources=sorted(path.as_posix() for path in folder.glob("*.c")),
        depends=sorted(path.as_posix() for path in folder.glob("*.h")),
        extra_compile_args=["/O2", "/fp:precise"] if sys.platform == "win32" else [*STRICT_BITS, *flags],
        define_macros=[("Py_LIMITED_API", "0x030B0000")],
        extra_link_args=["-Wl,-s"] if sys.platform == "linux" else [],
        py_limited_api=True,
        optional=True,
    )


setup(
    ext_modules=[
        extension("realpolitik.dynamics.native", "_kernel", *FINITE),
        extension("realpolitik.games.native", "_games"),
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
