# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""Eigenvalues of the ReLU kernel with biases (d = 3) in a race: ntk against mpmath and against plain Arb integration.

    python3 verify/benchmarks/spectrum.py [--build build] [--pairs N] [--long] [--mpmath-only K DIGITS]

Whole processes in alternating pairs on one machine, CPU time of each process; the middle ratio of the pairs and its range, and the error of both sides against
ntk with 40 digits more. The sides:
    ntk       ntk spectrum, certified: as it comes (closed forms), and with --route ball (quadrature)
    mpmath    the same method written in mpmath: one Gauss-Legendre rule in the angle shared by all degrees, kappa once per node, three-term recurrence
    arb       ntk-benchmark-arb: one rigorous adaptive integration per degree (cmake --build build --target ntk-benchmark-arb)
A side that is not there prints SKIPPED with the reason. --long adds degrees up to 1000 with 100 digits, Arb in one pair. lib/ntk/benchmarks.md explains the table.
"""
import argparse
import math
import pathlib
import sys
from decimal import Decimal, getcontext

from pairs import alternating, print_table, ratio_cells, run, skipped

try:
    import mpmath
except ImportError:
    mpmath = None

# A run beyond this is given up: the table says so.
TIME_LIMIT = 900
# Of the long case Arb does every hundredth degree only.
ARB_SAMPLE_STEP = 100


def number_of_nodes(max_degree: int, digits: int) -> int:
    """The smallest even N for which e^{K (pi/4)(rho - 1/rho)} rho^{-2N} is below 10^{-digits} for some ellipse rho inside the domain of analyticity (rho < 3.09)."""
    best = min(
        (max_degree * math.pi / 4 * (rho - 1 / rho) + digits * math.log(10)) / (2 * math.log(rho))
        for rho in (1.05 + 0.01 * i for i in range(200))
    )
    return 2 * math.ceil(best / 2) + 4


def gauss_legendre_half(count: int):
    """Positive nodes of the rule with an even number of nodes on [-1, 1] and their weights, by Newton's method with growing precision."""
    working = mpmath.mp.prec
    nodes = []
    for i in range(count // 2):
        z = mpmath.mpf(math.cos(math.pi * (i + 0.75) / (count + 0.5)))
        precision = 50
        while True:
            precision = min(2 * precision, working)
            mpmath.mp.prec = precision
            previous, current = mpmath.mpf(1), z
            for k in range(1, count):
                previous, current = current, ((2 * k + 1) * z * current - k * previous) / (k + 1)
            slope = count * (previous - z * current) / (1 - z * z)
            step = current / slope
            z = z - step
            # Newton doubles the correct digits; the last step must start from half of them.
            if precision == working and abs(step) < mpmath.mpf(2) ** (-working // 2 - 4):
                break
        # The slope at the corrected node: the polynomial nearly vanishes there, so its second derivative is 2 z slope / (1 - z^2).
        slope -= step * 2 * z * slope / (1 - z * z)
        nodes.append((z, 2 / ((1 - z * z) * slope * slope)))
    mpmath.mp.prec = working
    return nodes


def mpmath_eigenvalues(max_degree: int, digits: int) -> list:
    """mu_0, ..., mu_K with about `digits` digits each, mu_K ~ K^{-3}."""
    mpmath.mp.dps = digits + 12 + int(3 * math.log10(max_degree + 1))
    pi = mpmath.pi
    nodes, even, odd = [], [], []
    for z, weight in gauss_legendre_half(number_of_nodes(max_degree, mpmath.mp.dps)):
        halves = []
        for theta in (pi / 2 * (1 - z), pi / 2 * (1 + z)):
            phi = 2 * mpmath.asin(mpmath.sin(theta / 2) / mpmath.sqrt(2))
            kappa = (mpmath.sin(phi) + mpmath.cos(phi) * (pi - phi)) / pi + (mpmath.cos(theta) + 1) * (pi - phi) / (2 * pi) + 1
            halves.append(kappa * mpmath.sin(theta) * weight * pi / 4)
        nodes.append(mpmath.sin(pi * z / 2))
        even.append(halves[0] + halves[1])
        odd.append(halves[0] - halves[1])
    values = []
    previous, current = [mpmath.mpf(1)] * len(nodes), list(nodes)
    for k in range(max_degree + 1):
        values.append(mpmath.fdot(previous, odd if k % 2 else even))
        a, b = mpmath.mpf(2 * k + 3) / (k + 2), mpmath.mpf(k + 1) / (k + 2)
        previous, current = current, [a * t * y - b * x for t, x, y in zip(nodes, previous, current)]
    return values


def print_mpmath(max_degree: int, digits: int) -> None:
    for degree, value in enumerate(mpmath_eigenvalues(max_degree, digits)):
        print(degree, mpmath.nstr(value, digits + 4))


def ntk_command(build: pathlib.Path, max_degree: int, digits: int, route: str = "ball") -> list[str]:
    # Degree 0 last: the degrees are not 0:K then, and the bound of the rest of the trace, which the others do not compute, is left out.
    return [str(build / "ntk"), *"spectrum --activation relu --bias 1 --output-bias --dim 3 --format csv".split(), "--route", route,
            "--degrees", f"1:{max_degree},0", "--digits", str(digits)]  # fmt: skip


def ntk_values(printed: str) -> dict[int, Decimal]:
    rows = [line.split(",") for line in printed.splitlines()[1:]]
    return {int(row[0]): Decimal(row[2]) for row in rows}


def plain_values(printed: str) -> dict[int, Decimal]:
    return {int(line.split()[0]): Decimal(line.split()[1]) for line in printed.splitlines()}


def worst_error(values: dict[int, Decimal], reference: dict[int, Decimal]) -> str:
    worst = max(abs(value / reference[degree] - 1) for degree, value in values.items())
    return f"{worst:.1e}"


def race(name: str, ours: list[str], theirs: list[str], pairs: int, reference: dict[int, Decimal], scale: float, note: str) -> list[str]:
    """One row of the table: `scale` is the number of degrees asked for over those that the other side really does."""
    done = alternating(lambda: run(ours, TIME_LIMIT), lambda: run(theirs, TIME_LIMIT), pairs)
    if done is None:
        return skipped(name, f"more than {TIME_LIMIT} s")
    times = [(ours_done[0], theirs_done[0] * scale) for ours_done, theirs_done in done]
    ours_printed, theirs_printed = done[-1][0][1], done[-1][1][1]
    return [name, *ratio_cells(times, ".3f"), worst_error(ntk_values(ours_printed), reference),
            worst_error(plain_values(theirs_printed), reference), note]  # fmt: skip


def backend() -> str:
    return f"mpmath {mpmath.__version__}, backend {mpmath.libmp.BACKEND}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build"), help="folder with the program ntk")
    parser.add_argument("--pairs", type=int, default=7, help="pairs of runs of the short case")
    parser.add_argument("--long", action="store_true", help="also degrees up to 1000 with 100 digits (minutes)")
    parser.add_argument("--mpmath-only", nargs=2, type=int, metavar=("K", "DIGITS"), help="print the eigenvalues by mpmath")
    options = parser.parse_args()
    if options.mpmath_only:
        if mpmath is None:
            sys.exit("mpmath is not installed")
        print_mpmath(*options.mpmath_only)
        return 0
    build = options.build.resolve()
    if not (build / "ntk").exists():
        sys.exit(f"{build}/ntk is not there: build it first")
    arb = build / "ntk-benchmark-arb"
    rows = [["case", "pairs", "ntk s", "other s", "ratio", "range", "ntk error", "other error", "other side"]]
    for max_degree, digits, arb_pairs in [(100, 50, options.pairs)] + ([(1000, 100, 1)] if options.long else []):
        getcontext().prec = digits + 60
        reference = ntk_values(run(ntk_command(build, max_degree, digits + 40), TIME_LIMIT)[1])
        case = f"k <= {max_degree}, {digits} digits: "
        if mpmath is None:
            rows.append(skipped(case + "mpmath", "mpmath is not installed (Debian: apt-get install python3-mpmath)"))
        else:
            theirs = [sys.executable, __file__, "--mpmath-only", str(max_degree), str(digits)]
            for route in ("auto", "ball"):
                ours = ntk_command(build, max_degree, digits, route)
                rows.append(race(f"{case}{route}, mpmath", ours, theirs, options.pairs, reference, 1, backend()))
        if not arb.exists():
            rows.append(skipped(case + "arb", "not built (cmake --build build --target ntk-benchmark-arb)"))
        else:
            step = 1 if max_degree <= 100 else ARB_SAMPLE_STEP
            done = len(range(0, max_degree + 1, step))
            theirs = [str(arb), str(digits), "0", str(max_degree), str(step)]
            note = "one integral per degree" + ("" if step == 1 else f", {done} of {max_degree + 1} degrees, time scaled")
            ours = ntk_command(build, max_degree, digits)
            rows.append(race(case + "ball, arb", ours, theirs, arb_pairs, reference, (max_degree + 1) / done, note))
    print_table(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
