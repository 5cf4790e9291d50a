// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/kernel_simulation.hpp"

#include "ntk/deviation/experiment.hpp"
#include "ntk/flow/kernel_flow.hpp"
#include "ntk/flow/time_units.hpp"
#include "ntk/numeric/message_number.hpp"
#include "ntk/sphere/gegenbauer.hpp"
#include "ntk/sphere/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace ntk::deviation {
namespace {

constexpr double unit = std::numeric_limits<double>::epsilon();

void require(bool condition, const std::string& what) {
    if (!condition) throw std::domain_error("simulate_infinite_width: " + what);
}

void require_valid(const TrajectorySetup& setup) {
    require(setup.infinite_width, "expected m = infinity");
    require(setup.law.antisymmetric, "the start must be f = 0: expected an antisymmetric one");
    require(setup.batch_size == 0, "expected no mini-batches");
    require(!setup.population || (setup.noise == 0 && !setup.points && !setup.labels && setup.target_is_known()),
            "n = infinity needs a known target, and has neither noise nor own data");
    require(setup.method == TrainingMethod::gradient_flow || setup.step > 0, "gradient descent needs a step > 0");
}

/// Times of the record; for gradient descent multiples of the step, each once.
std::vector<double> recorded_times(const TrajectorySetup& setup, const TimeGrid& grid) {
    if (setup.method == TrainingMethod::gradient_flow) return grid.times();
    std::vector<double> times;
    for (const double wanted : grid.times()) {
        const double time = time_after_steps(setup.step, steps_to_reach(wanted, setup.step));
        if (times.empty() || time > times.back()) times.push_back(time);
    }
    return times;
}

SimulationResult empty_result(const std::vector<double>& times, std::size_t probes) {
    SimulationResult result;
    result.times = times;
    const auto count = static_cast<Eigen::Index>(times.size());
    const MeasuredPath path{Eigen::VectorXd::Zero(count), Eigen::VectorXd::Zero(count)};
    result.residual_norm = result.loss = result.squared_speed = path;
    result.coefficients.assign(probes, path);
    result.residual_error = Eigen::VectorXd::Zero(count);
    return result;
}

void set(MeasuredPath& path, Eigen::Index at, const Measured& measured) {
    path.value(at) = measured.value;
    path.error(at) = measured.error;
}

/// mu_0, ..., mu_K.
std::vector<Measured> eigenvalues_up_to(const Kernel& kernel, const TrajectorySetup& setup, int max_degree) {
    std::vector<ZonalProbe> probes;
    const Eigen::VectorXd axis = Eigen::VectorXd::Unit(setup.shape.dim, setup.shape.dim - 1);
    for (int k = 0; k <= max_degree; ++k) probes.push_back(make_zonal_probe(k, axis));
    return probe_eigenvalues(kernel, setup.law.weights, setup.shape.dim, probes);
}

/// sum over pairs of target probes of one degree: <f*_k, f*_k> of the degree.
double target_energy(const ZonalTarget& target, int degree) {
    double sum = 0;
    for (std::size_t i = 0; i < target.probes.size(); ++i) {
        for (std::size_t j = 0; j < target.probes.size(); ++j) {
            if (target.probes[i].degree != degree || target.probes[j].degree != degree) continue;
            sum +=
                target.amplitudes[i] * target.amplitudes[j] * zonal_inner_product(target.probes[i], target.probes[j]);
        }
    }
    return sum;
}

/// What is left of a mode after a time: e^{-mu t}, or (1 - eta mu)^{t/eta}.
double left_of_mode(const TrajectorySetup& setup, double mu, double time) {
    if (setup.method == TrainingMethod::gradient_flow) return std::exp(-mu * time);
    const auto steps = static_cast<double>(steps_to_reach(time, setup.step));
    return std::pow(1 - setup.step * mu, steps);
}

/// n = infinity.
class PopulationDecay {
public:
    PopulationDecay(const TrajectorySetup& setup, std::vector<Measured> mu) : setup_(setup), mu_(std::move(mu)) {
        for (std::size_t k = 0; k < mu_.size(); ++k)
            energy_.push_back(target_energy(setup.target, static_cast<int>(k)));
    }
    Measured energy(int degree, double time) const {
        const auto k = static_cast<std::size_t>(degree);
        const double left = left_of_mode(setup_, mu_[k].value, time);
        return {left * left * energy_[k], relative_error(k, time) * left * left * std::abs(energy_[k])};
    }
    /// sum_k mu_k^power ||Pi_k r||^2
    Measured sum(double time, int power) const {
        Measured total;
        for (std::size_t k = 0; k < mu_.size(); ++k) {
            const Measured one = energy(static_cast<int>(k), time);
            const double weight = power == 0 ? 1 : mu_[k].value;
            total.value += weight * one.value;
            total.error += weight * one.error + (power == 0 ? 0 : mu_[k].error * one.value);
        }
        total.error += unit * static_cast<double>(mu_.size()) * total.value;
        return total;
    }
    Measured coefficient(const ZonalProbe& probe, double time) const {
        const auto k = static_cast<std::size_t>(probe.degree);
        const double first = -setup_.target.inner_product(probe);
        const double left = k < mu_.size() ? left_of_mode(setup_, mu_[k].value, time) : 1;
        const double relative = k < mu_.size() ? relative_error(k, time) : unit;
        return {left * first, relative * std::abs(left * first) + 8 * unit * setup_.target.norm()};
    }

private:
    /// Of the square of what is left: the exponent carries the error of mu, the power its rounding.
    double relative_error(std::size_t k, double time) const {
        return 4 * time * mu_[k].error + (8 + 4 * mu_[k].value * time) * unit;
    }
    const TrajectorySetup& setup_;
    std::vector<Measured> mu_;
    std::vector<double> energy_;
};

void fill_population(const TrajectorySetup& setup, const std::vector<Measured>& mu, SimulationResult& result) {
    const PopulationDecay decay(setup, mu);
    for (std::size_t i = 0; i < result.times.size(); ++i) {
        const auto at = static_cast<Eigen::Index>(i);
        const Measured squared = decay.sum(result.times[i], 0);
        const double norm = std::sqrt(squared.value);
        set(result.residual_norm, at, {norm, norm > 0 ? squared.error / norm : 0});
        set(result.loss, at, {squared.value / 2, squared.error});
        set(result.squared_speed, at, decay.sum(result.times[i], 1));
        for (std::size_t p = 0; p < setup.probes.size(); ++p) {
            set(result.coefficients[p], at, decay.coefficient(setup.probes[p], result.times[i]));
        }
    }
    for (const double time : result.state_times) {
        std::vector<Measured> row;
        for (std::size_t k = 0; k < mu.size(); ++k) row.push_back(decay.energy(static_cast<int>(k), time));
        result.energies.push_back(std::move(row));
    }
}

/// A finite sample.
class SampleDecay {
public:
    SampleDecay(const KernelInDouble& kappa, const TrajectorySetup& setup, std::vector<Measured> mu,
                const Eigen::MatrixXd& points, const Eigen::VectorXd& labels)
        : setup_(setup),
          mu_(std::move(mu)),
          points_(points),
          gram_(infinite_width_gram(kappa, points)),
          flow_(gram_, -labels) {
        for (const ZonalProbe& probe : setup.target.probes) target_values_.push_back(probe.at(points));
    }
    bool is_flow() const { return setup_.method == TrainingMethod::gradient_flow; }
    SampleVector residual(double time) const {
        return is_flow() ? flow_.residual(time) : flow_.residual_after(setup_.step, steps_to_reach(time, setup_.step));
    }
    SampleVector integrated(double time) const {
        return is_flow() ? flow_.integrated_residual(time)
                         : flow_.summed_residual_after(setup_.step, steps_to_reach(time, setup_.step));
    }
    FlowCoefficient coefficient(double time, double first, double mu, const Eigen::VectorXd& probe) const {
        return is_flow() ? flow_.coefficient(time, first, mu, probe)
                         : flow_.coefficient_after(setup_.step, steps_to_reach(time, setup_.step), first, mu, probe);
    }
    /// (1/n) r^T G r = ||theta'||^2
    Measured squared_speed(const SampleVector& residual) const {
        const double n = static_cast<double>(points_.cols());
        const double value = residual.value.dot(gram_ * residual.value) / n;
        const double largest = flow_.eigenvalues().tail(1)(0);
        const double norm = flow_.norm(residual.value);
        return {value, largest * norm * (2 * residual.error + 4 * unit * n * norm)};
    }
    /// ||Pi_k r||^2 for k = 0, ..., K.
    std::vector<Measured> energies(double time) const {
        const Eigen::Index n = points_.cols();
        const SampleVector sum = integrated(time);
        const Eigen::VectorXd weighted = sum.value / static_cast<double>(n);
        const double size = flow_.norm(sum.value);
        const Eigen::MatrixXd cosines = (points_.transpose() * points_).cwiseMax(-1.0).cwiseMin(1.0);
        std::vector<Measured> row;
        for (std::size_t k = 0; k < mu_.size(); ++k) {
            const int degree = static_cast<int>(k);
            const double multiplicity = multiplicity_double(setup_.shape.dim, degree), mu = mu_[k].value;
            const Eigen::MatrixXd p =
                cosines.unaryExpr([&](double t) { return gegenbauer_p(setup_.shape.dim, degree, t); });
            const double of_network = mu * mu * multiplicity * weighted.dot(p * weighted);
            double crossed = 0, crossed_size = 0;
            for (std::size_t i = 0; i < setup_.target.probes.size(); ++i) {
                if (setup_.target.probes[i].degree != degree) continue;
                crossed -= setup_.target.amplitudes[i] * mu * weighted.dot(target_values_[i]);
                crossed_size += std::abs(setup_.target.amplitudes[i]) * mu * std::sqrt(multiplicity) * size;
            }
            const double of_target = target_energy(setup_.target, degree);
            // Each side is a mean over the sample of terms no larger than these.
            const double largest = mu * mu * multiplicity * size * size + 2 * crossed_size + of_target;
            const double relative = 8 * unit * static_cast<double>(n + degree) + 4 * mu_[k].error / std::max(mu, unit);
            const double from_sum = 2 * (mu * mu * multiplicity * size + mu * std::sqrt(multiplicity)) * sum.error;
            row.push_back({of_network - 2 * crossed + of_target, relative * largest + from_sum});
        }
        return row;
    }
    double norm(const Eigen::VectorXd& v) const { return flow_.norm(v); }
    std::string warning() const {
        if (is_flow() || setup_.step <= flow_.stability_limit()) return "";
        return "step " + message_number(setup_.step) +
               " exceeds the stability limit 2/lambda_max(G) = " + message_number(flow_.stability_limit());
    }

private:
    const TrajectorySetup& setup_;
    std::vector<Measured> mu_;
    const Eigen::MatrixXd& points_;
    Eigen::MatrixXd gram_;
    KernelFlow flow_;
    std::vector<Eigen::VectorXd> target_values_;
};

void fill_sample(const SampleDecay& decay, const TrajectorySetup& setup, SimulationResult& result) {
    const auto count = static_cast<Eigen::Index>(result.times.size());
    result.residual.resize(result.points.cols(), count);
    const double root = std::sqrt(static_cast<double>(result.points.cols()));
    for (Eigen::Index at = 0; at < count; ++at) {
        const double time = result.times[static_cast<std::size_t>(at)];
        const SampleVector residual = decay.residual(time);
        const double norm = decay.norm(residual.value);
        result.residual.col(at) = residual.value;
        result.residual_error(at) = root * residual.error;
        set(result.residual_norm, at, {norm, residual.error});
        set(result.loss, at, {norm * norm / 2, norm * residual.error + residual.error * residual.error});
        set(result.squared_speed, at, decay.squared_speed(residual));
    }
    for (std::size_t p = 0; p < setup.probes.size(); ++p) {
        const ZonalProbe& probe = setup.probes[p];
        const Eigen::VectorXd values = probe.at(result.points);
        const double first = setup.target_is_known() ? -setup.target.inner_product(probe) : 0;
        for (Eigen::Index at = 0; at < count; ++at) {
            const double time = result.times[static_cast<std::size_t>(at)];
            const FlowCoefficient c = decay.coefficient(time, first, result.eigenvalues[p].value, values);
            const double of_mu = result.eigenvalues[p].error / std::max(result.eigenvalues[p].value, unit);
            set(result.coefficients[p], at,
                {c.value, c.error + of_mu * std::abs(c.value - first) + 8 * unit * std::abs(first)});
        }
    }
    for (const double time : result.state_times) result.energies.push_back(decay.energies(time));
}

}  // namespace

SimulationResult simulate_infinite_width(const Kernel& kernel, const TrajectorySetup& setup, int max_degree) {
    require_valid(setup);
    for (const ZonalProbe& probe : setup.target.probes) max_degree = std::max(max_degree, probe.degree);
    const std::vector<double> checkpoints = simulation_checkpoints(setup);
    const KernelInDouble kappa = kernel_in_double(kernel, setup.law.weights, setup.shape.dim);
    const TimeGrid grid = TimeGrid::for_rate(checkpoints.back(), kappa.at_one, checkpoints);
    SimulationResult result = empty_result(recorded_times(setup, grid), setup.probes.size());
    result.eigenvalues = probe_eigenvalues(kernel, setup.law.weights, setup.shape.dim, setup.probes);
    result.state_times = checkpoints;
    result.state_times.insert(result.state_times.begin(), 0);
    const std::vector<Measured> mu = eigenvalues_up_to(kernel, setup, max_degree);
    if (setup.population) {
        fill_population(setup, mu, result);
    } else {
        result.points = sample_points(setup);
        result.labels = sample_labels(setup, result.points);
        const SampleDecay decay(kappa, setup, mu, result.points, result.labels);
        fill_sample(decay, setup, result);
        result.warning = decay.warning();
    }
    result.facts.emplace_back("integrator", "closed form");
    if (setup.method == TrainingMethod::gradient_flow) result.grid = grid;
    return result;
}

}  // namespace ntk::deviation
