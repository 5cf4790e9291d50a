// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace ntk;
using namespace ntk::deviation;
using ledger::Verdict;

namespace {

/// c(t) = e^{-mu t} + s (1 - e^{-mu t})/mu for the constant source s, on a grid of its own: no network.
Experiment closed_form(double mu, double source) {
    KernelSpec spec{make_activation("erf")};
    Experiment experiment{"closed form", Kernel(spec), 2, std::nullopt, std::nullopt, "", ""};
    TrajectoryResult run{nullptr,
                         TimeGrid::for_rate(3, 2, {}),
                         {make_zonal_probe(1, Eigen::Vector2d(1, 0))},
                         {{mu, 1e-16}},
                         {},
                         {},
                         {},
                         1e-12,
                         1,
                         true,
                         {}};
    const Eigen::Map<const Eigen::ArrayXd> t(run.grid.times().data(),
                                             static_cast<Eigen::Index>(run.grid.times().size()));
    const Eigen::ArrayXd decay = (-mu * t).exp();
    run.seen.coefficient = (decay + source * (1 - decay) / mu).matrix().transpose();
    run.seen.deviation = Eigen::MatrixXd::Constant(1, t.size(), source);
    run.seen.residual_norm = Eigen::VectorXd::Ones(t.size());
    run.compared = {run.seen};
    experiment.trajectory = run;
    return experiment;
}

}  // namespace

TEST_CASE("decay-rate: the interval of a constant source, by hand, and its ends") {
    const double mu = 0.7;
    for (const double source : {0.05, -0.05}) {
        const ledger::Check check = run_check(rate_checks().front(), closed_form(mu, source));
        CAPTURE(source);
        CHECK(check.verdict == Verdict::holds);
        CHECK(check.mutation_control->verdict == Verdict::violated);
        REQUIRE(check.series.size() == 2);
        for (std::size_t i = 0; i < check.series[0].time.size(); ++i) {
            const double time = check.series[0].time[i], decay = std::exp(-mu * time);
            const double rho = std::abs(source) * (1 - decay) / mu;
            CHECK(std::abs(check.series[0].left[i].value + std::log(decay + rho) / time) < 1e-9);
            CHECK(std::abs(check.series[1].right[i].value + std::log(decay - rho) / time) < 1e-9);
            // The rate is at the lower end for a positive source and at the upper one for a negative one.
            const double at_end = source > 0 ? check.series[0].left[i].value : check.series[1].right[i].value;
            CHECK(std::abs(check.series[0].right[i].value - at_end) < 1e-9);
        }
    }
}

TEST_CASE("decay-rate: a wrong eigenvalue and a wrong source are noticed; a large source says nothing") {
    for (const double source : {0.05, -0.05}) {
        Experiment wrong = closed_form(0.7, source);
        wrong.trajectory->eigenvalues.front().value = source > 0 ? 0.71 : 0.69;
        CHECK(run_check(rate_checks().front(), wrong).verdict == Verdict::violated);
        Experiment small = closed_form(0.7, source);
        small.trajectory->seen.deviation *= 0.9;
        small.trajectory->compared.front().deviation *= 0.9;
        CHECK(run_check(rate_checks().front(), small).verdict == Verdict::violated);
    }
    const ledger::Check check = run_check(rate_checks().front(), closed_form(0.7, 2));
    CHECK(check.verdict == Verdict::not_applicable);
    CHECK(check.hypotheses.back().reason == "at no time and for no probe");
}
