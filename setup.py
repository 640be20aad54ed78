"""Build the optional compiled kernel; without a compiler the package installs and runs with NumPy."""

from __future__ import annotations

import sys
from pathlib import Path

from setuptools import Extension, setup

FOLDER = Path("src/realpolitik/dynamics/native/csrc")
STRICT_BITS = [
    "-std=c99",
    "-O3",
    "-ffp-contract=off",
    "-fno-math-errno",
    "-fno-trapping-math",
    "-fvisibility=hidden",
    "-g0",
]

setup(
    ext_modules=[
        Extension(
            "realpolitik.dynamics.native._kernel",
            sources=sorted(path.as_posix() for path in FOLDER.glob("*.c")),
            depends=sorted(path.as_posix() for path in FOLDER.glob("*.h")),
            extra_compile_args=["/O2", "/fp:precise"] if sys.platform == "win32" else STRICT_BITS,
            define_macros=[("Py_LIMITED_API", "0x030B0000")],
            py_limited_api=True,
            optional=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
