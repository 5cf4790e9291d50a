// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/observables.hpp"

#include "ntk/network/gram_spectrum.hpp"
#include "ntk/network/homogeneity.hpp"
#include "ntk/network/population.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace ntk::deviation {
namespace {

/// States that wait to be looked at together: enough for every thread, few enough for memory.
constexpr std::size_t most_waiting = 16;

Eigen::MatrixXd values_of_probes(const std::vector<ZonalProbe>& probes, const Eigen::MatrixXd& points) {
    Eigen::MatrixXd values(points.cols(), static_cast<Eigen::Index>(probes.size()));
    for (std::size_t i = 0; i < probes.size(); ++i) values.col(static_cast<Eigen::Index>(i)) = probes[i].at(points);
    return values;
}

void append_columns(Eigen::MatrixXd& to, const Eigen::MatrixXd& more) {
    if (to.rows() != more.rows()) {
        throw std::domain_error("Observables::append: " + std::to_string(more.rows()) + " rows: expected " +
                                std::to_string(to.rows()));
    }
    const Eigen::Index before = to.cols();
    to.conservativeResize(Eigen::NoChange, before + more.cols());
    to.rightCols(more.cols()) = more;
}

void append_entries(Eigen::VectorXd& to, const Eigen::VectorXd& more) {
    to.conservativeResize(to.size() + more.size());
    to.tail(more.size()) = more;
}

}  // namespace

void Observables::append(const Observables& later) {
    if (later.times() == 0) return;
    if (times() == 0) {
        *this = later;
        return;
    }
    for (Eigen::MatrixXd Observables::*member :
         {&Observables::residual, &Observables::coefficient, &Observables::gram_residual, &Observables::deviation,
          &Observables::sampling, &Observables::kernel_gap}) {
        append_columns(this->*member, later.*member);
    }
    for (Eigen::VectorXd Observables::*member :
         {&Observables::residual_norm, &Observables::loss, &Observables::squared_speed, &Observables::movement,
          &Observables::balance, &Observables::imbalance, &Observables::gram_gap}) {
        append_entries(this->*member, later.*member);
    }
    coefficient_error = std::max(coefficient_error, later.coefficient_error);
}

void Observables::keep_first(Eigen::Index count) {
    for (Eigen::MatrixXd Observables::*member :
         {&Observables::residual, &Observables::coefficient, &Observables::gram_residual, &Observables::deviation,
          &Observables::sampling, &Observables::kernel_gap}) {
        (this->*member).conservativeResize(Eigen::NoChange, count);
    }
    for (Eigen::VectorXd Observables::*member :
         {&Observables::residual_norm, &Observables::loss, &Observables::squared_speed, &Observables::movement,
          &Observables::balance, &Observables::imbalance}) {
        (this->*member).conservativeResize(count);
    }
    if (gram_gap.size() > 0) gram_gap.conservativeResize(count);
}

Observer::Observer(const Network& network, ObservationFrame frame, std::function<void(std::size_t)> progress)
    : network_(network), frame_(std::move(frame)), progress_(std::move(progress)) {
    const Eigen::Index n = network_.sample_count();
    if (frame_.weights.size() == 0) frame_.weights = Eigen::VectorXd::Constant(n, 1 / static_cast<double>(n));
    const bool kernels = frame_.depth == ObservationDepth::kernels;
    if (frame_.labels.size() != n || frame_.weights.size() != n ||
        frame_.start.size() != network_.shape().parameter_count() ||
        (kernels && frame_.eigenvalues.size() != frame_.probes.size())) {
        throw std::domain_error(
            "Observer: " + std::to_string(frame_.labels.size()) + " labels, " + std::to_string(frame_.weights.size()) +
            " weights, " + std::to_string(frame_.start.size()) + " parameters, " +
            std::to_string(frame_.eigenvalues.size()) + " eigenvalues: expected " + std::to_string(n) + ", " +
            std::to_string(n) + ", " + std::to_string(network_.shape().parameter_count()) + " and one for each probe");
    }
    homogeneity_ = homogeneity(network_.activation());
    if (homogeneity_) start_balances_ = balances(network_.shape(), *homogeneity_, frame_.start);
    of_target_ = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(frame_.probes.size()));
    for (std::size_t i = 0; frame_.target && i < frame_.probes.size(); ++i) {
        of_target_(static_cast<Eigen::Index>(i)) = frame_.target->inner_product(frame_.probes[i]);
    }
    if (frame_.kernel_gram.size() != 0 && (frame_.kernel_gram.rows() != n || frame_.kernel_gram.cols() != n)) {
        throw std::domain_error("Observer: a kernel_gram of " + std::to_string(frame_.kernel_gram.rows()) +
                                " rows: expected " + std::to_string(n) + " or none");
    }
    if (kernels) probe_values_ = values_of_probes(frame_.probes, network_.points());
}

void Observer::add(const Eigen::VectorXd& theta) {
    waiting_.push_back(theta);
    if (waiting_.size() == most_waiting) look_at_waiting();
}

void Observer::look_at_waiting() {
    const std::size_t before = seen_.size();
    seen_.resize(before + waiting_.size());
    network_.pool().parallel_for(static_cast<int>(waiting_.size()), [&](int i) {
        seen_[before + static_cast<std::size_t>(i)] = look(waiting_[static_cast<std::size_t>(i)]);
    });
    waiting_.clear();
    if (progress_) progress_(seen_.size());
}

Observer::State Observer::look(const Eigen::VectorXd& theta) const {
    const Network alone = network_.on_one_thread();
    State state;
    state.residual = alone.values(theta) - frame_.labels;
    const Eigen::VectorXd& r = state.residual;
    const Eigen::VectorXd weighted = frame_.weights.cwiseProduct(r);
    const bool kernels = frame_.depth == ObservationDepth::kernels;
    const PopulationCoefficients population = (kernels ? population_coefficients : population_values)(
        alone.shape(), alone.activation(), theta, frame_.probes);
    const Eigen::VectorXd gradient = alone.transposed_jacobian_product(theta, weighted);
    const Eigen::VectorXd& c = state.coefficient = population.value - of_target_;
    state.residual_norm = std::sqrt(weighted.dot(r));
    state.squared_speed = gradient.squaredNorm();
    state.movement = (theta - frame_.start).norm();
    state.coefficient_error = population.error_estimate;
    if (homogeneity_) {
        const Eigen::VectorXd moved = balances(network_.shape(), *homogeneity_, theta) - start_balances_;
        const Eigen::VectorXd outputs =
            theta.head(network_.shape().width).cwiseAbs2() - frame_.start.head(network_.shape().width).cwiseAbs2();
        state.balance = moved.cwiseAbs().maxCoeff();
        state.imbalance = (2.0 * *homogeneity_ * outputs - moved).cwiseAbs().maxCoeff();
    }
    if (frame_.kernel_gram.size() > 0) {
        const SpectrumEnds ends = spectrum_ends(frame_.kernel_gram - alone.gram_matrix(theta));
        state.gram_gap = std::max(std::abs(ends.smallest), std::abs(ends.largest));
    }
    if (!kernels) return state;
    // One pass for grad C . grad f of every probe and for J (J^T Q r).
    const Eigen::Index count = c.size();
    Eigen::MatrixXd directions(theta.size(), count + 1);
    directions.leftCols(count) = population.gradient;
    directions.col(count) = gradient;
    const Eigen::MatrixXd along = alone.jacobian_products(theta, directions);
    const Eigen::Map<const Eigen::VectorXd> mu(frame_.eigenvalues.data(), count);
    state.gram_residual = along.col(count);
    state.deviation = mu.cwiseProduct(c) - along.leftCols(count).transpose() * weighted;
    state.sampling = c - probe_values_.transpose() * weighted;
    const Eigen::MatrixXd h = probe_values_ * mu.asDiagonal() - along.leftCols(count);
    state.kernel_gap = (h.cwiseAbs2().transpose() * frame_.weights).cwiseSqrt();
    return state;
}

Observables Observer::take() {
    look_at_waiting();
    const auto times = static_cast<Eigen::Index>(seen_.size());
    const auto entries = [&](double State::*member) {
        Eigen::VectorXd result(times);
        for (Eigen::Index i = 0; i < times; ++i) result(i) = seen_[static_cast<std::size_t>(i)].*member;
        return result;
    };
    const auto columns = [&](Eigen::VectorXd State::*member) {
        Eigen::MatrixXd result(seen_.empty() ? 0 : (seen_.front().*member).size(), times);
        for (Eigen::Index i = 0; i < times; ++i) result.col(i) = seen_[static_cast<std::size_t>(i)].*member;
        return result;
    };
    Observables result;
    result.residual = columns(&State::residual);
    result.residual_norm = entries(&State::residual_norm);
    result.loss = result.residual_norm.array().square() / 2;
    result.squared_speed = entries(&State::squared_speed);
    result.movement = entries(&State::movement);
    result.balance = entries(&State::balance);
    result.imbalance = entries(&State::imbalance);
    result.coefficient = columns(&State::coefficient);
    result.gram_residual = columns(&State::gram_residual);
    result.deviation = columns(&State::deviation);
    result.sampling = columns(&State::sampling);
    result.kernel_gap = columns(&State::kernel_gap);
    if (frame_.kernel_gram.size() > 0) result.gram_gap = entries(&State::gram_gap);
    for (const State& state : seen_) {
        result.coefficient_error = std::max(result.coefficient_error, state.coefficient_error);
    }
    return result;
}

}  // namespace ntk::deviation
