"""Build the optional compiled kernel; without a compiler the package installs and runs with NumPy."""

from __future__ import annotations

import sys
from pathlib import Path

from setuptools import Extension, setup

FOLDER = Path("src/realpolitik/dynamics/native/csrc")
# No flag here lets the compiler reorder or fuse arithmetic: the bits are those of the source on every processor.
# Infinities and signs of zeros, which the last two flags give up, are never computed with.
STRICT_BITS = [
    "-std=c99",
    "-O3",
    "-g0",
    "-ffp-contract=off",
    "-fno-math-errno",
    "-fno-trapping-math",
    "-ffinite-math-only",
    "-fno-signed-zeros",
    "-fvisibility=hidden",
]

setup(
    ext_modules=[
        Extension(
            "realpolitik.dynamics.native._kernel",
            sources=sorted(path.as_posix() for path in FOLDER.glob("*.c")),
            depends=sorted(path.as_posix() for path in FOLDER.glob("*.h")),
            extra_compile_args=["/O2", "/fp:precise"] if sys.platform == "win32" else STRICT_BITS,
            define_macros=[("Py_LIMITED_API", "0x030B0000")],
            extra_link_args=["-Wl,-s"] if sys.platform == "linux" else [],
            py_limited_api=True,
            optional=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
