// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/recorder.hpp"

#include <stdexcept>

#ifdef NTK_HAVE_SUNDIALS

#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_spgmr.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <memory>

namespace ntk {
namespace {

using State = Eigen::VectorXd;

/// A step of CVODE may not take more Newton corrections and error tests than this many steps in a row.
constexpr long most_steps = 10'000'000;

/// Calls the destructor of SUNDIALS that belongs to a handle.
struct Destroy {
    void operator()(_generic_N_Vector* vector) const { N_VDestroy(vector); }
    void operator()(_generic_SUNLinearSolver* solver) const { SUNLinSolFree(solver); }
};
using Vector = std::unique_ptr<_generic_N_Vector, Destroy>;
using Solver = std::unique_ptr<_generic_SUNLinearSolver, Destroy>;

class Context {
public:
    Context() {
        if (SUNContext_Create(nullptr, &context_) != 0) throw std::runtime_error("SUNDIALS: no context");
    }
    ~Context() { SUNContext_Free(&context_); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    SUNContext get() const { return context_; }

private:
    SUNContext context_ = nullptr;
};

Eigen::Map<State> entries(N_Vector vector) { return {NV_DATA_S(vector), NV_LENGTH_S(vector)}; }

/// What the callbacks of CVODE see. An exception does not cross the C code: it waits here.
struct Problem {
    const FlowSystem& system;
    Trajectory& trajectory;
    std::unique_ptr<Linearisation> at;  ///< around the state of the last setup of the linear solver
    std::exception_ptr failure;

    /// act(), with the exit codes of CVODE: 0, 1 for a step that is to be shortened, -1 for the end.
    template <class Act>
    int guarded(const Act& act) noexcept {
        try {
            return act() ? 0 : 1;
        } catch (...) {
            failure = std::current_exception();
            return -1;
        }
    }
};

int velocity(realtype, N_Vector state, N_Vector derivative, void* data) {
    auto& problem = *static_cast<Problem*>(data);
    return problem.guarded([&] {
        ++problem.trajectory.evaluations;
        entries(derivative) = problem.system.velocity(entries(state));
        return entries(derivative).allFinite();
    });
}

int linearise(realtype, N_Vector state, N_Vector, void* data) {
    auto& problem = *static_cast<Problem*>(data);
    return problem.guarded([&] {
        ++problem.trajectory.evaluations;
        problem.at = problem.system.linearise(entries(state));
        return true;
    });
}

int derivative_product(N_Vector direction, N_Vector product, realtype, N_Vector, N_Vector, void* data, N_Vector) {
    auto& problem = *static_cast<Problem*>(data);
    return problem.guarded([&] {
        ++problem.trajectory.derivative_products;
        entries(product) = problem.at->derivative_product(entries(direction));
        return entries(product).allFinite();
    });
}

/// One integration by CVODE.
class Integration {
public:
    Integration(const FlowSystem& system, const State& start, const FlowOptions& options, Trajectory& trajectory)
        : problem_{system, trajectory, nullptr, nullptr},
          state_(N_VNew_Serial(start.size(), context_.get())),
          solver_(SUNLinSol_SPGMR(state_.get(), SUN_PREC_NONE, krylov_dimension, context_.get())),
          memory_(CVodeCreate(CV_BDF, context_.get())) {
        entries(state_.get()) = start;
        const double tolerance = options.tolerance;
        require(state_ && solver_ && memory_ != nullptr);
        require(CVodeInit(memory_, velocity, options.start_time, state_.get()) == CV_SUCCESS);
        require(CVodeSStolerances(memory_, tolerance, tolerance) == CV_SUCCESS);
        require(CVodeSetUserData(memory_, &problem_) == CV_SUCCESS);
        require(CVodeSetLinearSolver(memory_, solver_.get(), nullptr) == CV_SUCCESS);
        require(CVodeSetJacTimes(memory_, linearise, derivative_product) == CV_SUCCESS);
        require(CVodeSetErrFile(memory_, nullptr) == CV_SUCCESS);
        if (std::isfinite(options.longest_step)) require(CVodeSetMaxStep(memory_, options.longest_step) == CV_SUCCESS);
        if (options.first_step > 0) require(CVodeSetInitStep(memory_, options.first_step) == CV_SUCCESS);
    }
    ~Integration() { CVodeFree(&memory_); }
    Integration(const Integration&) = delete;
    Integration& operator=(const Integration&) = delete;

    /// The time after one step towards `end`.
    double step(double time, double end) {
        realtype reached = time;
        const int code = CVode(memory_, end, state_.get(), &reached, CV_ONE_STEP);
        if (problem_.failure) std::rethrow_exception(problem_.failure);
        if (code < 0) stop_flow(time, reason(code), time);
        return reached;
    }
    /// The state at a time within the last step.
    State state_at(double time) const {
        Vector at(N_VNew_Serial(NV_LENGTH_S(state_.get()), context_.get()));
        require(at && CVodeGetDky(memory_, time, 0, at.get()) == CV_SUCCESS);
        return entries(at.get());
    }
    double next_step() const {
        realtype length = 0;
        require(CVodeGetCurrentStep(memory_, &length) == CV_SUCCESS);
        return length;
    }

private:
    static constexpr int krylov_dimension = 20;

    static void require(bool condition) {
        if (!condition) throw std::runtime_error("SUNDIALS: CVODE could not be set up");
    }
    static std::string reason(int code) {
        const std::unique_ptr<char, decltype(&std::free)> name(CVodeGetReturnFlagName(code), &std::free);
        return std::string("CVODE ended with ") + (name ? name.get() : "an error");
    }

    Context context_;
    Problem problem_;
    Vector state_;
    Solver solver_;
    void* memory_;
};

}  // namespace

bool cvode_is_available() { return true; }

Trajectory integrate_cvode(const FlowSystem& system, const State& start, const FlowOptions& options) {
    require_valid(system, start, options);
    Trajectory trajectory;
    trajectory.integrator = "CVODE, BDF with matrix-free GMRES";
    trajectory.tolerance = options.tolerance;
    trajectory.next_step = options.first_step;
    const double end = options.record_times.back();
    double time = options.start_time;
    Recorder recorder(options, trajectory);
    recorder.record_until(time, [&](double) { return start; });
    if (recorder.done()) return trajectory;
    Integration integration(system, start, options, trajectory);
    while (!recorder.done()) {
        const double before = time;
        time = integration.step(time, end);
        if (++trajectory.steps == most_steps || time == before) stop_flow(before, "the step size collapsed", before);
        recorder.record_until(time, [&](double wanted) { return integration.state_at(wanted); });
        trajectory.next_step = integration.next_step();
        if (options.progress) options.progress(std::min(time, end), trajectory.evaluations);
    }
    return trajectory;
}

}  // namespace ntk

#else

namespace ntk {

bool cvode_is_available() { return false; }

Trajectory integrate_cvode(const FlowSystem&, const Eigen::VectorXd&, const FlowOptions&) {
    throw std::domain_error("integrate_cvode: this build has no SUNDIALS (package libsundials-dev)");
}

}  // namespace ntk

#endif
