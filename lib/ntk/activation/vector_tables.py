# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""Writes vector_tables.hpp: the polynomials behind vector_math.hpp, with mpmath.

    python3 lib/ntk/activation/vector_tables.py > lib/ntk/activation/vector_tables.hpp

Each polynomial interpolates its function at the Chebyshev points of an interval, computed with 60 digits and rounded to double at
the end; tests/lib/activation/vector_kernel_test.cpp measures what comes of it against MPFR.
"""
import mpmath
from mpmath import mp, mpf

mp.dps = 60


def interpolate(function, degree: int, radius) -> list:
    """Coefficients c_0..c_degree in h of the interpolant on [-radius, radius]."""
    count = degree + 1
    nodes = [mpmath.cos(mp.pi * (2 * i + 1) / (2 * count)) for i in range(count)]
    matrix = mpmath.matrix(count, count)
    values = mpmath.matrix(count, 1)
    for i, node in enumerate(nodes):
        for j in range(count):
            matrix[i, j] = node**j
        values[i] = function(node * radius)
    solution = mpmath.lu_solve(matrix, values)
    return [solution[j] / mpf(radius) ** j for j in range(count)]


def without_constant(quotient, degree: int, radius) -> list:
    """The same for h times a smooth quotient: no constant term, so that small h keep their relative accuracy."""
    return [mpf(0), *interpolate(quotient, degree - 1, radius)]


def pieces(function, quotient_at_zero, degree: int, step) -> list:
    """Row j: coefficients of degree j for the 16 centres 0, step, ..., 15 step."""
    columns = [without_constant(quotient_at_zero, degree, step / 2)]
    for i in range(1, 16):
        columns.append(interpolate(lambda h, centre=i * step: function(centre + h), degree, step / 2))
    return [[column[j] for column in columns] for j in range(degree + 1)]


def quotient(function, slope):
    return lambda h: function(h) / h if h != 0 else mpf(slope)


def text(value) -> str:
    return repr(float(value)) if abs(value) > mpf(10) ** -40 else "0.0"


def table(name: str, rows: list) -> str:
    lines = ",\n".join("    {" + ", ".join(text(value) for value in row) + "}" for row in rows)
    return f"alignas(64) inline constexpr double {name}[{len(rows)}][{len(rows[0])}] = {{\n{lines}}};\n"


def array(name: str, values: list) -> str:
    return f"alignas(64) inline constexpr double {name}[{len(values)}] = {{{', '.join(text(value) for value in values)}}};\n"


def constant(name: str, value) -> str:
    return f"inline constexpr double {name} = {text(value)};\n"


def truncated(value, bits: int):
    """The leading bits of the number, so that its products with small integers are exact."""
    exponent = mpmath.floor(mpmath.log(abs(value), 2))
    unit = mpf(2) ** (exponent - bits + 1)
    return mpmath.floor(value / unit) * unit


def main() -> None:
    erf_step, log1p_step = mpf(25) / 64, mpf(17) / 256
    sixteenth = mpmath.log(2) / 16
    powers = [mpf(2) ** (mpf(j) / 16) for j in range(16)]
    sine = lambda x: mpmath.sin(mpmath.sqrt(x)) / mpmath.sqrt(x) if x != 0 else mpf(1)
    half_range = (mp.pi / 2 * mpf("1.0001")) ** 2 / 2
    shifted = interpolate(lambda h: (sine(half_range + h) - 1) / (half_range + h), 7, half_range)
    sine_tail = [sum(shifted[j] * mpmath.binomial(j, i) * (-half_range) ** (j - i) for j in range(i, 8)) for i in range(8)]
    print("// SPDX-FileCopyrightText: 2026 the ntk authors")
    print("// SPDX-License-Identifier: Apache-2.0")
    print("#pragma once\n")
    print("/// Written by vector_tables.py, which says what the numbers are.")
    print("// clang-format off")
    print("namespace ntk::vector_tables {\n")
    print("/// erf(j erf_step + h) = sum_i erf_pieces[i][j] h^i for |h| <= erf_step/2.")
    print(constant("erf_step", erf_step) + table("erf_pieces", pieces(mpmath.erf, quotient(mpmath.erf, 2 / mpmath.sqrt(mp.pi)), 12, erf_step)))
    print("/// log(1 + j log1p_step + h) likewise.")
    print(constant("log1p_step", log1p_step) + table("log1p_pieces", pieces(mpmath.log1p, quotient(mpmath.log1p, 1), 10, log1p_step)))
    print("/// (e^r - 1)/r for |r| <= log(2)/32: to an absolute error times r, and to a relative one; 2^{j/16} in two parts.")
    print(array("exponential_quotient", interpolate(quotient(mpmath.expm1, 1), 5, sixteenth / 2 * mpf("1.001"))))
    print(array("expm1_quotient", interpolate(quotient(mpmath.expm1, 1), 6, sixteenth / 2 * mpf("1.001"))))
    print(array("power_high", powers) + array("power_low", [value - mpf(float(value)) for value in powers]))
    print("/// log(2)/16 in two parts, the first with 37 bits.")
    high = truncated(sixteenth, 37)
    print(constant("sixteenth_high", high) + constant("sixteenth_low", sixteenth - high) + constant("sixteenths_per_unit", 1 / sixteenth))
    print("/// (sin(r)/r - 1)/r^2 in powers of r^2 for |r| <= pi/2, and pi in three parts.")
    print(array("sine_tail", sine_tail))
    pi_high = truncated(mp.pi, 33)
    pi_middle = truncated(mp.pi - pi_high, 33)
    print(constant("pi_high", pi_high) + constant("pi_middle", pi_middle) + constant("pi_low", mp.pi - pi_high - pi_middle))
    print("}  // namespace ntk::vector_tables")


if __name__ == "__main__":
    main()
