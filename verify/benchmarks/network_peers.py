# SPDX-FileCopyrightText: 2026 the ntk authors
# SPDX-License-Identifier: Apache-2.0
"""One measurement of a peer of `ntk bench rhs|gram|population` in a process of its own; prints JSON with the same members.

    python3 verify/benchmarks/network_peers.py rhs --side torch --activation erf --samples 1024 --width 4096 --dim 3 --check

Network, initial laws and labels are those of ntk bench, the draw is another one: f(x) = m^{-1/2} sum_l a_l sigma(<w_l,x>+b_l) + b_0
in float64, w_l, b_l, a_l standard normal, b_0 = 0, points uniform on the sphere, labels x_1. The first run, or the first three of the
gradient, warm up and are not counted; --check adds the error against network_reference.py. network.py starts this script; the sides are
explained in lib/ntk/benchmarks.md.
"""
import argparse
import json
import math
import os
import resource
import statistics
import sys
import time
from typing import Callable

import numpy
import torch

# Of a blocked NumPy side: rows of samples or neurons worked on at once, so that the buffers stay in the second-level cache.
BLOCK_ROWS = 16
QUADRATURE_NODES = 64
# Neurons whose degree energies are computed again slowly.
CHECKED_WIDTH = 24


class Instance:
    """Points (n, d), labels (n), hidden weights (m, d), biases (m), output weights (m)."""

    def __init__(self, samples: int, width: int, dim: int):
        draw = numpy.random.default_rng(1)
        points = draw.standard_normal((samples, dim))
        self.points = points / numpy.linalg.norm(points, axis=1, keepdims=True)
        self.labels = self.points[:, 0].copy()
        self.weights = draw.standard_normal((width, dim))
        self.biases = draw.standard_normal(width)
        self.output_weights = draw.standard_normal(width)
        self.dim = dim


def numpy_activation(name: str, z: numpy.ndarray, value: numpy.ndarray, slope: numpy.ndarray | None) -> None:
    """sigma(z) into `value`, sigma'(z) into `slope`. NumPy has no erf: that of PyTorch works on the same memory."""
    if name == "erf":
        torch.special.erf(torch.from_numpy(z), out=torch.from_numpy(value))
        if slope is not None:
            numpy.multiply(z, z, out=slope)
            numpy.negative(slope, out=slope)
            numpy.exp(slope, out=slope)
            slope *= 2 / math.sqrt(math.pi)
    elif name == "tanh":
        numpy.tanh(z, out=value)
        if slope is not None:
            numpy.multiply(value, value, out=slope)
            numpy.subtract(1, slope, out=slope)
    else:
        numpy.maximum(z, 0, out=value)
        if slope is not None:
            numpy.greater(z, 0, out=slope)


def with_constant(rows: numpy.ndarray, constant: float | numpy.ndarray) -> numpy.ndarray:
    """(x, c) for every row x: biases become one more weight."""
    return numpy.column_stack([rows, numpy.broadcast_to(constant, len(rows))])


def numpy_gradient(instance: Instance, activation: str) -> tuple[numpy.ndarray, ...]:
    """Outputs and gradient by a, b, w, written by hand: one pass over blocks of samples, no array of the size n x m."""
    samples, width = len(instance.points), len(instance.weights)
    extended, neurons = with_constant(instance.points, 1.0), with_constant(instance.weights, instance.biases)
    z, value, slope = (numpy.empty((BLOCK_ROWS, width)) for _ in range(3))
    outputs = numpy.empty(samples)
    by_output, by_neuron = numpy.zeros(width), numpy.zeros_like(neurons)
    for start in range(0, samples, BLOCK_ROWS):
        block = extended[start : start + BLOCK_ROWS]
        rows = len(block)
        numpy.matmul(block, neurons.T, out=z[:rows])
        numpy_activation(activation, z[:rows], value[:rows], slope[:rows])
        found = value[:rows] @ instance.output_weights / math.sqrt(width)
        outputs[start : start + rows] = found
        residual = (found - instance.labels[start : start + rows]) / samples
        by_output += residual @ value[:rows]
        by_neuron += slope[:rows].T @ (residual[:, None] * block)
    by_output /= math.sqrt(width)
    by_neuron *= instance.output_weights[:, None] / math.sqrt(width)
    return outputs, by_output, by_neuron[:, -1], by_neuron[:, :-1]


def torch_parameters(instance: Instance, needs_gradient: bool) -> list[torch.Tensor]:
    arrays = (instance.output_weights, instance.weights, instance.biases, numpy.zeros(()))
    return [torch.tensor(array, requires_grad=needs_gradient) for array in arrays]


def torch_output(activation: str, parameters: tuple[torch.Tensor, ...], points: torch.Tensor) -> torch.Tensor:
    output_weights, weights, biases, output_bias = parameters
    hidden = getattr(torch, activation)(torch.nn.functional.linear(points, weights, biases))
    return hidden @ output_weights / math.sqrt(len(weights)) + output_bias


def torch_gradient(instance: Instance, activation: str) -> Callable[[], tuple[numpy.ndarray, ...]]:
    parameters = torch_parameters(instance, True)
    points, labels = torch.tensor(instance.points), torch.tensor(instance.labels)

    def work() -> tuple[numpy.ndarray, ...]:
        outputs = torch_output(activation, parameters, points)
        loss = ((outputs - labels) ** 2).sum() / (2 * len(labels))
        by_output, by_weights, by_biases, _ = torch.autograd.grad(loss, parameters)
        return outputs.detach().numpy(), by_output.numpy(), by_biases.numpy(), by_weights.numpy()

    return work


def jacobian_tools() -> tuple[Callable, Callable, str] | None:
    try:
        from torch.func import jacrev, vmap

        return jacrev, vmap, "torch.func"
    except ImportError:
        try:
            from functorch import jacrev, vmap

            return jacrev, vmap, "functorch"
        except ImportError:
            return None


def torch_gram(instance: Instance, activation: str) -> tuple[Callable[[], numpy.ndarray], str]:
    """Jacobian contraction: the gradient of every output by every parameter, then one matrix product for each kind."""
    parameters = tuple(torch_parameters(instance, False))
    points, samples = torch.tensor(instance.points), len(instance.points)
    tools = jacobian_tools()
    if tools:
        jacrev, vmap, name = tools
        per_sample = vmap(jacrev(lambda *arguments: torch_output(activation, arguments[:4], arguments[4]), (0, 1, 2, 3)),
                          (None, None, None, None, 0))  # fmt: skip
        note = f"{name} vmap(jacrev)"
    else:
        note = "torch.autograd.functional.jacobian, vectorize=True"

    def work() -> numpy.ndarray:
        if tools:
            parts = per_sample(*parameters, points)
        else:
            parts = torch.autograd.functional.jacobian(
                lambda *arguments: torch_output(activation, arguments, points), parameters, vectorize=True
            )
        flat = [part.reshape(samples, -1) for part in parts]
        return (sum(part @ part.T for part in flat) / samples).numpy()

    return work, note


def numpy_gram(instance: Instance, activation: str) -> numpy.ndarray:
    """The sums over the neurons worked out by hand, without a Jacobian: two products of n x m matrices."""
    samples, width = len(instance.points), len(instance.weights)
    z = with_constant(instance.points, 1.0) @ with_constant(instance.weights, instance.biases).T
    value, slope = numpy.empty_like(z), numpy.empty_like(z)
    numpy_activation(activation, z, value, slope)
    slope *= instance.output_weights
    gram = slope @ slope.T
    gram *= instance.points @ instance.points.T + 1
    gram += value @ value.T
    gram /= width
    gram += 1
    gram /= samples
    return gram


def gauss_gegenbauer(dim: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Nodes and weights of the distribution of one coordinate on the sphere: eigenvalues of the Jacobi matrix and squares
    of first components (Golub, Welsch 1969); squared off-diagonal entries k(k+d-3)/((2k+d-2)(2k+d-4))."""
    k = numpy.arange(2, QUADRATURE_NODES)
    squares = numpy.concatenate([[1 / dim], k * (k + dim - 3) / ((2 * k + dim - 2) * (2 * k + dim - 4))])
    nodes, vectors = numpy.linalg.eigh(numpy.diag(numpy.sqrt(squares), -1))
    return nodes, vectors[0] ** 2


def multiplicity(dim: int, degree: int) -> int:
    """Of the spherical harmonics of this degree."""
    return 1 if degree == 0 else (2 * degree + dim - 2) * math.comb(degree + dim - 3, degree - 1) // degree


def numpy_coefficients(instance: Instance, max_degree: int) -> numpy.ndarray:
    """Lambda_k(|w|, b) for erf: (m, K+1), by one shared rule and one matrix product. The rule is part of the work."""
    dim = instance.dim
    nodes, weights = gauss_gegenbauer(dim)
    polynomials = numpy.empty((max_degree + 1, len(nodes)))
    polynomials[0] = 1
    if max_degree > 0:
        polynomials[1] = nodes
    for k in range(1, max_degree):
        polynomials[k + 1] = ((2 * k + dim - 2) * nodes * polynomials[k] - k * polynomials[k - 1]) / (k + dim - 2)
    z = numpy.multiply.outer(numpy.linalg.norm(instance.weights, axis=1), nodes)
    z += instance.biases[:, None]
    numpy_activation("erf", z, z, None)
    return z @ (polynomials * weights).T


def numpy_energies(instance: Instance, max_degree: int, rows: int) -> numpy.ndarray:
    """||Pi_k f||^2 by the sum over all pairs of neurons, `rows` rows of the m x m matrices at once."""
    dim, width = instance.dim, len(instance.weights)
    directions = instance.weights / numpy.linalg.norm(instance.weights, axis=1, keepdims=True)
    factors = numpy.asfortranarray(instance.output_weights[:, None] * numpy.asarray(numpy_coefficients(instance, max_degree)))
    sums = numpy.zeros(max_degree + 1)
    shape = (min(rows, width), width)
    cosines, previous, current, scratch = (numpy.empty(shape) for _ in range(4))
    for start in range(0, width, rows):
        left = directions[start : start + rows]
        if len(left) < len(cosines):
            cosines, previous, current, scratch = (array[: len(left)] for array in (cosines, previous, current, scratch))
        numpy.matmul(left, directions.T, out=cosines)
        previous.fill(1)
        numpy.copyto(current, cosines)
        for k in range(max_degree + 1):
            sums[k] += factors[start : start + rows, k] @ (previous @ factors[:, k])
            numpy.multiply(cosines, current, out=scratch)
            scratch *= (2 * k + dim) / (k + dim - 1)
            previous *= -(k + 1) / (k + dim - 1)
            previous += scratch
            previous, current = current, previous
    return sums * [multiplicity(dim, k) for k in range(max_degree + 1)] / width


def spread(values: list[float]) -> dict[str, float]:
    return {"min": min(values), "median": statistics.median(values), "max": max(values)}


def measured(work: Callable[[], object], warm_ups: int, repeat: int) -> tuple[dict, object]:
    """CPU time of all threads and wall time of each call, and the page faults of the calls on average."""
    for _ in range(warm_ups):
        result = work()
    cpu, wall = [], []
    faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(repeat):
        cpu_start, wall_start = time.process_time(), time.perf_counter()
        result = work()
        wall.append(time.perf_counter() - wall_start)
        cpu.append(time.process_time() - cpu_start)
    faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - faults
    return {"cpu_s": spread(cpu), "wall_s": spread(wall), "page_faults": faults // repeat}, result


def bytes_needed(options: argparse.Namespace) -> int:
    """Rough: what the work holds at once, in float64."""
    samples, width, dim = options.samples, options.width, options.dim
    if options.task == "population":
        return 8 * 5 * (width if options.side == "numpy" else BLOCK_ROWS) * width
    if options.task == "rhs":
        return 8 * 6 * (samples if options.side == "torch" else BLOCK_ROWS) * width
    if options.side == "numpy":
        return 8 * 4 * samples * (width + samples)
    # Jacobian and what the reverse pass keeps; without vmap it carries every sample through the whole batch.
    return 8 * (3 * samples * width * (dim + 2) if jacobian_tools() else 4 * samples * samples * width)


def rhs(options: argparse.Namespace) -> dict:
    instance = Instance(options.samples, options.width, options.dim)
    if options.side == "torch":
        work = torch_gradient(instance, options.activation)
    else:
        work = lambda: numpy_gradient(instance, options.activation)  # noqa: E731
    report, result = measured(work, 3, options.repeat)
    report["cost_per_unit_ns"] = report["cpu_s"]["median"] / (options.samples * options.width) * 1e9
    if options.side == "torch":
        report["note"] = f"PyTorch {torch.__version__} autograd"
    else:
        report["note"] = f"NumPy {numpy.__version__} by hand, blocks of {BLOCK_ROWS} samples" + erf_note(options.activation)
    if options.check:
        from network_reference import gradient_error

        report["error"] = gradient_error(instance, options.activation, *result)
    return report


def gram(options: argparse.Namespace) -> dict:
    instance = Instance(options.samples, options.width, options.dim)
    if options.side == "torch":
        work, name = torch_gram(instance, options.activation)
        note = f"PyTorch {torch.__version__}: {name}"
    else:
        work = lambda: numpy_gram(instance, options.activation)  # noqa: E731
        note = f"NumPy {numpy.__version__} by hand, no Jacobian" + erf_note(options.activation)
    report, result = measured(work, 1, options.repeat)
    report["cost_per_unit_ns"] = report["cpu_s"]["median"] / (options.samples * (options.samples + 1) / 2 * options.width) * 1e9
    report["note"] = note
    if options.check:
        from network_reference import gram_error

        report["error"] = gram_error(instance, options.activation, result)
    return report


def population(options: argparse.Namespace) -> dict:
    instance = Instance(1, options.width, options.dim)
    rows = options.width if options.side == "numpy" else BLOCK_ROWS
    coefficients, table = measured(lambda: numpy_coefficients(instance, options.max_degree), 1, options.repeat)
    energies, _ = measured(lambda: numpy_energies(instance, options.max_degree, rows), 1, options.repeat)
    count = options.max_degree + 1
    coefficients["cost_per_unit_ns"] = coefficients["cpu_s"]["median"] / (options.width * count) * 1e9
    energies["cost_per_unit_ns"] = energies["cpu_s"]["median"] / (options.width**2 / 2 * count) * 1e9
    coefficients["note"] = f"NumPy {numpy.__version__}, {QUADRATURE_NODES} nodes" + erf_note("erf")
    energies["note"] = f"NumPy {numpy.__version__}, " + ("m x m matrices" if rows > BLOCK_ROWS else f"blocks of {rows} rows")
    if options.check:
        from network_reference import coefficient_error, energy_error

        coefficients["error"] = coefficient_error(instance, table)
        few = Instance(1, options.width, options.dim)
        few.weights, few.biases, few.output_weights = (
            array[:CHECKED_WIDTH] for array in (few.weights, few.biases, few.output_weights)
        )
        energies["error"] = energy_error(few, numpy_energies(few, options.max_degree, rows))
    return {"coefficients": coefficients, "energies": energies}


def linear_algebra() -> str:
    """The BLAS library that NumPy and PyTorch have loaded. Debian's reference BLAS, which takes ten times as long as
    OpenBLAS for products of matrices, is libblas alone; OpenBLAS comes with a library of that name and one of its own."""
    try:
        with open("/proc/self/maps") as maps:
            paths = {line.split()[-1] for line in maps}
    except OSError:
        return "unknown"
    names = {os.path.basename(os.path.realpath(path)) for path in paths}
    found = sorted(name for name in names if name.startswith(("libblas", "libopenblas", "libmkl_core", "libblis")))
    if found and all(name.startswith("libblas.") for name in found):
        return f"{found[0]}, the slow reference (Debian: apt-get install libopenblas0-pthread)"
    return ", ".join(found) or "built in"


def erf_note(activation: str) -> str:
    return f", erf of PyTorch {torch.__version__}" if activation == "erf" else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["rhs", "gram", "population"])
    parser.add_argument("--side", choices=["torch", "numpy", "numpy-blocks"], default="torch")
    parser.add_argument("--activation", choices=["erf", "tanh", "relu"], default="erf")
    parser.add_argument("--samples", type=int, default=1024)
    parser.add_argument("--width", type=int, default=4096)
    parser.add_argument("--dim", type=int, default=3)
    parser.add_argument("--max-degree", type=int, default=32, help="population: degrees 0 to K")
    parser.add_argument("--threads", type=int, default=1, help="of PyTorch; those of NumPy are set in the environment")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--check", action="store_true", help="also the error (seconds)")
    options = parser.parse_args()
    available = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    if bytes_needed(options) > 0.8 * available:
        print(json.dumps({"skipped": f"needs about {bytes_needed(options) / 1e9:.1f} GB, {available / 1e9:.1f} GB are free"}))
        return 0
    torch.set_num_threads(options.threads)
    report = {"rhs": rhs, "gram": gram, "population": population}[options.task](options)
    report["blas"] = linear_algebra()
    print(json.dumps(report, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
