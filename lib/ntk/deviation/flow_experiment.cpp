// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

namespace ntk::deviation {
namespace {

/// Times that must be breakpoints of the grid.
std::vector<double> marked_times(const TrajectorySetup& setup) {
    std::vector<double> times = setup.output_times;
    if (setup.given) times.insert(times.end(), setup.given->times.begin(), setup.given->times.end());
    return times;
}

std::string in_short(double value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

/// The texts of all items: "a and b", "a, b and c".
template <class Item, class Text>
std::string joined(const std::vector<Item>& items, const Text& text) {
    std::string result;
    for (std::size_t i = 0; i < items.size(); ++i) {
        result += (i == 0 ? "" : i + 1 < items.size() ? ", " : " and ") + text(items[i]);
    }
    return result;
}

/// The largest distance of a residual of the first run from each of the others.
std::vector<double> distances(const std::vector<Observables>& runs) {
    std::vector<double> result;
    for (std::size_t i = 1; i < runs.size(); ++i) {
        result.push_back((runs.front().residual - runs[i].residual).cwiseAbs().maxCoeff());
    }
    return result;
}

void require_valid(const TrajectorySetup& setup) {
    if (setup.method != TrainingMethod::gradient_flow || setup.infinite_width) {
        throw std::domain_error("compute_trajectory: expected gradient flow of a finite network");
    }
    if (setup.population &&
        (setup.noise != 0 || setup.points || setup.labels || setup.given || !setup.target_is_known())) {
        throw std::domain_error(
            "compute_trajectory: n = infinity needs a known target, and has neither noise nor own data nor a given "
            "trajectory");
    }
}

/// The runs of one experiment, the one whose values are used first.
class FlowRuns {
public:
    FlowRuns(const Kernel& kernel, const TrajectorySetup& setup, const KernelInDouble& kappa,
             const std::vector<Measured>& eigenvalues, const std::shared_ptr<ThreadPool>& pool,
             const StageProgress& progress)
        : kernel_(kernel),
          kappa_(kappa),
          activation_(kernel.spec().activation),
          setup_(setup),
          pool_(pool),
          progress_(progress),
          through_states_(setup.given && setup.given->times.size() > 1),
          end_(through_states_ ? setup.given->times.back() : setup.time),
          // No eigenvalue of G^inf exceeds its trace kappa(1).
          grid_(TimeGrid::for_rate(end_, kappa.at_one, marked_times(setup))) {
        for (const Measured& eigenvalue : eigenvalues) mu_.push_back(eigenvalue.value);
    }

    void make() {
        choose_sphere(*pool_);
        if (setup_.population) {
            make_on_rule();
        } else {
            problem_ = std::make_shared<const TrainingProblem>(make_training_problem(activation_, setup_, pool_));
            make_on_sample();
        }
    }

    const std::shared_ptr<const TrainingProblem>& problem() const { return problem_; }
    TimeGrid& grid() { return grid_; }
    std::vector<Observables>& observed() { return observed_; }
    double velocity_error() const { return velocity_error_; }
    double end() const { return end_; }
    const std::string& no_sphere() const { return no_sphere_; }

    /// What was seen on the sphere, where rules were found.
    std::shared_ptr<const SphereData> sphere() {
        if (!sphere_rules_) return nullptr;
        SphereData data = make_sphere_data(*sphere_grid_, *sphere_rules_, kappa_);
        data.seen = std::move(on_sphere_.front().front());
        data.finer = std::move(on_sphere_.front().back());
        for (std::size_t i = 1; i < on_sphere_.size(); ++i) data.compared.push_back(std::move(on_sphere_[i].front()));
        std::vector<ZonalProbe> wanted = setup_.probes;
        wanted.insert(wanted.end(), setup_.target.probes.begin(), setup_.target.probes.end());
        std::vector<ZonalProbe> distinct;
        for (const ZonalProbe& probe : wanted) {
            // Exact means of products of two harmonics of this degree.
            const bool resolved = 2 * probe.degree <= data.rules.rule.degree;
            const bool known = std::any_of(distinct.begin(), distinct.end(),
                                           [&](const ZonalProbe& other) { return other.degree == probe.degree; });
            if (resolved && !known) distinct.push_back(probe);
        }
        std::sort(distinct.begin(), distinct.end(),
                  [](const ZonalProbe& a, const ZonalProbe& b) { return a.degree < b.degree; });
        for (const ZonalProbe& probe : distinct) data.degrees.push_back(probe.degree);
        data.degree_eigenvalues = probe_eigenvalues(kernel_, setup_.law.weights, setup_.shape.dim, distinct);
        return std::make_shared<const SphereData>(std::move(data));
    }

    std::vector<std::pair<std::string, std::string>> facts() const {
        std::vector<std::pair<std::string, std::string>> facts;
        if (setup_.given) facts = setup_.given->facts;
        facts.insert(
            facts.end(),
            {{"integrator", runs_.front().integrator},
             {"tolerances", joined(runs_, [](const Trajectory& run) { return in_short(run.tolerance); })},
             {"steps", joined(runs_, [](const Trajectory& run) { return std::to_string(run.steps); })},
             {"evaluations", joined(runs_, [](const Trajectory& run) { return std::to_string(run.evaluations); })},
             {"distances of a residual from the other runs (error estimate: their sum)",
              joined(distances(observed_), [](double x) { return in_short(x); })}});
        if (setup_.population) {
            facts.emplace_back("cubature rule in the place of the population",
                               "degree " + std::to_string(rule_degree_) + ", " +
                                   std::to_string(problem_->labels.size()) + " points, error of a velocity " +
                                   in_short(velocity_error_));
        }
        return facts;
    }

private:
    double tight() const { return tight_part * setup_.tolerance; }

    template <class Integrate>
    void add_run(double tolerance, const std::string& name, const Integrate& integrate) {
        ObservationFrame frame;
        frame.start = problem_->start;
        frame.labels = problem_->labels;
        frame.weights = problem_->weights;
        if (setup_.target_is_known()) frame.target = setup_.target;
        frame.probes = setup_.probes;
        frame.eigenvalues = mu_;
        frame.depth = activation_->kinks().empty() ? ObservationDepth::kernels : ObservationDepth::residuals;
        if (frame.depth == ObservationDepth::kernels && !setup_.population &&
            frame.labels.size() <= most_gram_gap_points) {
            frame.kernel_gram = infinite_width_gram(kappa_, problem_->network.points());
        }
        Observer observer(problem_->network, frame);
        // The rule that stands for the sphere is compared with a finer one along the first run alone.
        std::vector<SphereCubature> rules;
        if (sphere_rules_) rules.push_back(sphere_rules_->rule);
        if (sphere_rules_ && runs_.empty()) rules.push_back(sphere_rules_->finer);
        SphereObserver on_sphere(*problem_, setup_.target, rules);
        FlowOptions options{tolerance, recorded_times(), {}, setup_.integrator};
        // Where the tolerance would let both runs pass in the same steps, their distance would say nothing.
        options.longest_step = end_ / (tolerance < setup_.tolerance ? 4 : 2);
        options.locate_kinks = !setup_.population;
        const std::size_t middle = grid_.times().size() / 2;
        std::size_t count = 0, sphere_count = 0;
        some_states_.clear();
        options.observe = [&](double time, const Eigen::VectorXd& theta) {
            if (sphere_grid_ && sphere_count < sphere_grid_->times().size() &&
                time == sphere_grid_->times()[sphere_count]) {
                on_sphere.add(theta);
                ++sphere_count;
            }
            if (count == grid_.times().size() || time != grid_.times()[count]) return;
            observer.add(theta);
            if (++count == middle || count == grid_.times().size()) some_states_.push_back(theta);
        };
        if (progress_) options.progress = [&](double time, long) { progress_(name, time / end_); };
        runs_.push_back(integrate(options));
        require_complete(runs_.back());
        observed_.push_back(observer.take());
        if (sphere_rules_) on_sphere_.push_back(on_sphere.take());
    }

    Trajectory flow(const FlowOptions& options) const {
        return setup_.population
                   ? integrate_gradient_flow(problem_->network, problem_->start, problem_->labels, problem_->weights,
                                             options)
                   : integrate_gradient_flow(problem_->network, problem_->start, problem_->labels, options);
    }

    void add_tight_run() {
        add_run(tight(), "gradient flow at a thirtieth of the tolerance",
                [&](const FlowOptions& options) { return flow(options); });
    }

    void add_loose_run() {
        add_run(setup_.tolerance, "gradient flow at the tolerance",
                [&](const FlowOptions& options) { return flow(options); });
    }

    void make_on_sample() {
        if (through_states_) {
            add_run(tight(), "path through the given states", [&](const FlowOptions& options) {
                return follow(*setup_.given, problem_->network, problem_->labels, options);
            });
        }
        add_tight_run();
        add_loose_run();
    }

    void make_on_rule() {
        const PopulationProblem population{setup_.shape, activation_, setup_.target, pool_};
        PopulationOptions options;
        options.velocity_error = tight();
        const PopulationSample sample = population_sample_along(
            population, training_start(setup_, *pool_), options, [&](const PopulationSample& tried) {
                runs_.clear();
                observed_.clear();
                on_sphere_.clear();
                problem_ =
                    std::make_shared<const TrainingProblem>(make_training_problem(activation_, setup_, tried, pool_));
                add_tight_run();
                return some_states_;
            });
        rule_degree_ = sample.rule.degree;
        velocity_error_ = sample.velocity_error;
        add_loose_run();
    }

    void choose_sphere(ThreadPool& pool) {
        if (!activation_->kinks().empty()) {
            no_sphere_ = "the kernel does not move continuously along the trajectory";
        } else if (!setup_.target_is_known()) {
            no_sphere_ = "the target is known on the sample alone";
        } else {
            SphereChoice choice =
                choose_sphere_rules(setup_.shape, activation_, setup_.target, training_start(setup_, pool), pool_);
            no_sphere_ = std::move(choice.why_not);
            sphere_rules_ = std::move(choice.rules);
        }
        if (sphere_rules_) sphere_grid_ = sphere_grid(end_, kappa_.at_one, marked_times(setup_));
    }

    /// Times of both grids.
    std::vector<double> recorded_times() const {
        std::vector<double> times = grid_.times();
        if (!sphere_grid_) return times;
        times.insert(times.end(), sphere_grid_->times().begin(), sphere_grid_->times().end());
        std::sort(times.begin(), times.end());
        times.erase(std::unique(times.begin(), times.end()), times.end());
        return times;
    }

    const Kernel& kernel_;
    const KernelInDouble& kappa_;
    ActivationPtr activation_;
    const TrajectorySetup& setup_;
    std::shared_ptr<ThreadPool> pool_;
    const StageProgress& progress_;
    bool through_states_;
    double end_;
    TimeGrid grid_;
    std::vector<double> mu_;
    std::shared_ptr<const TrainingProblem> problem_;
    std::vector<Trajectory> runs_;
    std::vector<Observables> observed_;
    std::vector<Eigen::VectorXd> some_states_;  ///< of the last run, in the middle and at the end
    std::optional<SphereRules> sphere_rules_;
    std::optional<TimeGrid> sphere_grid_;
    std::string no_sphere_;
    std::vector<std::vector<OnSphere>> on_sphere_;  ///< of each run, on the rule and, for the first, the finer one
    int rule_degree_ = 0;
    double velocity_error_ = 0;
};

}  // namespace

TrajectoryResult compute_trajectory(const Kernel& kernel, const TrajectorySetup& setup,
                                    const std::shared_ptr<ThreadPool>& pool, const StageProgress& progress) {
    require_valid(setup);
    const std::vector<Measured> eigenvalues =
        probe_eigenvalues(kernel, setup.law.weights, setup.shape.dim, setup.probes);
    const KernelInDouble kappa = kernel_in_double(kernel, setup.law.weights, setup.shape.dim);
    FlowRuns runs(kernel, setup, kappa, eigenvalues, pool, progress);
    runs.make();
    const TrainingProblem& problem = *runs.problem();
    Eigen::MatrixXd gram;
    if (problem.labels.size() <= most_eigenvector_points) {
        gram = infinite_width_gram(kappa, problem.network.points(), problem.weights);
    }
    std::vector<std::pair<std::string, std::string>> facts = runs.facts();
    Observables seen = std::move(runs.observed().front());
    runs.observed().erase(runs.observed().begin());
    TrajectoryResult result{runs.problem(),
                            std::move(runs.grid()),
                            setup.probes,
                            eigenvalues,
                            std::move(seen),
                            std::move(runs.observed()),
                            std::move(gram),
                            setup.tolerance,
                            setup.target_is_known() ? setup.target.norm() : 0,
                            setup.law.antisymmetric && !setup.given,
                            std::move(facts)};
    result.knows_target = setup.target_is_known();
    if (result.knows_target && kernel.spec().activation->kinks().empty()) {
        result.start = std::make_shared<const StartQuantities>(
            start_quantities(problem, setup, eigenvalues, kappa.at_one, result.grid.breakpoints()));
    }
    if (!kernel.spec().activation->kinks().empty()) {
        result.no_kernels =
            kernel.spec().activation->name() +
            " has a kink: along a flow the kernel jumps where a preactivation passes zero, and integrals "
            "and suprema over time have no honest error there (gradient descent needs none)";
    }
    result.sphere = runs.sphere();
    result.no_sphere = runs.no_sphere();
    // An error e of the velocity moves parameters by about e t, and |grad f|^2 is about kappa(1).
    result.rule_error = runs.velocity_error() * runs.end() * std::sqrt(kappa.at_one);
    return result;
}

}  // namespace ntk::deviation
