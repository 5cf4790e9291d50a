// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/energies.hpp"

#include "ntk/network/fused_network.hpp"
#include "ntk/network/population.hpp"
#include "ntk/ridge/ridge_table.hpp"
#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

/// Rows of pairs per block; a multiple of every pack size.
constexpr Eigen::Index block_rows = 64;

/// What the sums over pairs read, padded with zero neurons: unit directions, a_l Lambda_k(l), and the polynomials
/// q_k = s_k P_k with leading coefficient 1, which save a multiplication:
///     q_{k+1} = u q_k - beta_k q_{k-1},  s_{k+1} = s_k (k+d-2)/(2k+d-2),  beta_k = k (k+d-3)/((2k+d-2)(2k+d-4)).
struct PairSums {
    Eigen::MatrixXd directions;  ///< padded m x d
    Eigen::MatrixXd rows;        ///< a_l Lambda_k(l)
    Eigen::MatrixXd columns;     ///< a_l Lambda_k(l) / s_k
    std::vector<double> beta;
};

std::vector<double> recurrence_beta(int dim, int max_degree) {
    std::vector<double> beta(static_cast<std::size_t>(max_degree) + 1, 0.0);
    for (int k = 1; k <= max_degree; ++k) {
        const GegenbauerStep step = gegenbauer_step(dim, k), before = gegenbauer_step(dim, std::max(k - 1, 1));
        // P_1 = u needs no step: s_1 = 1.
        const double previous = k == 1 ? 1 : static_cast<double>(before.c) / static_cast<double>(before.a);
        beta[static_cast<std::size_t>(k)] = static_cast<double>(step.b) / static_cast<double>(step.a) * previous;
    }
    return beta;
}

/// Lambda_k (neurons x degrees) and E[sigma^2] of all neurons.
struct NeuronRidges {
    Eigen::MatrixXd value;
    Eigen::VectorXd square_mean;
    double error_estimate;
};

/// In parts of the neurons that do not depend on the number of threads, few because each makes rules of its own.
NeuronRidges neuron_ridges(const Activation& activation, int dim, const Eigen::VectorXd& radii,
                           const Eigen::VectorXd& offsets, const std::vector<int>& degrees, ThreadPool& pool,
                           SimdLevel level) {
    constexpr Eigen::Index part_size = 2048;
    const Eigen::Index count = radii.size();
    const auto parts = static_cast<int>((count + part_size - 1) / part_size);
    NeuronRidges result{Eigen::MatrixXd(count, static_cast<Eigen::Index>(degrees.size())), Eigen::VectorXd(count), 0};
    Eigen::VectorXd errors(parts);
    pool.parallel_for(parts, [&](int part) {
        const Eigen::Index first = part * part_size, size = std::min(part_size, count - first);
        const Eigen::VectorXd part_radii = radii.segment(first, size), part_offsets = offsets.segment(first, size);
        const RidgeTable table =
            ridge_table(activation, dim, part_radii, part_offsets, degrees, RidgeParts::value, level);
        result.value.middleRows(first, size) = table.value;
        result.square_mean.segment(first, size) = ridge_square_means(activation, dim, part_radii, part_offsets, level);
        errors(part) = table.error_estimate;
    });
    result.error_estimate = errors.maxCoeff();
    return result;
}

PairSums make_pair_sums(const NetworkShape& shape, const ParameterView& view, const Eigen::VectorXd& radii,
                        const NeuronRidges& table) {
    const Eigen::Index padded = (shape.width + block_rows - 1) / block_rows * block_rows;
    const auto max_degree = static_cast<int>(table.value.cols()) - 1;
    PairSums made{Eigen::MatrixXd::Zero(padded, shape.dim), Eigen::MatrixXd::Zero(padded, max_degree + 1),
                  Eigen::MatrixXd::Zero(padded, max_degree + 1), recurrence_beta(shape.dim, max_degree)};
    for (Eigen::Index l = 0; l < shape.width; ++l) {
        if (radii(l) > 0) made.directions.row(l) = view.weights.row(l) / radii(l);
    }
    double scale = 1;
    for (int k = 0; k <= max_degree; ++k) {
        made.rows.col(k).head(shape.width) = view.output_weights.cwiseProduct(table.value.col(k));
        made.columns.col(k) = made.rows.col(k) / scale;
        if (k == 0) continue;
        const GegenbauerStep step = gegenbauer_step(shape.dim, k);
        scale *= static_cast<double>(step.c) / static_cast<double>(step.a);
    }
    return made;
}

/// The part of the rows [first, last) with all l' >= l, pairs of different neurons twice.
void plain_pair_sums(const PairSums& pairs, Eigen::Index first, Eigen::Index last, double* energies) {
    const auto max_degree = static_cast<int>(pairs.rows.cols()) - 1;
    std::fill(energies, energies + max_degree + 1, 0.0);
    for (Eigen::Index l = first; l < last; ++l) {
        for (Eigen::Index other = l; other < pairs.rows.rows(); ++other) {
            const double u = pairs.directions.row(l).dot(pairs.directions.row(other));
            double previous = 0, current = other == l ? 1 : 2;
            for (int k = 0; k <= max_degree; ++k) {
                energies[k] += pairs.rows(l, k) * pairs.columns(other, k) * current;
                const double next = u * current - pairs.beta[static_cast<std::size_t>(k)] * previous;
                previous = current;
                current = next;
            }
        }
    }
}

/// sum_{l,l'} a a' Lambda Lambda' P_k for every k.
Eigen::VectorXd all_pair_sums(const PairSums& pairs, ThreadPool& pool, SimdLevel level) {
    const Eigen::Index padded = pairs.rows.rows();
    const auto blocks = static_cast<int>(padded / block_rows);
    const auto degrees = pairs.rows.cols();
    Eigen::MatrixXd partial(degrees, blocks);
    const fused::FusedKernels* kernels = fused_kernels(level);
    pool.parallel_for(blocks, [&](int block) {
        const Eigen::Index first = block * block_rows;
        if (kernels == nullptr) return plain_pair_sums(pairs, first, first + block_rows, partial.col(block).data());
        std::vector<double> sums(static_cast<std::size_t>(degrees * kernels->lanes), 0.0);
        kernels->pair_sums(static_cast<int>(pairs.directions.cols()), static_cast<int>(degrees) - 1, padded,
                           pairs.directions.data(), pairs.rows.data(), pairs.columns.data(), pairs.beta.data(), first,
                           first + block_rows, sums.data(), partial.col(block).data());
    });
    return partial.rowwise().sum();
}

}  // namespace

DegreeEnergies degree_energies(const NetworkShape& shape, const Activation& activation, const Eigen::VectorXd& theta,
                               int max_degree, ThreadPool& pool, SimdLevel level) {
    // q_k is about 2^{-k} P_k: beyond degree 1000 the scale would leave the range of a double.
    if (max_degree < 0 || max_degree > 900) {
        throw std::domain_error("degree_energies: max_degree = " + std::to_string(max_degree) +
                                ": must be from 0 to 900");
    }
    const ParameterView view(shape, theta);
    std::vector<int> degrees(static_cast<std::size_t>(max_degree) + 1);
    std::iota(degrees.begin(), degrees.end(), 0);
    const Eigen::VectorXd radii = view.weights.rowwise().norm();
    const Eigen::VectorXd offsets = view.biases != nullptr
                                        ? Eigen::VectorXd(Eigen::Map<const Eigen::VectorXd>(view.biases, shape.width))
                                        : Eigen::VectorXd::Zero(shape.width);
    const NeuronRidges table = neuron_ridges(activation, shape.dim, radii, offsets, degrees, pool, level);
    const Eigen::VectorXd sums = all_pair_sums(make_pair_sums(shape, view, radii, table), pool, level);

    DegreeEnergies result{std::vector<double>(degrees.size()), 0, 0, 0};
    const double m = shape.width, epsilon = std::numeric_limits<double>::epsilon();
    const Eigen::VectorXd size = view.output_weights.cwiseAbs();
    Eigen::VectorXd rest = table.square_mean;
    const Eigen::VectorXd floor = 64 * epsilon * rest;
    for (const int k : degrees) {
        const auto at = static_cast<std::size_t>(k);
        const double multiplicity = multiplicity_double(shape.dim, k);
        result.energy[at] = multiplicity / m * sums(k);
        rest -= multiplicity * table.value.col(k).cwiseAbs2();
        // Coefficients are off by error_estimate, P_k and the sums by about k units.
        const double absolute = size.dot(table.value.col(k).cwiseAbs());
        const double error = 2 * absolute * size.sum() * table.error_estimate +
                             (8 + k) * epsilon * size.cwiseAbs2().dot(table.value.col(k).cwiseAbs2()) * std::sqrt(m);
        result.error_estimate = std::max(result.error_estimate, multiplicity / m * error);
    }
    const double mean = view.output_weights.dot(table.value.col(0)) / std::sqrt(m) + view.output_bias;
    result.energy[0] = mean * mean;
    rest = rest.cwiseMax(floor);
    result.tail_bound = std::pow(size.dot(rest.cwiseSqrt()), 2) / m;
    result.tail_estimate = size.cwiseAbs2().dot(rest) / m;
    return result;
}

DegreeEnergies residual_energies(const NetworkShape& shape, const Activation& activation, const Eigen::VectorXd& theta,
                                 const ZonalTarget& target, int max_degree, ThreadPool& pool, SimdLevel level) {
    DegreeEnergies result = degree_energies(shape, activation, theta, max_degree, pool, level);
    const PopulationCoefficients of_network = population_coefficients(shape, activation, theta, target.probes);
    for (std::size_t i = 0; i < target.probes.size(); ++i) {
        const int degree = target.probes[i].degree;
        if (degree > max_degree) {
            throw std::domain_error("residual_energies: the target has degree " + std::to_string(degree) +
                                    ", above max_degree = " + std::to_string(max_degree));
        }
        // <f*, amplitude phi> adds up to ||Pi_k f*||^2 over the probes of a degree.
        const double amplitude = target.amplitudes[i];
        result.energy[static_cast<std::size_t>(degree)] +=
            amplitude * (target.inner_product(target.probes[i]) - 2 * of_network.value(static_cast<Eigen::Index>(i)));
        result.error_estimate += 2 * std::abs(amplitude) * of_network.error_estimate;
    }
    return result;
}

}  // namespace ntk
