// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/sphere_run.hpp"

#include "ntk/flow/population_sample.hpp"
#include "ntk/numeric/damping.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>

namespace ntk::deviation {
namespace {

Eigen::MatrixXd columns_of(const std::vector<Eigen::VectorXd>& states) {
    Eigen::MatrixXd result(states.empty() ? 0 : states.front().size(), static_cast<Eigen::Index>(states.size()));
    for (std::size_t i = 0; i < states.size(); ++i) result.col(static_cast<Eigen::Index>(i)) = states[i];
    return result;
}

Eigen::MatrixXd operator_on_finer(const SphereData& data) { return data.to_finer * data.seen.residual; }

Eigen::VectorXd roots(const SphereCubature& rule) { return rule.weights.cwiseSqrt(); }

/// The norm in L^2(rho) of functions given at the points, one per column.
Eigen::VectorXd norms(const SphereCubature& rule, const Eigen::MatrixXd& values) {
    return (roots(rule).asDiagonal() * values).colwise().norm().transpose();
}

}  // namespace

SphereChoice choose_sphere_rules(const NetworkShape& shape, const ActivationPtr& activation, const ZonalTarget& target,
                                 const Eigen::VectorXd& start, const std::shared_ptr<ThreadPool>& pool) {
    constexpr double part = 1e-8;
    PopulationOptions options;
    options.velocity_error = part * target.norm();
    // The rule is compared with two finer ones, of degrees that grow by a quarter each.
    options.most_points = most_sphere_points * std::pow(1.8, shape.dim - 1);
    try {
        const PopulationSample sample = population_sample({shape, activation, target, pool}, {start}, options);
        if (static_cast<double>(sample.rule.size()) <= most_sphere_points) {
            const int finer = (sample.rule.degree + std::max(sample.rule.degree / 4, 2)) | 1;
            return {SphereRules{sample.rule, sphere_cubature(shape.dim, finer)}, ""};
        }
        return {std::nullopt, "a rule that resolves the network has " + std::to_string(sample.rule.size()) +
                                  " points, more than " + std::to_string(static_cast<int>(most_sphere_points))};
    } catch (const Unreachable&) {
        return {std::nullopt, "no rule of at most " + std::to_string(static_cast<int>(most_sphere_points)) +
                                  " points resolves the network on S^" + std::to_string(shape.dim - 1)};
    } catch (const ResourceError&) {
        return {std::nullopt, "already the rule of the degree of the target has more than " +
                                  std::to_string(static_cast<int>(most_sphere_points)) + " points on S^" +
                                  std::to_string(shape.dim - 1)};
    }
}

TimeGrid sphere_grid(double end, double rate, const std::vector<double>& marks) {
    std::vector<double> wanted;
    for (const double part : {0.02, 0.2, 1.0}) wanted.push_back(part / rate);
    wanted.insert(wanted.end(), marks.begin(), marks.end());
    wanted.push_back(end);
    std::sort(wanted.begin(), wanted.end());
    std::vector<double> breakpoints = {0};
    for (const double mark : wanted) {
        if (mark > end) break;
        while (breakpoints.back() < mark) {
            const double from = breakpoints.back();
            const double pieces = std::ceil((mark - from) / std::max(6 / rate, from / 4));
            breakpoints.push_back(pieces <= 1 ? mark : from + (mark - from) / pieces);
        }
    }
    return TimeGrid(breakpoints);
}

SphereObserver::SphereObserver(const TrainingProblem& problem, const ZonalTarget& target,
                               const std::vector<SphereCubature>& rules)
    : problem_(problem), residuals_(rules.size()), images_(rules.size()) {
    for (const SphereCubature& rule : rules) {
        networks_.push_back(problem.network.on_points(rule.points));
        targets_.push_back(target.at(rule.points));
    }
}

void SphereObserver::add(const Eigen::VectorXd& theta) {
    const Eigen::VectorXd residual = problem_.network.values(theta) - problem_.labels;
    const Eigen::VectorXd gradient =
        problem_.network.transposed_jacobian_product(theta, problem_.weights.cwiseProduct(residual));
    for (std::size_t i = 0; i < networks_.size(); ++i) {
        residuals_[i].push_back(networks_[i].values(theta) - targets_[i]);
        images_[i].push_back(networks_[i].jacobian_product(theta, gradient));
    }
}

std::vector<OnSphere> SphereObserver::take() const {
    std::vector<OnSphere> result;
    for (std::size_t i = 0; i < networks_.size(); ++i) {
        result.push_back({columns_of(residuals_[i]), columns_of(images_[i])});
    }
    return result;
}

ProjectedRun ProjectedRun::first(Eigen::Index count) const {
    return {rates.head(count), path.topRows(count), source.topRows(count)};
}

ProjectedRun along_eigenfunctions(const SphereData& data, const OnSphere& run, Eigen::Index count) {
    const Eigen::MatrixXd basis = roots(data.rules.rule).asDiagonal() * data.eigenvectors.leftCols(count);
    ProjectedRun result{data.eigenvalues.head(count), basis.transpose() * run.residual, {}};
    result.source = result.rates.asDiagonal() * result.path - basis.transpose() * run.image;
    return result;
}

ProjectedRun along_eigenfunctions_by_finer(const SphereData& data, Eigen::Index count) {
    const Eigen::VectorXd inverse_roots = roots(data.rules.rule).cwiseInverse();
    const Eigen::VectorXd rates = data.eigenvalues.head(count);
    const Eigen::MatrixXd functions = data.to_finer * (inverse_roots.asDiagonal() * data.eigenvectors.leftCols(count)) *
                                      rates.cwiseInverse().asDiagonal();
    const Eigen::MatrixXd weighted = data.rules.finer.weights.asDiagonal() * functions;
    ProjectedRun result{rates, weighted.transpose() * data.finer.residual, {}};
    result.source = weighted.transpose() * (operator_on_finer(data) - data.finer.image);
    return result;
}

ProjectedRun along_degree(const SphereCubature& rule, const OnSphere& run, int degree, double mu) {
    const double multiplicity = multiplicity_double(rule.dim(), degree);
    const Eigen::VectorXd root = roots(rule);
    const Eigen::MatrixXd cosines = rule.points.transpose() * rule.points;
    const Eigen::MatrixXd values = cosines.unaryExpr(
        [&](double t) { return multiplicity * gegenbauer_p(rule.dim(), degree, std::clamp(t, -1.0, 1.0)); });
    const Eigen::MatrixXd projection = root.asDiagonal() * values * root.asDiagonal();
    ProjectedRun result;
    result.rates = Eigen::VectorXd::Constant(rule.size(), mu);
    result.path = projection * (root.asDiagonal() * run.residual);
    result.source = mu * result.path - projection * (root.asDiagonal() * run.image);
    return result;
}

SphereData make_sphere_data(TimeGrid grid, SphereRules rules, const KernelInDouble& kappa) {
    const SphereCubature &rule = rules.rule, &finer = rules.finer;
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(infinite_width_gram(kappa, rule.points, rule.weights));
    Eigen::MatrixXd to_finer = finer.points.transpose() * rule.points;
    for (Eigen::Index q = 0; q < to_finer.cols(); ++q) {
        for (Eigen::Index y = 0; y < to_finer.rows(); ++y) {
            to_finer(y, q) = kappa.at(std::clamp(to_finer(y, q), -1.0, 1.0)) * rule.weights(q);
        }
    }
    return {std::move(grid),
            std::move(rules),
            {},
            {},
            {},
            solver.eigenvalues().reverse().cwiseMax(0),
            solver.eigenvectors().rowwise().reverse(),
            std::move(to_finer),
            {},
            {}};
}

SphereNorms norms_of(const TimeGrid& grid, const ProjectedRun& run) {
    const auto count = static_cast<Eigen::Index>(grid.breakpoints().size());
    SphereNorms result{Eigen::VectorXd(count), Eigen::VectorXd(count), Eigen::VectorXd(count), Eigen::VectorXd(count),
                       run.source.colwise().norm().transpose()};
    const Eigen::VectorXd start = run.path.col(0);
    for (Eigen::Index i = 0; i < count; ++i) {
        const double time = grid.breakpoints()[static_cast<std::size_t>(i)];
        const Eigen::VectorXd now = run.path.col(static_cast<Eigen::Index>(grid.place(static_cast<std::size_t>(i))));
        const Eigen::VectorXd predicted = (-time * run.rates.array()).exp() * start.array();
        result.deviation(i) = (now - predicted).norm();
        result.learned(i) = (start - predicted).norm();
        result.predicted(i) = predicted.norm();
        result.residual(i) = now.norm();
    }
    return result;
}

SphereNorms norms_by_finer(const SphereData& data) {
    const TimeGrid& grid = data.grid;
    const auto count = static_cast<Eigen::Index>(grid.breakpoints().size());
    const Eigen::VectorXd root = roots(data.rules.rule);
    const Eigen::VectorXd start = data.eigenvectors.transpose() * root.cwiseProduct(data.seen.residual.col(0));
    Eigen::MatrixXd damped(start.size(), count);
    Eigen::MatrixXd now(data.rules.finer.size(), count);
    for (Eigen::Index i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        now.col(i) = data.finer.residual.col(static_cast<Eigen::Index>(grid.place(at)));
        for (Eigen::Index j = 0; j < start.size(); ++j) {
            damped(j, i) = damping_factor(std::max(data.eigenvalues(j), 0.0), grid.breakpoints()[at]) * start(j);
        }
    }
    const Eigen::MatrixXd learned = data.to_finer * (root.cwiseInverse().asDiagonal() * (data.eigenvectors * damped));
    const Eigen::VectorXd first = data.finer.residual.col(0);
    const Eigen::MatrixXd predicted = (-learned).colwise() + first;
    const SphereCubature& finer = data.rules.finer;
    return {norms(finer, now - predicted), norms(finer, learned), norms(finer, predicted), norms(finer, now),
            norms(finer, operator_on_finer(data) - data.finer.image)};
}

}  // namespace ntk::deviation
