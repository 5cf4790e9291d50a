// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/ellipse.hpp"

#include "ntk/numeric/errors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <vector>

/// Everything here works with 64 bits: only magnitudes and finiteness matter. Doubles hold corners of boxes, which are
/// exact data; what is computed from them is computed in balls, or rounded outwards by the factor named `outwards`.
namespace ntk {
namespace {

constexpr long working_bits = 64;
constexpr double unbounded = std::numeric_limits<double>::infinity();
/// A handful of double operations, each with relative error below 2^-52, stay inside this factor.
constexpr double outwards = 1 + 1e-13;

/// rho - 1/rho with a few rounding errors also where the two nearly cancel: rho - 1 is exact next to 1.
double minus_inverse(double rho) { return (rho - 1) * (rho + 1) / rho; }

/// [lower, upper] as a ball that contains it.
Ball ball_between(double lower, double upper) {
    const Ball low = Ball::from_double(lower, working_bits);
    const Ball high = Ball::from_double(upper, working_bits);
    return Ball::with_radius((low + high) / 2, (upper - lower) / 2 * outwards);
}

/// theta = (pi/2)(1 + z).
ComplexBall angle_of(const Ball& real_z, const Ball& imaginary_z) {
    const Ball half_pi = Ball::pi(working_bits) / 2;
    return ComplexBall(half_pi * (real_z + 1), half_pi * imaginary_z);
}

struct Box {
    double left, right, bottom, top;
};

/// Certifies analyticity in the closed ellipse. The upper half suffices: the kernel is real on the real axis, so
/// Schwarz reflection covers the lower half. Boxes are in the z-plane; one that lies outside the ellipse is dropped,
/// one that is not finite is halved. The deepest boxes come first, so a singularity inside is met soon: there the boxes
/// shrink below what an analytic function of this size needs.
bool analytic_inside(const AngleFunction& kernel, double rho) {
    const double semi_axis_real = (rho + 1 / rho) / 2 * outwards;
    const double semi_axis_imaginary = minus_inverse(rho) / 2 * outwards;
    const double smallest = semi_axis_imaginary / 64;
    const auto outside = [&](const Box& box) {
        const double x = std::max({0.0, box.left, -box.right}) / semi_axis_real;
        const double y = box.bottom / semi_axis_imaginary;
        return x * x + y * y > outwards;
    };
    std::vector<Box> open = {{-semi_axis_real, semi_axis_real, 0, semi_axis_imaginary}};
    while (!open.empty()) {
        const Box box = open.back();
        open.pop_back();
        if (outside(box)) continue;
        if (kernel.at_angle(angle_of(ball_between(box.left, box.right), ball_between(box.bottom, box.top)))
                .is_finite()) {
            continue;
        }
        if (box.right - box.left > box.top - box.bottom) {
            const double middle = (box.left + box.right) / 2;
            open.push_back({box.left, middle, box.bottom, box.top});
            open.push_back({middle, box.right, box.bottom, box.top});
        } else {
            if (box.top - box.bottom < smallest) return false;
            const double middle = (box.bottom + box.top) / 2;
            open.push_back({box.left, box.right, box.bottom, middle});
            open.push_back({box.left, box.right, middle, box.top});
        }
    }
    return true;
}

/// The point z = (rho e^{i phi} + e^{-i phi}/rho)/2 of the ellipse for phi in [lower, upper] * pi.
ComplexBall arc_angle(const Ball& rho, double lower, double upper) {
    const Ball phi = ball_between(lower, upper) * Ball::pi(working_bits);
    const Ball inverse = Ball(1, working_bits) / rho;
    return angle_of((rho + inverse) / 2 * cos(phi), (rho - inverse) / 2 * sin(phi));
}

/// An upper bound of log2 |kappa(cos theta) sin^{d-2} theta| on the ellipse; empty if none was found. Arcs are halved
/// until their upper bound is within a factor 64 of a value taken on them (a few nodes more), or of no importance for
/// the maximum.
std::optional<double> log2_maximum_on(const AngleFunction& kernel, int dim, double rho_value) {
    struct Arc {
        double lower, upper;
    };
    const Ball rho = Ball::from_double(rho_value, working_bits);
    std::vector<Arc> open;
    constexpr int first_arcs = 8;
    for (int i = 0; i < first_arcs; ++i) open.push_back({i / double{first_arcs}, (i + 1) / double{first_arcs}});
    const auto bound_on = [&](const Arc& arc) {
        const ComplexBall theta = arc_angle(rho, arc.lower, arc.upper);
        return kernel.at_angle(theta) * pow(sin(theta), static_cast<unsigned>(dim - 2));
    };
    // The value at the top of the ellipse, where the sine is largest: next to it the ends, where the sine may vanish,
    // do not matter.
    const ComplexBall top = bound_on({0.5, 0.5});
    if (!top.is_finite()) return std::nullopt;
    constexpr int most_arcs = 4000;
    double maximum = top.magnitude_upper();
    for (int arcs = 0; !open.empty(); ++arcs) {
        if (arcs > most_arcs) return std::nullopt;
        const Arc arc = open.back();
        open.pop_back();
        const ComplexBall value = bound_on(arc);
        const double upper = value.is_finite() ? value.magnitude_upper() : unbounded;
        const bool tight = upper <= 64 * value.magnitude_lower();
        if (upper < unbounded && (tight || upper <= maximum)) {
            maximum = std::fmax(maximum, upper);
        } else {
            const double middle = (arc.lower + arc.upper) / 2;
            open.push_back({arc.lower, middle});
            open.push_back({middle, arc.upper});
        }
    }
    if (!(maximum < unbounded)) return std::nullopt;
    return std::log2(std::max(maximum, std::numeric_limits<double>::min())) + 1e-9;
}

}  // namespace

double log2_remainder(const Ellipse& ellipse, int degree, long nodes) {
    const double log2_rho = std::log2(ellipse.rho);
    const double growth = degree * (std::numbers::pi / 4) * minus_inverse(ellipse.rho) * std::numbers::log2e;
    const double constant = std::log2(std::numbers::pi / 2 * 64 / 15 * ellipse.rho / minus_inverse(ellipse.rho));
    const double sum = ellipse.log2_maximum + growth + constant - 2 * static_cast<double>(nodes) * log2_rho;
    // Rounding of the terms, each below 2^-50 of its size, is covered by a margin of 2^-40 of their sizes.
    const double sizes =
        std::abs(ellipse.log2_maximum) + growth + std::abs(constant) + 2 * static_cast<double>(nodes) * log2_rho;
    return sum + 0x1p-40 * (sizes + 1);
}

long nodes_needed(const Ellipse& ellipse, int degree, long bits) {
    const double start =
        (log2_remainder(ellipse, degree, 0) + static_cast<double>(bits)) / (2 * std::log2(ellipse.rho));
    long nodes = std::max(2L, static_cast<long>(std::ceil(start)));
    nodes += nodes % 2;
    while (log2_remainder(ellipse, degree, nodes) > -static_cast<double>(bits)) nodes += 2;
    return nodes;
}

namespace {

/// log2 of the largest |kappa(cos theta) sin^{d-2} theta| at a few points of the ellipse: a guess that only steers the
/// choice of rho. Empty if a point has no finite value.
std::optional<double> guessed_log2_maximum(const AngleFunction& kernel, int dim, double rho_value) {
    const Ball rho = Ball::from_double(rho_value, working_bits);
    double maximum = std::numeric_limits<double>::min();
    for (const double phi : {0.03, 0.25, 0.5, 0.75, 0.97}) {
        const ComplexBall theta = arc_angle(rho, phi, phi);
        const ComplexBall value = kernel.at_angle(theta) * pow(sin(theta), static_cast<unsigned>(dim - 2));
        if (!value.is_finite()) return std::nullopt;
        maximum = std::max(maximum, value.magnitude_upper());
    }
    return maximum < unbounded ? std::optional(std::log2(maximum)) : std::nullopt;
}

/// The excess rho - 1 with the fewest nodes by the guessed maximum. The number of nodes falls and then rises; steps of
/// 1.25 come within a few percent of the minimum. Only functions that change quickly, such as neurons with large
/// weights, need the thin ellipses at the start.
double promising_excess(const AngleFunction& kernel, int dim, int max_degree, long bits) {
    double best = 0;
    long best_nodes = std::numeric_limits<long>::max();
    int worse_in_a_row = 0;
    for (double excess = 1e-5; excess < 40 && worse_in_a_row < 3; excess *= excess < 0.004 ? 2 : 1.25) {
        const std::optional<double> maximum = guessed_log2_maximum(kernel, dim, 1 + excess);
        if (!maximum) break;
        const long nodes = nodes_needed({1 + excess, *maximum}, max_degree, bits);
        worse_in_a_row = nodes < best_nodes ? 0 : worse_in_a_row + 1;
        if (nodes >= best_nodes) continue;
        best = excess;
        best_nodes = nodes;
    }
    return best;
}

}  // namespace

std::optional<Ellipse> certified_ellipse(const AngleFunction& kernel, int dim, double rho) {
    if (!analytic_inside(kernel, rho)) return std::nullopt;
    const std::optional<double> maximum = log2_maximum_on(kernel, dim, rho);
    return maximum ? std::optional<Ellipse>({rho, *maximum}) : std::nullopt;
}

Ellipse best_ellipse(const AngleFunction& kernel, int dim, int max_degree, long bits) {
    constexpr double smallest_excess = 5e-6;
    for (double excess = promising_excess(kernel, dim, max_degree, bits); excess > smallest_excess; excess *= 0.85) {
        const std::optional<Ellipse> ellipse = certified_ellipse(kernel, dim, 1 + excess);
        if (ellipse) return *ellipse;
    }
    throw Unreachable(
        "certified quadrature: no ellipse around [0, pi] on which the kernel is analytic in the angle was found");
}

}  // namespace ntk
