// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/kernel_flow.hpp"

#include "ntk/numeric/damping.hpp"
#include "ntk/numeric/errors.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();
/// ||E|| in n units of ||G||, and the products with U in n units of the start.
constexpr double backward_units = 4;
constexpr double product_units = 4;

void require(bool condition, const std::string& what) {
    if (!condition) throw std::domain_error("KernelFlow: " + what);
}

/// (1 - x)^j, x >= 0.
double power_of_rest(double x, long steps) {
    if (steps == 0) return 1;
    const double j = static_cast<double>(steps);
    if (x < 1) return std::exp(j * std::log1p(-x));
    const double size = std::exp(j * std::log(x - 1));
    return steps % 2 == 0 ? size : -size;
}

/// sum_{i<j} rho^i for an error estimate.
double geometric_sum(double rho, long steps) {
    const double j = static_cast<double>(steps);
    return rho == 1 || steps == 0 ? j : std::expm1(j * std::log(rho)) / (rho - 1);
}

void require_finite(const Eigen::VectorXd& on_sample, double error, const std::string& when) {
    if (!on_sample.allFinite() || !std::isfinite(error)) {
        throw Unreachable("KernelFlow: the residual " + when + " is not finite");
    }
}

}  // namespace

Eigen::MatrixXd zonal_gram_matrix(const std::function<double(double)>& kappa, const Eigen::MatrixXd& points,
                                  const Eigen::VectorXd& weights) {
    const Eigen::Index n = points.cols();
    if (n < 1 || weights.size() != n || !points.allFinite() || !weights.allFinite() || !(weights.minCoeff() > 0)) {
        throw std::domain_error("zonal_gram_matrix: " + std::to_string(n) + " points and " +
                                std::to_string(weights.size()) +
                                " weights: expected as many, all finite, and positive weights");
    }
    const Eigen::VectorXd roots = weights.cwiseSqrt();
    const Eigen::MatrixXd cosines = points.transpose() * points;
    const double diagonal = kappa(1);
    Eigen::MatrixXd gram(n, n);
    for (Eigen::Index j = 0; j < n; ++j) {
        gram(j, j) = weights(j) * diagonal;
        for (Eigen::Index i = j + 1; i < n; ++i) {
            gram(i, j) = roots(i) * roots(j) * kappa(std::clamp(cosines(i, j), -1.0, 1.0));
            gram(j, i) = gram(i, j);
        }
    }
    if (!gram.allFinite()) throw std::domain_error("zonal_gram_matrix: a value of the kernel is not finite");
    return gram;
}

KernelFlow::KernelFlow(const Eigen::MatrixXd& gram, const Eigen::VectorXd& start, const Eigen::VectorXd& weights)
    : roots_(weights.cwiseSqrt()), units_(epsilon * static_cast<double>(start.size())) {
    const Eigen::Index n = start.size();
    require(n > 0 && gram.rows() == n && gram.cols() == n && weights.size() == n,
            "a matrix " + std::to_string(gram.rows()) + " x " + std::to_string(gram.cols()) + ", " + std::to_string(n) +
                " residuals and " + std::to_string(weights.size()) + " weights: expected n x n, n and n, n >= 1");
    require(gram.allFinite() && start.allFinite() && weights.allFinite() && weights.minCoeff() > 0,
            "entries must be finite and weights positive");
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram);
    if (solver.info() != Eigen::Success) throw Unreachable("KernelFlow: the eigenvalues did not converge");
    const Eigen::VectorXd& found = solver.eigenvalues();
    require(found(0) >= -backward_units * units_ * std::abs(found(n - 1)),
            "the smallest eigenvalue is " + std::to_string(found(0)) + ", the largest " + std::to_string(found(n - 1)) +
                ": expected a positive semi-definite matrix");
    eigenvalues_ = found.cwiseMax(0);
    eigenvectors_ = solver.eigenvectors();
    start_ = eigenvectors_.transpose() * roots_.cwiseProduct(start);
    start_norm_ = norm(start);
}

KernelFlow::KernelFlow(const Eigen::MatrixXd& gram, const Eigen::VectorXd& start)
    : KernelFlow(gram, start, Eigen::VectorXd::Constant(start.size(), 1 / static_cast<double>(start.size()))) {}

double KernelFlow::norm(const Eigen::VectorXd& on_sample) const {
    require(on_sample.size() == roots_.size(),
            "norm: " + std::to_string(on_sample.size()) + " entries: expected " + std::to_string(roots_.size()));
    return roots_.cwiseProduct(on_sample).norm();
}

void KernelFlow::require_time(double time) const {
    require(time >= 0 && std::isfinite(time), "time = " + std::to_string(time) + ": must be finite and >= 0");
}

void KernelFlow::require_steps(double step, long steps) const {
    require(step > 0 && std::isfinite(step) && steps >= 0, "step = " + std::to_string(step) +
                                                               ", steps = " + std::to_string(steps) +
                                                               ": expected a finite step > 0 and steps >= 0");
}

/// Q^{-1/2} U f(L) U^T Q^{1/2} r_0
Eigen::VectorXd KernelFlow::mapped(const std::function<double(double)>& factor) const {
    const Eigen::VectorXd factors = eigenvalues_.unaryExpr(factor);
    return (eigenvectors_ * factors.cwiseProduct(start_)).cwiseQuotient(roots_);
}

SampleVector KernelFlow::residual(double time) const {
    require_time(time);
    const double moved = product_units + backward_units * eigenvalues_(eigenvalues_.size() - 1) * time;
    return {mapped([time](double lambda) { return std::exp(-lambda * time); }),
            units_ * moved * std::exp(-eigenvalues_(0) * time) * start_norm_};
}

FlowCoefficient KernelFlow::residual_norm(double time) const {
    const SampleVector at = residual(time);
    return {norm(at.value), at.error};
}

SampleVector KernelFlow::integrated_residual(double time) const {
    require_time(time);
    // int_0^t s e^{-lambda s} ds <= D(lambda, t)^2, as (1 - e^{-x})^2 - (1 - (1 + x) e^{-x}) = e^{-x} (x - 1 + e^{-x}).
    const double damping = damping_factor(eigenvalues_(0), time);
    const double moved =
        product_units * damping + backward_units * eigenvalues_(eigenvalues_.size() - 1) * damping * damping;
    return {mapped([time](double lambda) { return damping_factor(lambda, time); }), units_ * moved * start_norm_};
}

FlowCoefficient KernelFlow::paired(const SampleVector& integral, double first, double mu,
                                   const Eigen::VectorXd& probe) const {
    const double size = std::abs(mu) * norm(probe);
    const double value = first - mu * roots_.cwiseAbs2().cwiseProduct(probe).dot(integral.value);
    return {value, size * (integral.error + units_ * norm(integral.value)) + epsilon * std::abs(first)};
}

FlowCoefficient KernelFlow::coefficient(double time, double first, double mu, const Eigen::VectorXd& probe) const {
    return paired(integrated_residual(time), first, mu, probe);
}

double KernelFlow::growth(double step) const {
    return std::max(std::abs(1 - step * eigenvalues_(0)), std::abs(1 - step * eigenvalues_(eigenvalues_.size() - 1)));
}

SampleVector KernelFlow::residual_after(double step, long steps) const {
    require_steps(step, steps);
    const double j = static_cast<double>(steps);
    const double rho = growth(step);
    // (I - eta G - eta E)^j - (I - eta G)^j is at most j eta ||E|| rho^{j-1}.
    const double moved = product_units * std::pow(rho, j) + backward_units * eigenvalues_(eigenvalues_.size() - 1) *
                                                                step * j * std::pow(rho, std::max(j - 1, 0.0));
    SampleVector made{mapped([&](double lambda) { return power_of_rest(step * lambda, steps); }),
                      units_ * moved * start_norm_};
    require_finite(made.value, made.error, "after " + std::to_string(steps) + " steps");
    return made;
}

SampleVector KernelFlow::summed_residual_after(double step, long steps) const {
    require_steps(step, steps);
    // sum_{i<j} i rho^{i-1} <= (sum_{i<j} rho^i)^2, term by term.
    const double sum = step * geometric_sum(growth(step), steps);
    const double moved = product_units * sum + backward_units * eigenvalues_(eigenvalues_.size() - 1) * sum * sum;
    SampleVector made{mapped([&](double lambda) { return descent_damping_factor(lambda, step, steps); }),
                      units_ * moved * start_norm_};
    require_finite(made.value, made.error, "summed over " + std::to_string(steps) + " steps");
    return made;
}

FlowCoefficient KernelFlow::coefficient_after(double step, long steps, double first, double mu,
                                              const Eigen::VectorXd& probe) const {
    return paired(summed_residual_after(step, steps), first, mu, probe);
}

double KernelFlow::stability_limit() const { return 2 / eigenvalues_(eigenvalues_.size() - 1); }

double descent_damping_factor(double lambda, double step, long steps) {
    if (!(lambda >= 0 && step > 0 && steps >= 0 && std::isfinite(lambda) && std::isfinite(step))) {
        throw std::domain_error("descent_damping_factor: lambda = " + std::to_string(lambda) +
                                ", step = " + std::to_string(step) + ", steps = " + std::to_string(steps) +
                                ": expected lambda >= 0, step > 0, both finite, and steps >= 0");
    }
    const double j = static_cast<double>(steps);
    const double x = step * lambda;
    if (lambda == 0 || steps == 0) return step * j;
    if (x < 1) return -std::expm1(j * std::log1p(-x)) / lambda;
    // (1-x)^j has the sign (-1)^j; x - 1 is exact up to 2, so that nothing is lost near x = 2.
    const double logarithm = j * std::log(x - 1);
    return (steps % 2 == 0 ? -std::expm1(logarithm) : 1 + std::exp(logarithm)) / lambda;
}

}  // namespace ntk
