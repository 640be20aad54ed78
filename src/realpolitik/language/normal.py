"""The standard normal distribution, for floats and arrays, from fixed constants that a C kernel can carry unchanged.

Quantile: algorithm AS 241, PPND16 (Wichura, Applied Statistics 37, 1988, pp. 477-484), relative error about
    1e-16. Distribution function: Hart's rational approximation 5666 as arranged by West (Wilmott, May 2005,
    pp. 70-76).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray: TypeAlias = NDArray[np.float64]
    Values: TypeAlias = float | FloatArray

SCORE_95 = 1.6448536269514722  # the normal score of the 95th percentile
HIGHEST = 38.0  # beyond it the distribution function is 0 or 1 in double precision

# AS 241, PPND16: rational functions of r, lowest power first.
CENTRE_TOP = (
    3.3871328727963666080e0,
    1.3314166789178437745e2,
    1.9715909503065514427e3,
    1.3731693765509461125e4,
    4.5921953931549871457e4,
    6.7265770927008700853e4,
    3.3430575583588128105e4,
    2.5090809287301226727e3,
)
CENTRE_BOTTOM = (
    1.0,
    4.2313330701600911252e1,
    6.8718700749205790830e2,
    5.3941960214247511077e3,
    2.1213794301586595867e4,
    3.9307895800092710610e4,
    2.8729085735721942674e4,
    5.2264952788528545610e3,
)
MIDDLE_TOP = (
    1.42343711074968357734e0,
    4.63033784615654529590e0,
    5.76949722146069140550e0,
    3.64784832476320460504e0,
    1.27045825245236838258e0,
    2.41780725177450611770e-1,
    2.27238449892691845833e-2,
    7.74545014278341407640e-4,
)
MIDDLE_BOTTOM = (
    1.0,
    2.05319162663775882187e0,
    1.67638483018380384940e0,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9,
)
TAIL_TOP = (
    6.65790464350110377720e0,
    5.46378491116411436990e0,
    1.78482653991729133580e0,
    2.96560571828504891230e-1,
    2.65321895265761230930e-2,
    1.24266094738807843860e-3,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7,
)
TAIL_BOTTOM = (
    1.0,
    5.99832206555887937690e-1,
    1.36929880922735805310e-1,
    1.48753612908506148525e-2,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15,
)
# Hart 5666 as in West: polynomials in |x| below the split, lowest power first.
HART_SPLIT = 7.07106781186547
HART_TOP = (
    220.206867912376,
    221.213596169931,
    112.079291497871,
    33.912866078383,
    6.37396220353165,
    0.700383064443688,
    3.52624965998911e-02,
)
HART_BOTTOM = (
    440.413735824752,
    793.826512519948,
    637.333633378831,
    296.564248779674,
    86.7807322029461,
    16.064177579207,
    1.75566716318264,
    8.83883476483184e-02,
)
HART_TAIL = 2.506628274631  # sqrt(2 pi)


def _ratio(top: Sequence[float], bottom: Sequence[float], x: Any) -> Any:
    """A rational function by Horner's rule; coefficients lowest power first; x a float or an array."""
    above, below = top[-1] + 0.0 * x, bottom[-1] + 0.0 * x
    for coefficient in top[-2::-1]:
        above = above * x + coefficient
    for coefficient in bottom[-2::-1]:
        below = below * x + coefficient
    return above / below


def _scalar_quantile(u: float) -> float:
    q = u - 0.5
    if abs(q) <= 0.425:
        return float(q * _ratio(CENTRE_TOP, CENTRE_BOTTOM, 0.180625 - q * q))
    tail = min(u, 1.0 - u)
    if tail <= 0.0:
        return math.copysign(math.inf, q)
    r = math.sqrt(-math.log(tail))
    far = r > 5.0
    size = _ratio(TAIL_TOP, TAIL_BOTTOM, r - 5.0) if far else _ratio(MIDDLE_TOP, MIDDLE_BOTTOM, r - 1.6)
    return math.copysign(float(size), q)


def _array_quantile(u: FloatArray) -> FloatArray:
    import numpy as np  # noqa: PLC0415

    q = u - 0.5
    tail = np.minimum(u, 1.0 - u)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        r = np.sqrt(-np.log(tail))
        size = np.where(
            r > 5.0,
            _ratio(TAIL_TOP, TAIL_BOTTOM, r - 5.0),
            _ratio(MIDDLE_TOP, MIDDLE_BOTTOM, np.minimum(r, 6.0) - 1.6),
        )
    outer = np.copysign(np.where(tail <= 0.0, np.inf, size), q)
    centre = q * _ratio(CENTRE_TOP, CENTRE_BOTTOM, 0.180625 - q * q)
    result: FloatArray = np.where(np.abs(q) <= 0.425, centre, outer)
    return result


@overload
def normal_quantile(u: float) -> float: ...
@overload
def normal_quantile(u: FloatArray) -> FloatArray: ...
def normal_quantile(u: Values) -> Values:
    """Which standard-normal score has probability `u` below it? `u` in [0, 1]; 0 and 1 give minus and plus infinity.

    Wichura 1988, algorithm AS 241 (PPND16).

    >>> round(normal_quantile(0.95), 12)
    1.644853626951
    """
    if isinstance(u, int | float):
        if not 0.0 <= u <= 1.0:
            raise ValueError(f"a probability lies between 0 and 1, not {u}")
        return _scalar_quantile(float(u))
    return _array_quantile(u)


def _scalar_cdf(x: float) -> float:
    size = abs(x)
    if size > HIGHEST:
        return 0.0 if x < 0 else 1.0
    density = math.exp(-0.5 * size * size)
    tail = density * _ratio(HART_TOP, HART_BOTTOM, size) if size < HART_SPLIT else _far_tail(density, size)
    return float(tail if x <= 0 else 1.0 - tail)


def _far_tail(density: Any, size: Any) -> Any:
    """The continued fraction of the upper tail, cut after four terms (West 2005)."""
    fraction = size + 0.65
    for step in (4.0, 3.0, 2.0, 1.0):
        fraction = size + step / fraction
    return density / fraction / HART_TAIL


def _array_cdf(x: FloatArray) -> FloatArray:
    import numpy as np  # noqa: PLC0415

    size = np.minimum(np.abs(x), HIGHEST)
    density = np.exp(-0.5 * size * size)
    near = density * _ratio(HART_TOP, HART_BOTTOM, size)
    tail = np.where(size < HART_SPLIT, near, _far_tail(density, size))
    tail = np.where(np.abs(x) > HIGHEST, 0.0, tail)
    result: FloatArray = np.where(x <= 0, tail, 1.0 - tail)
    return result


@overload
def normal_cdf(x: float) -> float: ...
@overload
def normal_cdf(x: FloatArray) -> FloatArray: ...
def normal_cdf(x: Values) -> Values:
    """What is the probability of a standard-normal score below `x`? Absolute error below 1e-14.

    Hart 1968 (5666), arranged by West 2005.

    >>> round(normal_cdf(1.6448536269514722), 12)
    0.95
    """
    return _scalar_cdf(float(x)) if isinstance(x, int | float) else _array_cdf(x)
