// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"
#include "ntk/ledger/check.hpp"
#include "ntk/network/parameters.hpp"

#include <Eigen/Core>

#include <array>
#include <string>
#include <vector>

/// How far neurons, kernel and linearisation can move under gradient flow, from what is known of the start (derivations
/// in lib/ntk/bounds.md, "Movement" to "Pairs in l2"). Everything returned is an upper bound, rounding included, for
/// every sample on the sphere and all weights q_j > 0 of it that add up to 1.
///
/// Glossary: L1, L2, L3, c0, c_inf constants of the activation (ActivationConstants); m width; R = ||(x,1)|| = sqrt(2)
/// with hidden biases, 1 without; a, v = (w,b) the parameters of a neuron, index 0 at the start; nu~ = ||v|| + c0/(L1
/// R); tau, P, J as in Reach; gamma = L1 R tau/sqrt(m).
namespace ntk::deviation {

/// |a_0| and ||v_0|| of every neuron, the latter rounded up.
struct NeuronSizes {
    Eigen::ArrayXd output_weights;
    Eigen::ArrayXd input_norms;
    bool antisymmetric;  ///< neurons l and l + m/2 have the same v_0 and opposite a_0
    double copies = 1;   ///< every entry stands for so many neurons: m is their number times the size of the arrays

    /// Reads them from theta_0 (p entries, else std::domain_error); antisymmetric if that is so to the last bit.
    static NeuronSizes of(const NetworkShape& shape, const Eigen::VectorXd& start);
};

/// How far training can have gone: upper bounds up to a time t.
struct Reach {
    double residual_integral;  ///< tau >= int_0^t ||r_s||_q ds
    double movement;           ///< P >= sup_{s<=t} ||theta_s - theta_0||
    double weighted_movement;  ///< J >= int_0^t ||r_s||_q P_s ds
};

/// What is known before training from beta = ||r_0||_q: tau = beta t, P = beta sqrt(t/2), J = (sqrt(2)/3) beta^2
/// t^{3/2}. beta, t >= 0, else std::domain_error.
Reach reach_before_training(double residual_norm, double time);
/// For all times, if ||r_t||_q <= beta e^{-lambda t/2} and G_t >= lambda/2: tau = 2 beta/lambda, P = beta
/// sqrt(2/lambda), J = 2 beta P/lambda. lambda > 0, else std::domain_error.
Reach reach_of_convergence(double residual_norm, double eigenvalue);

/// basic: neuron by neuron. hessian: by the norm of the Hessian of f in the parameters. pairs: an antisymmetric start,
/// where first-order changes cancel inside a pair. pairs_l2: the same with Cauchy-Schwarz over neurons.
enum class DriftForm { basic, hessian, pairs, pairs_l2 };
constexpr std::array<DriftForm, 4> drift_forms = {DriftForm::basic, DriftForm::hessian, DriftForm::pairs,
                                                  DriftForm::pairs_l2};
/// "basic", "H", "A2", "A2l2", as theory.md calls them.
std::string to_string(DriftForm form);

/// Bounds of the movement of each neuron up to a tau, and the functions of gamma that they grow with, rounded up.
struct NeuronMovement {
    Eigen::ArrayXd output_weights;  ///< Delta alpha >= |a(t) - a(0)|
    Eigen::ArrayXd inputs;          ///< Delta nu >= ||v(t) - v(0)||
    double cosh_minus_one;
    double sinh_minus_gamma;
};

/// drift >= sup_{s<=t} sup_{x,x'} |K_s(x,x') - K_0(x,x')|,
/// remainder >= sup_{s<=t} sup_x |f_s(x) - f_0(x) - grad f_0(x) . (theta_s - theta_0)|.
struct DriftAndRemainder {
    double drift;
    double remainder;
};

class DriftBounds {
public:
    /// input_radius: R. Throws std::domain_error without neurons or for sizes that are negative or not finite.
    DriftBounds(const ActivationConstants& constants, NeuronSizes neurons, double input_radius);

    /// Whether the form can be used here, and why not.
    ledger::Hypothesis applies(DriftForm form) const;

    /// Delta alpha = |a_0|(cosh gamma - 1) + nu~_0 sinh gamma, Delta nu = nu~_0(cosh gamma - 1) + |a_0| sinh gamma; for
    /// bounded sigma at most c_inf tau/sqrt(m) and |a_0| gamma + c_inf L1 R tau^2/(2m). Infinite beyond gamma = 700.
    /// Needs a bounded first derivative that is not zero everywhere, else std::domain_error, as all that follows.
    NeuronMovement movement(double residual_integral) const;
    /// By one form; std::domain_error if it does not apply. Cost O(m).
    ///   basic: drift = (1/m) sum { L1 R dn (s_0 + s_t) + L1^2 R^2 da (|a_0| + alpha_t) + 2 R^3 L1 L2 a_0^2 dn },
    ///          remainder = m^{-1/2} sum { L1 R da dn + |a_0| L2 R^2 dn^2 / 2 }
    ///   with da = Delta alpha, dn = Delta nu, s_0 = min(c_inf, L1 R nu~_0), s_t = min(c_inf, L1 R (nu~_0 + dn)),
    ///   alpha_t = |a_0| + da.
    ///   hessian: drift = 2 H P sqrt(K) + (H P)^2, remainder = H P^2/2, H = hessian_norm, K = kernel_diagonal.
    ///   pairs, pairs_l2: bounds.md.
    DriftAndRemainder bound(DriftForm form, const Reach& reach) const;
    /// The same where the movement up to reach.residual_integral is known already.
    DriftAndRemainder bound(DriftForm form, const Reach& reach, const NeuronMovement& moved) const;
    /// The smallest drift and the smallest remainder of all forms that apply; infinite if none does.
    DriftAndRemainder smallest(const Reach& reach) const;

    /// H = omega/sqrt(m) with omega = (q + sqrt(q^2 + 4 L1^2 R^2))/2, q = max_l (|a_0| + Delta alpha) L2 R^2: every
    /// Hessian of f in the parameters has at most this norm on the segments from theta_0 to theta_s, s <= t.
    /// Infinite without L2.
    double hessian_norm(double residual_integral) const;
    double hessian_norm(const NeuronMovement& moved) const;
    /// K >= sup_x K_0(x,x) without the 1 of an output bias: (1/m) sum { min(c_inf, L1 R nu~_0)^2 + a_0^2 L1^2 R^2 }.
    double kernel_diagonal() const { return kernel_diagonal_; }
    /// m^{-1/2} sum |a_0| min(c_inf, L1 R nu~_0) >= sup_x |f_0(x)| without the output bias.
    double output_bound() const;

private:
    /// min(c_inf, L1 R (nu~_0 + more))
    Eigen::ArrayXd value_bound(const Eigen::ArrayXd& more) const;
    DriftAndRemainder basic(const NeuronMovement& moved) const;
    DriftAndRemainder by_hessian(double path_length, const NeuronMovement& moved) const;
    DriftAndRemainder by_pairs(const NeuronMovement& moved) const;
    DriftAndRemainder by_pairs_l2(const Reach& reach, const NeuronMovement& moved) const;
    void require_movement() const;
    /// The mean over neurons whose sum over the entries this is.
    double per_neuron(double sum) const;
    double rounded(double value) const;

    ActivationConstants constants_;
    NeuronSizes neurons_;
    double radius_;
    double slope_;              ///< L1 R
    double width_;              ///< m
    Eigen::ArrayXd stretched_;  ///< nu~_0
    Eigen::ArrayXd values_;     ///< s_0
    double kernel_diagonal_;
};

/// What movement before training makes of the kernel and of the linearisation up to one time.
struct DriftBeforeTraining {
    double time;
    double residual_norm;     ///< beta
    double movement;          ///< P
    double hessian_movement;  ///< H P; infinite without the form `hessian`
    double kernel_diagonal;   ///< K
    /// In the order of drift_forms; infinite for those that do not apply or were not asked for.
    std::array<DriftAndRemainder, drift_forms.size()> by_form;

    const DriftAndRemainder& of(DriftForm form) const { return by_form[static_cast<std::size_t>(form)]; }
};
/// By the reach before training, with these forms. beta, t >= 0, else std::domain_error. Cost O(m).
DriftBeforeTraining drift_before_training(const DriftBounds& bounds, const std::vector<DriftForm>& forms,
                                          double residual_norm, double time);

/// From H P and the norm of M_0, where G_0 = M_0 M_0^T: ||G_t - G_0|| <= H P (2 ||M_0|| + H P). The norm may leave out
/// the output bias.
double gram_drift(double hessian_times_movement, double gradient_norm);
/// ||h_s - h_0||_q <= H P (||grad C_0|| + E|phi| (sqrt(K) + H P)), grad C_0 without the output bias.
double kernel_gap_drift(double hessian_times_movement, double coefficient_gradient, double mean_of_probe,
                        double kernel_diagonal);

/// A double not below `value` computed by at most so many roundings of non-negative numbers, each off by a relative
/// 2^-52 at most; infinity in the place of what is no number.
double rounded_up(double value, double roundings);
/// x y where an x = 0 wins over an infinite y.
inline double product_of_bounds(double x, double y) { return x == 0 ? 0 : x * y; }

}  // namespace ntk::deviation
