// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/flow/gradient_descent.hpp"
#include "ntk/numeric/quadrature.hpp"

#include <optional>

namespace ntk {

/// Fills in a DescentStep for each step of a run: the residual of the next state serves the step after. The network and
/// the labels must outlive the object.
class DescentBookkeeping {
public:
    /// `nodes`: DescentOptions::remainder_nodes, checked by the caller.
    DescentBookkeeping(const Network& network, const Eigen::VectorXd& labels, double step, int nodes);

    /// Step `index` from theta to next; `gradient` is grad Phi(theta) where the step did not take it, else null. Valid
    /// until the next call. Values may be other than finite where theta is large.
    const DescentStep& step(long index, const Eigen::VectorXd& theta, const Eigen::VectorXd& next,
                            const Eigen::VectorXd* gradient);

private:
    void integrate_remainder(const Eigen::VectorXd& theta, const Eigen::VectorXd& change, const Eigen::VectorXd& moved);

    const Network& network_;
    const Eigen::VectorXd& labels_;
    double step_;
    std::optional<QuadratureRule> rule_, shorter_rule_;
    DescentStep made_;
    bool has_residual_ = false;
};

/// Estimated error by rounding of an entry of f(x_j; theta), and of <grad f(x_j; theta), direction>: 2e-15 of a bound
/// of the sum of the sizes of its terms over the sphere (Network promises about 1e-15 of the sum). |sigma| is at most
/// min(c_infinity, c_0 + L_1 |z|), |z| <= ||w|| + |b|; where sigma' has no bound, the sizes at z = 0 and
/// +-(||w|| + |b|) stand for them.
double value_rounding(const Network& network, const Eigen::VectorXd& theta);
double product_rounding(const Network& network, const Eigen::VectorXd& theta, const Eigen::VectorXd& direction);

/// Both sides of D4 for a run whose steps it is told, with a fixed symmetric kernel matrix G (n x n; K^inf in
/// theory.md):
///     r_j = (I - eta G)^j r_0 + sum_{i<j} (I - eta G)^{j-1-i} [eta (G - G_i) r_i + noise_i + e_i].
/// The two parts of the right side advance by d_{i+1} = (I - eta G) d_i and
/// s_{i+1} = (I - eta G) s_i + eta G r_i - eta G_i r_i + noise_i + e_i: no power of a matrix is formed. Norms are
/// ||v||_n = ((1/n) sum v_j^2)^{1/2}. Errors: those of the steps and of the arithmetic here, carried along by
/// rho = max |1 - eta lambda(G)|; they are estimates as the steps' are. Cost: three products with G per step, an
/// eigendecomposition at the start.
class DescentIdentity {
public:
    /// Throws std::domain_error for a matrix that is not square, symmetric and finite, or a step that is not positive.
    DescentIdentity(Eigen::MatrixXd gram, double step);

    /// Steps in order, the first one has any index. Throws std::domain_error for one out of order or of another size.
    void advance(const DescentStep& step);

    long steps() const { return steps_; }                            ///< told so far
    const Eigen::VectorXd& residual() const { return residual_; }    ///< left side: r_j
    const Eigen::VectorXd& damped() const { return damped_; }        ///< (I - eta G)^j r_0
    const Eigen::VectorXd& deviation() const { return deviation_; }  ///< the sum
    double residual_error() const { return residual_error_; }        ///< of the left side
    double right_error() const { return right_error_; }              ///< of damped() + deviation()
    double distance() const;                                         ///< ||left - right||_n
    double largest_deviation() const { return largest_deviation_; }  ///< max over the steps of ||deviation||_n

private:
    double norm(const Eigen::VectorXd& v) const;

    Eigen::MatrixXd gram_;
    double step_;
    double growth_ = 0;          ///< rho
    double gram_norm_ = 0;       ///< ||G||_2
    double frobenius_norm_ = 0;  ///< of G, a bound of the norm of |G|
    long steps_ = 0, next_index_ = 0;
    Eigen::VectorXd residual_, damped_, deviation_;
    double residual_error_ = 0, right_error_ = 0, largest_deviation_ = 0;
};

}  // namespace ntk
