// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/training.hpp"
#include "ntk/kernel/kernel.hpp"
#include "ntk/network/parameters.hpp"
#include "ntk/sphere/zonal.hpp"
#include "verify/study/expectations.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The typed image of a study file (study.toml); the table of keys is printed by ntk verify --keys.
namespace ntk::verify {

/// [network], [data] and [flow]: present together or absent together.
struct TrajectoryStudy {
    int width = 1024;
    bool infinite_width = false;
    InitialLaw law;
    int samples = 256;
    bool population = false;  ///< n = infinity
    double noise = 0;
    std::optional<Eigen::MatrixXd> points;  ///< own sample, d x n
    std::optional<Eigen::VectorXd> labels;  ///< own labels
    std::uint64_t seed = 1;
    double time = 10;
    double tolerance = 1e-9;
    Integrator integrator = Integrator::automatic;
    std::vector<double> output_times;
    deviation::TrainingMethod method = deviation::TrainingMethod::gradient_flow;
    double step = 0;
    long batch = 0;                                   ///< 0 for the whole sample
    std::optional<deviation::GivenTrajectory> given;  ///< of ntk verify --trajectory
};

struct SpectrumStudy {
    std::vector<int> degrees;
    long digits = 30;
};

struct Study {
    std::string name;    ///< name of the preset, or file name without ending
    std::string source;  ///< what ntk verify takes to run it again: the name of the preset or the path of the file
    std::string title;
    std::string text;  ///< of the file
    KernelSpec kernel;
    std::string weights = "gaussian";     ///< law of the hidden weights as the study names it
    std::optional<RadialLaw> weight_law;  ///< nothing for Gaussian weights
    int dim = 3;
    ZonalTarget target;
    std::vector<ZonalProbe> probes;   ///< of the checks
    std::vector<std::string> checks;  ///< ids, or "all"
    double failure_probability = 0.05;
    SpectrumStudy spectrum;
    std::optional<TrajectoryStudy> trajectory;
    std::optional<Expectations> expected;
    std::vector<std::pair<std::string, std::string>> settings;  ///< every key with its value, as the report shows it
};

}  // namespace ntk::verify
