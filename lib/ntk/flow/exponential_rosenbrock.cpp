// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/krylov_space.hpp"
#include "ntk/flow/phi_functions.hpp"
#include "ntk/flow/recorder.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

/// One step of length h from u: with F = F(u), A = F'(u) and the rest g(v) = F(v) - F - A (v - u),
///     U_2 = u + (h/2) phi_1(hA/2) F,                 D_2 = g(U_2),
///     U_3 = u + h phi_1(hA) F + h phi_1(hA) D_2,     D_3 = g(U_3).
/// g vanishes with its derivative at u; the cubic s^2 (a + s b), s = tau/h, a = 8 D_2 - D_3, b = 2 D_3 - 8 D_2, through
/// D_2 and D_3 in the place of g along the solution gives by variation of constants, for 0 <= s <= 1,
///     u(s) = u + sh phi_1(shA) F + sh [2 s^2 phi_3(shA) a + 6 s^3 phi_4(shA) b]:
/// at s = 1 the method exprb43, between a continuous extension of the same order. Without b it is the embedded method
/// of order 3.
namespace ntk {
namespace {

using State = Eigen::VectorXd;

/// Spaces beyond this make the step shorter instead.
constexpr Eigen::Index largest_space = 120;
/// What the approximation of a phi-function may add to a step, root mean square over the entries, in parts of the
/// tolerance.
constexpr double krylov_share = 0.006;

/// Counts what a run costs.
class CountedLinearisation final : public Linearisation {
public:
    CountedLinearisation(std::unique_ptr<Linearisation> inner, long& products)
        : inner_(std::move(inner)), products_(products) {}
    const State& velocity() const override { return inner_->velocity(); }
    State derivative_product(const State& direction) const override {
        ++products_;
        return inner_->derivative_product(direction);
    }

private:
    std::unique_ptr<Linearisation> inner_;
    long& products_;
};

/// A step that was computed: the spaces of F, D_2 and of what D_3 has beside its projection on D_2. Both grow along
/// nearly the same direction, so that little is left, and a small space serves it.
struct Step {
    double length;
    double share;  ///< <D_2, D_3> / |D_2|^2
    KrylovSpace of_velocity, of_middle, of_rest;

    /// u(s) - u
    State change(double s) const {
        const double t = s * length;
        const auto first = [&](double z) { return t * phi_function(1, t * z); };
        const auto third = [&](double z) { return t * 2 * s * s * phi_function(3, t * z); };
        const auto fourth = [&](double z) { return t * 6 * s * s * s * phi_function(4, t * z); };
        const auto of_d3 = [&](double z) { return 2 * fourth(z) - third(z); };
        const auto of_d2 = [&](double z) { return 8 * third(z) - 8 * fourth(z) + share * of_d3(z); };
        return of_velocity.apply(first) + of_middle.apply(of_d2) + of_rest.apply(of_d3);
    }
    /// The difference of the methods of order 4 and 3.
    State error() const {
        const auto fourth = [&](double z) { return 12 * length * phi_function(4, length * z); };
        return of_middle.apply([&](double z) { return (share - 4) * fourth(z); }) + of_rest.apply(fourth);
    }
};

/// The step of length h, or nothing if a Krylov space is too small for it or a value leaves the range of a double.
std::optional<Step> try_step(const FlowSystem& system, const Linearisation& at, const State& u, double h,
                             double krylov_tolerance, Trajectory& trajectory) {
    const auto space = [&](const State& v) -> std::optional<KrylovSpace> {
        if (!v.allFinite()) return std::nullopt;
        KrylovSpace made(at, v, h, krylov_tolerance, largest_space);
        return made.converged() ? std::optional<KrylovSpace>(std::move(made)) : std::nullopt;
    };
    // g(u + change); the spaces know A change without another product.
    const auto rest = [&](const State& change, const State& image) -> std::optional<State> {
        const State moved = u + change;
        if (!moved.allFinite()) return std::nullopt;
        ++trajectory.evaluations;
        return State(system.velocity(moved) - at.velocity() - image);
    };
    const auto half = [&](double z) { return h / 2 * phi_function(1, h / 2 * z); };
    const auto whole = [&](double z) { return h * phi_function(1, h * z); };
    std::optional<KrylovSpace> of_velocity = space(at.velocity());
    if (!of_velocity) return std::nullopt;
    const std::optional<State> middle = rest(of_velocity->apply(half), of_velocity->image(half));
    if (!middle) return std::nullopt;
    std::optional<KrylovSpace> of_middle = space(*middle);
    if (!of_middle) return std::nullopt;
    const std::optional<State> end =
        rest(of_velocity->apply(whole) + of_middle->apply(whole), of_velocity->image(whole) + of_middle->image(whole));
    if (!end) return std::nullopt;
    const double squared = middle->squaredNorm();
    const double share = squared > 0 ? middle->dot(*end) / squared : 0;
    std::optional<KrylovSpace> of_end = space(*end - share * *middle);
    if (!of_end) return std::nullopt;
    return Step{h, share, std::move(*of_velocity), std::move(*of_middle), std::move(*of_end)};
}

}  // namespace

Trajectory integrate_exponential_rosenbrock(const FlowSystem& system, const State& start, const FlowOptions& options) {
    require_valid(system, start, options);
    Trajectory trajectory;
    trajectory.integrator = "exponential Rosenbrock exprb43, Lanczos, continuous extension";
    trajectory.tolerance = options.tolerance;
    const double end = options.record_times.back();
    const double krylov_tolerance =
        krylov_share * options.tolerance * std::sqrt(static_cast<double>(std::max<Eigen::Index>(1, start.size())));
    State u = start;
    const double duration = end - options.start_time;
    double time = options.start_time;
    // Two runs at different tolerances differ from the start.
    double h = options.first_step > 0 ? options.first_step : 0.05 * std::pow(options.tolerance / 1e-9, 0.25);
    // What Lanczos can do with the largest space; grows again slowly after a failure.
    double longest = std::max(duration, h);
    trajectory.next_step = h;
    Recorder recorder(options, trajectory);
    recorder.record_until(time, [&](double) { return start; });
    std::unique_ptr<Linearisation> at;
    while (!recorder.done()) {
        h = std::min({h, longest, options.longest_step});
        const double shortest = 1e-13 * duration;
        if (h < shortest) stop_flow(time, "the step size collapsed", time);
        // The last step takes what rounding would leave behind, too.
        const bool last = h >= end - time - shortest;
        if (last) h = end - time;
        if (at == nullptr) {
            at = std::make_unique<CountedLinearisation>(system.linearise(u), trajectory.derivative_products);
            ++trajectory.evaluations;
            if (!at->velocity().allFinite()) stop_flow(time, "the velocity is not finite", time);
        }
        const std::optional<Step> step = try_step(system, *at, u, h, krylov_tolerance, trajectory);
        if (!step) {
            longest = h /= 2;
            continue;
        }
        const State after = u + step->change(1);
        const State scale = options.tolerance * (1 + u.cwiseAbs().cwiseMax(after.cwiseAbs()).array());
        const double error = step->error().cwiseQuotient(scale).cwiseAbs().maxCoeff();
        if (!after.allFinite() || !std::isfinite(error)) {
            h /= 10;
            continue;
        }
        // The embedded method has local errors of order 4.
        const double factor = 0.85 * std::pow(std::max(error, 1e-12), -0.25);
        if (error > 1) {
            h *= std::clamp(factor, 0.1, 0.9);
            continue;
        }
        const double reached = last ? end : time + h;
        recorder.record_until(reached, [&](double wanted) {
            return wanted == reached ? after : State(u + step->change((wanted - time) / h));
        });
        u = after;
        time = reached;
        at.reset();
        ++trajectory.steps;
        const double next = h * std::clamp(factor, 0.3, 4.0);
        // A step that the end cut short says little about the next one.
        h = last ? std::max(next, trajectory.next_step) : next;
        trajectory.next_step = h;
        longest *= 1.2;
        if (options.progress) options.progress(time, trajectory.evaluations);
    }
    return trajectory;
}

}  // namespace ntk
