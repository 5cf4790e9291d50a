// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/network/network.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ntk {

/// What one step theta_{j+1} = theta_j - eta g_j did on the sample (theory.md, "Damped-deviation identities", D4), in
/// the split
///     r_{j+1} = r_j - eta G_j r_j + (noise) + e_j,   r_j = f(.; theta_j) - y,  G_j = (1/n) J_j J_j^T.
/// It is made from the parameters as they are stored, so that it leaves out no rounding of the update: with
/// D = theta_{j+1} - theta_j, noise - eta G_j r_j = J_j D to the last digits.
struct DescentStep {
    long index = 0;                 ///< j
    Eigen::VectorXd residual;       ///< r_j
    Eigen::VectorXd next_residual;  ///< r_{j+1}
    Eigen::VectorXd gram_term;      ///< eta G_j r_j
    Eigen::VectorXd noise;          ///< eta J_j (grad Phi - g_j) of a mini-batch; zero without one
    Eigen::VectorXd remainder;      ///< e_j = f(theta_{j+1}) - f(theta_j) - J_j D
    double residual_error = 0;      ///< estimated error of an entry of r_j or r_{j+1} by rounding
    double product_error = 0;       ///< of gram_term and noise by rounding
    double remainder_error = 0;     ///< of e_j: rounding, and for nodes > 0 the quadrature
};

struct DescentOptions {
    double step = 0;                 ///< eta > 0
    std::vector<long> record_steps;  ///< increasing, >= first_step; the run ends at the last one
    long first_step = 0;             ///< the number of the first state: a run that is taken up again
    Eigen::Index batch_size = 0;     ///< points of a mini-batch; 0 for the whole sample
    std::uint64_t seed = 0;          ///< of the mini-batches
    bool record_noise = false;       ///< norms of the noise of the mini-batches
    bool check_stability = true;
    /// Called after every step with what it did. Costs two more passes over the network (three with mini-batches).
    std::function<void(const DescentStep&)> observe = {};
    /// Nodes of the Gauss–Legendre rule by which e_j is computed along the step, int_0^1 (J(theta_j + s D) - J_j) D ds;
    /// its error is then a small part of e_j and does not grow as eta falls. 0: as the difference of values, which
    /// serves every activation. Needs a smooth activation and costs 2 nodes - 1 more passes, since the rule with a node
    /// less estimates its error; at least 2.
    int remainder_nodes = 0;
    /// Called now and then with the number of the step reached.
    std::function<void(long step)> progress = {};
};

/// Whether a step is stable for the network that is linear around theta_0: eta <= 2/lambda_max(G_0).
struct DescentStability {
    double largest_eigenvalue = 0;  ///< lambda_max(G_0)
    double largest_step = 0;        ///< 2/lambda_max(G_0)
    std::string warning;            ///< empty for a stable step
};

/// Throws what largest_gram_eigenvalue does. Cost: some dozens of Gram products.
DescentStability descent_stability(const Network& network, const Eigen::VectorXd& theta, double step);

/// The states at the recorded steps.
struct DescentRun {
    std::vector<long> steps;
    std::vector<Eigen::VectorXd> parameters;
    double step = 0;
    Eigen::Index batch_size = 0;
    DescentStability stability;  ///< empty if it was not asked for
    std::vector<double> noise;   ///< ||g_j - grad Phi(theta_j)|| in R^p of every step made, if asked for
};

/// Gradient descent theta_{j+1} = theta_j - eta grad Phi(theta_j) on Phi = (1/2n) sum (f(x_j) - y_j)^2. With
/// mini-batches g_j = (1/B) sum over B points drawn without replacement, independently in every step, stands for
/// grad Phi: mean_batch(g_j) = grad Phi. The batch of step j depends on the seed, j, B and n alone (stream
/// "mini-batches", numbers j B to j B + B - 1), so that a run taken up at a recorded state with first_step goes on
/// as if it had not stopped, to the last bit. Observing does not change the run. Error of the states: rounding alone.
/// Throws std::domain_error for bad options or sizes (a batch larger than the sample, remainder_nodes with kinks), and
/// Unreachable with step, quantity and last good step if a value stops being finite.
DescentRun gradient_descent(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                            const DescentOptions& options);

/// The points of the mini-batch of step j, ascending. Throws std::domain_error unless 1 <= size <= samples, step >= 0.
std::vector<Eigen::Index> mini_batch(std::uint64_t seed, long step, Eigen::Index size, Eigen::Index samples);

}  // namespace ntk
