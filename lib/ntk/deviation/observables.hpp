// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/network/network.hpp"
#include "ntk/sphere/zonal.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace ntk::deviation {

/// What is seen of a trajectory, one column or entry per state. Notation of theory.md, "Damped-deviation identities": r
/// the residual on the sample, q_j the weights of its points (1/n, or those of a cubature rule), ||v||_q = (sum_j q_j
/// v_j^2)^{1/2}, phi a probe with eigenvalue mu, c = <r_t, phi>, h(x_j) = mu phi(x_j) - grad C . grad f(x_j).
struct Observables {
    Eigen::MatrixXd residual;       ///< n x times: f(x_j) - y_j
    Eigen::VectorXd residual_norm;  ///< ||r||_q
    Eigen::VectorXd loss;           ///< Phi = ||r||_q^2 / 2
    Eigen::VectorXd squared_speed;  ///< ||theta'||^2 = ||J^T Q r||^2
    Eigen::VectorXd movement;       ///< ||theta_t - theta_0||
    Eigen::VectorXd balance;        ///< max_l |p a_l^2 - ||v_l||^2 - (the same at theta_0)|, z sigma' = p sigma; else 0
    Eigen::VectorXd imbalance;      ///< the same with a plus sign, which nothing conserves
    Eigen::MatrixXd coefficient;    ///< probes x times: c
    double coefficient_error = 0;   ///< estimated error of a coefficient by quadrature and rounding

    // With ObservationDepth::kernels alone:
    Eigen::MatrixXd gram_residual;  ///< n x times: J J^T Q r, which is G_s r_s for q_j = 1/n
    Eigen::MatrixXd
        deviation;  ///< probes x times: delta = mu c - sum_j q_j grad C . grad f(x_j) r_j = <(T - T_n^s) r_s, phi>
    Eigen::MatrixXd sampling;    ///< probes x times: (E - E_n)[phi r_s]
    Eigen::MatrixXd kernel_gap;  ///< probes x times: ||h_s||_q

    Eigen::VectorXd gram_gap;  ///< ||G^inf - G_s||_op, q_j = 1/n; empty without ObservationFrame::kernel_gram

    Eigen::Index times() const { return residual_norm.size(); }
    /// Puts the states of `later` after those that are here. Throws std::domain_error for other sizes or another depth.
    void append(const Observables& later);
    /// Forgets all states but the first ones.
    void keep_first(Eigen::Index count);
};

/// residuals: what a trajectory is. kernels: also what the damped deviations are made of.
enum class ObservationDepth { residuals, kernels };

/// What the states are compared with.
struct ObservationFrame {
    Eigen::VectorXd start;              ///< theta_0
    Eigen::VectorXd labels;             ///< y
    Eigen::VectorXd weights;            ///< q; empty for 1/n
    std::optional<ZonalTarget> target;  ///< f*; nothing where it is known on the sample alone: then c = <f_t, phi>
    std::vector<ZonalProbe> probes;
    std::vector<double> eigenvalues;  ///< of the probes; used with ObservationDepth::kernels alone
    ObservationDepth depth = ObservationDepth::residuals;
    Eigen::MatrixXd kernel_gram = {};  ///< G^inf for Observables::gram_gap; empty: that is not observed
};

/// Sees states one by one and keeps what is in Observables, not the states. Works on a few states at a time, each on
/// one thread: the results do not depend on the number of threads. Needs an activation that population_coefficients
/// takes. Cost per state: three halves of a velocity and the coefficients; with ObservationDepth::kernels three passes
/// over the network on the plain path; with a kernel_gram also a Gram matrix and all eigenvalues of an n x n matrix.
class Observer {
public:
    /// The network must outlive the object. Throws std::domain_error for sizes that do not fit. `progress` (may be
    /// empty) is told the number of states done.
    Observer(const Network& network, ObservationFrame frame, std::function<void(std::size_t)> progress = {});

    void add(const Eigen::VectorXd& theta);
    /// What was seen of all states so far.
    Observables take();

private:
    /// One state, as Observables has it.
    struct State {
        Eigen::VectorXd residual, coefficient, gram_residual, deviation, sampling, kernel_gap;
        double residual_norm = 0, squared_speed = 0, movement = 0, balance = 0, imbalance = 0, coefficient_error = 0;
        double gram_gap = 0;
    };
    State look(const Eigen::VectorXd& theta) const;
    void look_at_waiting();

    const Network& network_;
    ObservationFrame frame_;
    std::function<void(std::size_t)> progress_;
    std::optional<int> homogeneity_;
    Eigen::VectorXd start_balances_;
    Eigen::VectorXd of_target_;     ///< <f*, phi>
    Eigen::MatrixXd probe_values_;  ///< phi(x_j), n x probes
    std::vector<Eigen::VectorXd> waiting_;
    std::vector<State> seen_;
};

}  // namespace ntk::deviation
