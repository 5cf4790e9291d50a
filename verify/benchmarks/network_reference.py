# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""Slow exact references for network_peers.py in 40 digits of mpmath, on a few samples and neurons; errors are measured as `ntk bench` measures its own."""
import mpmath
from mpmath.calculus.quadrature import GaussLegendre

# Samples, neurons, entries that are computed again.
CHECKED = 8
CHECKED_COEFFICIENTS = 4
# Gauss-Legendre nodes in the angle: 3 * 2^(degree-1).
RULE_DEGREE = 7
VALUE = {"erf": mpmath.erf, "tanh": mpmath.tanh, "relu": lambda z: max(z, mpmath.mpf(0))}
SLOPE = {
    "erf": lambda z: 2 * mpmath.exp(-z * z) / mpmath.sqrt(mpmath.pi),
    "tanh": lambda z: mpmath.sech(z) ** 2,
    "relu": lambda z: mpmath.mpf(z > 0),
}
mpmath.mp.dps = 40


def exact(array) -> list:
    return [exact(row) for row in array] if array.ndim > 1 else [mpmath.mpf(float(value)) for value in array]


def spread_over(count: int) -> list[int]:
    return sorted({i * count // CHECKED for i in range(CHECKED)})


def preactivation(instance, neuron: int, sample: int):
    weights, point = exact(instance.weights[neuron]), exact(instance.points[sample])
    return mpmath.fdot(weights, point) + mpmath.mpf(float(instance.biases[neuron]))


def gradient_error(instance, activation: str, outputs, by_output, by_biases, by_weights) -> float:
    """The largest error of some outputs over the largest residual, plus that of the gradient by some neurons, given the
    outputs, over its largest entry."""
    samples, width = len(outputs), len(by_output)
    everything, output_weights = range(width), exact(instance.output_weights)
    residual = [found - label for found, label in zip(exact(outputs), exact(instance.labels))]
    value, slope = VALUE[activation], SLOPE[activation]
    root = mpmath.sqrt(width)
    output_error = max(
        abs(mpmath.fdot(output_weights, [value(preactivation(instance, l, j)) for l in everything]) / root - mpmath.mpf(float(outputs[j])))
        for j in spread_over(samples)
    )
    gradient_errors = []
    for l in spread_over(width):
        z = [preactivation(instance, l, j) for j in range(samples)]
        slopes = [slope(value) * r * output_weights[l] / (samples * root) for value, r in zip(z, residual)]
        wanted = [mpmath.fdot(residual, map(value, z)) / (samples * root), mpmath.fsum(slopes)]
        wanted += [mpmath.fdot(slopes, exact(instance.points[:, i])) for i in range(instance.dim)]
        found = [by_output[l], by_biases[l], *by_weights[l]]
        gradient_errors += [abs(a - mpmath.mpf(float(b))) for a, b in zip(wanted, found)]
    largest = max(abs(part).max() for part in (by_output, by_biases, by_weights))
    return float(output_error / max(map(abs, residual)) + max(gradient_errors) / float(largest))


def gram_error(instance, activation: str, gram) -> float:
    """The largest error of some entries over the largest entry."""
    samples, width = len(gram), len(instance.weights)
    chosen = spread_over(samples)
    z = {j: [preactivation(instance, l, j) for l in range(width)] for j in chosen}
    values = {j: list(map(VALUE[activation], z[j])) for j in chosen}
    slopes = {j: [SLOPE[activation](x) * a for x, a in zip(z[j], exact(instance.output_weights))] for j in chosen}
    largest = mpmath.mpf(0)
    for i in chosen:
        for j in chosen:
            cosine = mpmath.fdot(exact(instance.points[i]), exact(instance.points[j]))
            kernel = (mpmath.fdot(values[i], values[j]) + mpmath.fdot(slopes[i], slopes[j]) * (cosine + 1)) / width + 1
            largest = max(largest, abs(kernel / samples - mpmath.mpf(float(gram[i, j]))))
    return float(largest / float(abs(gram).max()))


def polynomials(dim: int, max_degree: int, t) -> list:
    """P_0(t), ..., P_K(t) normalised to P_k(1) = 1."""
    values = [mpmath.mpf(1), t]
    for k in range(1, max_degree):
        values.append(((2 * k + dim - 2) * t * values[k] - k * values[k - 1]) / (k + dim - 2))
    return values[: max_degree + 1]


def angle_rule(dim: int, max_degree: int) -> list[tuple]:
    """(cos of the angle, weight times P_k for every k): the integrand is analytic in the angle for every d."""
    constant = mpmath.gamma(mpmath.mpf(dim) / 2) / (mpmath.sqrt(mpmath.pi) * mpmath.gamma(mpmath.mpf(dim - 1) / 2))
    rule = []
    for angle, weight in GaussLegendre(mpmath.mp).get_nodes(mpmath.mpf(0), mpmath.pi, RULE_DEGREE, mpmath.mp.prec):
        scale = constant * weight * mpmath.sin(angle) ** (dim - 2)
        rule.append((mpmath.cos(angle), [scale * p for p in polynomials(dim, max_degree, mpmath.cos(angle))]))
    return rule


def exact_coefficients(instance, neuron: int, rule: list[tuple]) -> list:
    radius = mpmath.sqrt(mpmath.fsum(w * w for w in exact(instance.weights[neuron])))
    bias = mpmath.mpf(float(instance.biases[neuron]))
    values = [mpmath.erf(radius * t + bias) for t, _ in rule]
    return [mpmath.fdot(values, column) for column in zip(*(weighted for _, weighted in rule))]


def coefficient_error(instance, table) -> float:
    """The largest error over all degrees and some neurons."""
    rule = angle_rule(instance.dim, table.shape[1] - 1)
    width = len(table)
    return float(max(
        abs(wanted - mpmath.mpf(float(found)))
        for l in {i * width // CHECKED_COEFFICIENTS for i in range(CHECKED_COEFFICIENTS)}
        for wanted, found in zip(exact_coefficients(instance, l, rule), table[l])
    ))  # fmt: skip


def energy_error(instance, energies) -> float:
    """The largest error over the degrees, relative to the sum of all energies."""
    from network_peers import multiplicity

    dim, width, max_degree = instance.dim, len(instance.weights), len(energies) - 1
    rule = angle_rule(dim, max_degree)
    weights, output_weights = exact(instance.weights), exact(instance.output_weights)
    directions = [[w / mpmath.sqrt(mpmath.fdot(row, row)) for w in row] for row in weights]
    factors = [[a * c for c in exact_coefficients(instance, l, rule)] for l, a in enumerate(output_weights)]
    sums = [mpmath.mpf(0)] * (max_degree + 1)
    for l in range(width):
        for other in range(width):
            values = polynomials(dim, max_degree, mpmath.fdot(directions[l], directions[other]))
            for k, value in enumerate(values):
                sums[k] += factors[l][k] * factors[other][k] * value
    wanted = [s * multiplicity(dim, k) / width for k, s in enumerate(sums)]
    return float(max(abs(a - mpmath.mpf(float(b))) for a, b in zip(wanted, energies)) / mpmath.fsum(wanted))
