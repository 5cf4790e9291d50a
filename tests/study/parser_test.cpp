// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/study/parser.hpp"
#include "ntk/numeric/errors.hpp"
#include "verify/embedded.hpp"
#include "verify/study/keys.hpp"
#include "verify/study/run_study.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

using namespace ntk::verify;

namespace {

const std::vector<std::string> check_ids = {"trace", "D3"};

const std::string full_study = R"(title = "A full study"
[kernel]
activation = "leaky-relu:1/4"
bias = 0.1
train_bias = true
output_bias = true
weights = "sphere:3/2"
output_weight_variance = 1.25
[sphere]
dim = 4
[target]
probes = [{degree = 1, amplitude = 2}, {degree = 3, axis = [0, 3, 0, 4]}]
[network]
width = 7
initialisation = "plain"
output_weights = "gaussian"
[data]
samples = 11
seed = 5
[flow]
time = 2.5
tolerance = 1e-6
output_times = [1, 2.5]
[checks]
include = ["D3"]
failure_probability = 0.125
probes = [2, {degree = 1, axis = [1, 0, 0, 0]}]
[spectrum]
degrees = "0:2,9"
digits = 44
)";

}  // namespace

TEST_CASE("study: every key arrives, numbers exactly as written") {
    const Study study = parse_study("some/full.toml", full_study, check_ids);
    CHECK(study.name == "full");
    CHECK(study.failure_probability == 0.125);
    CHECK(study.title == "A full study");
    CHECK(study.dim == 4);
    CHECK(study.kernel.layers.front().bias_variance == ntk::Rational(1, 10));
    CHECK(study.kernel.train_bias);
    CHECK(study.kernel.output_bias);
    REQUIRE(study.target.probes.size() == 2);
    CHECK(study.target.amplitudes == std::vector<double>{2, 1});
    CHECK(study.target.probes[0].axis == Eigen::Vector4d(0, 0, 0, 1));
    CHECK((study.target.probes[1].axis - Eigen::Vector4d(0, 0.6, 0, 0.8)).norm() <= 1e-15);
    REQUIRE(study.trajectory);
    CHECK(study.trajectory->width == 7);
    CHECK_FALSE(study.trajectory->law.antisymmetric);
    CHECK(study.trajectory->law.output_weights == ntk::OutputWeights::gaussian);
    // The law of the biases is that of the kernel.
    CHECK(study.trajectory->law.bias_variance == 0.1);
    // The law of the start has the weights and the variance of the kernel.
    CHECK(study.weights == "sphere:3/2");
    REQUIRE(study.weight_law);
    REQUIRE(study.trajectory->law.weights);
    for (const ntk::RadialLaw& law : {*study.weight_law, *study.trajectory->law.weights}) {
        REQUIRE(law.atoms.size() == 1);
        CHECK(law.atoms.front().radius == ntk::Rational(3, 2));
    }
    CHECK(study.kernel.output_weight_variance == ntk::Rational(5, 4));
    CHECK(study.trajectory->law.output_weight_variance == 1.25);
    CHECK(study.trajectory->samples == 11);
    CHECK(study.trajectory->seed == 5);
    CHECK(study.trajectory->time == 2.5);
    CHECK(study.trajectory->tolerance == 1e-6);
    CHECK(study.trajectory->output_times == std::vector<double>{1, 2.5});
    CHECK(study.checks == std::vector<std::string>{"D3"});
    REQUIRE(study.probes.size() == 2);
    CHECK(study.probes[0].degree == 2);
    CHECK(study.probes[1].axis == Eigen::Vector4d(1, 0, 0, 0));
    CHECK(study.spectrum.degrees == std::vector<int>{0, 1, 2, 9});
    CHECK(study.spectrum.digits == 44);
}

TEST_CASE("study: what is left out has the defaults of the table of keys") {
    const Study study = parse_study("s.toml", "[kernel]\nactivation = \"erf\"\n", check_ids);
    CHECK(study.title == "s");
    CHECK(study.dim == 3);
    CHECK(study.kernel.layers.front().bias_variance == 0);
    CHECK_FALSE(study.kernel.train_bias);
    CHECK_FALSE(study.kernel.output_bias);
    CHECK(study.kernel.output_weight_variance == 1);
    CHECK(study.weights == "gaussian");
    CHECK_FALSE(study.weight_law);
    CHECK_FALSE(study.trajectory);
    CHECK(study.checks == std::vector<std::string>{"all"});
    CHECK(study.probes.size() == 5);
    CHECK(study.spectrum.degrees.size() == 21);
    CHECK(study.spectrum.digits == 30);
}

TEST_CASE("study: without [network] there is no [data] and no [flow]") {
    CHECK_THROWS_AS(parse_study("s.toml", "[kernel]\nactivation = \"erf\"\n[data]\nsamples = 4\n", check_ids),
                    ntk::InputError);
    CHECK_THROWS_AS(parse_study("s.toml", "[kernel]\nactivation = \"erf\"\n[flow]\ntime = 4\n", check_ids),
                    ntk::InputError);
}

TEST_CASE("study: laws of the hidden weights, a table is found from the folder of the study") {
    const auto with = [](const std::string& file, const std::string& weights, const std::string& activation) {
        const std::string text =
            "[kernel]\nactivation = \"" + activation + "\"\nbias = 1\nweights = \"" + weights + "\"\n";
        return parse_study(file, text, check_ids);
    };
    CHECK_FALSE(with("s.toml", "gaussian", "erf").weight_law);
    CHECK_THROWS_WITH_AS(with("s.toml", "uniform", "erf"),
                         doctest::Contains("s.toml:4: kernel.weights = \"uniform\": weights \"uniform\": expected "
                                           "gaussian, sphere:R or radial:FILE"),
                         ntk::InputError);
    CHECK_THROWS_WITH_AS(with("s.toml", "sphere:0", "erf"), doctest::Contains("expected a radius > 0"),
                         ntk::InputError);
    CHECK_THROWS_WITH_AS(with("s.toml", "sphere:1", "step"),
                         doctest::Contains("s.toml:2: kernel.activation = \"step\": expected an activation with"),
                         ntk::InputError);
    const auto folder = std::filesystem::temp_directory_path() / ("ntk-weights-" + std::to_string(getpid()));
    std::filesystem::create_directory(folder);
    std::ofstream(folder / "law.txt") << "1/2 1/4\n2 3/4\n";
    const auto law = with((folder / "s.toml").string(), "radial:law.txt", "erf").weight_law;
    const auto absolute = with("s.toml", "radial:" + (folder / "law.txt").string(), "erf").weight_law;
    std::filesystem::remove_all(folder);
    REQUIRE(law);
    REQUIRE(absolute);
    CHECK(law->atoms.size() == 2);
    CHECK(law->atoms.back().probability == ntk::Rational(3, 4));
    CHECK(absolute->atoms.size() == 2);
    CHECK_THROWS_WITH_AS(with((folder / "s.toml").string(), "radial:law.txt", "erf"), doctest::Contains("no such file"),
                         ntk::InputError);
}

TEST_CASE("study: points in the study itself are normalised, and rows that are no points are named") {
    const auto with = [](const std::string& points) {
        return parse_study("s.toml",
                           "[kernel]\nactivation = \"erf\"\n[target]\nprobes = [{degree = 1}]\n[network]\nwidth = 8\n"
                           "[data]\npoints = " +
                               points + "\n",
                           check_ids);
    };
    const Study study = with("[[0, 0, 1], [3, 0, 4]]");
    REQUIRE(study.trajectory->points);
    CHECK(study.trajectory->samples == 2);
    CHECK(study.trajectory->points->col(0) == Eigen::Vector3d(0, 0, 1));
    CHECK((study.trajectory->points->col(1) - Eigen::Vector3d(0.6, 0, 0.8)).norm() < 1e-15);
    for (const std::string bad : {"[]", "[[0, 1]]", "[[0, 0, 0]]", "[[0, 0, 1], 2]", "[[0, 0, \"1\"]]"}) {
        CAPTURE(bad);
        CHECK_THROWS_WITH_AS(with(bad), doctest::Contains("s.toml:8: data.points"), ntk::InputError);
    }
}

TEST_CASE("study: every key of the table is read, and none is in it twice") {
    std::set<std::string> paths;
    for (const Key& key : study_keys()) {
        CAPTURE(key.path());
        CHECK(paths.insert(key.path()).second);
        // A table in the place of the value is wrong for every key; a key that nobody reads would not complain.
        const std::string line = key.name + " = {wrong = 1}\n";
        std::string text =
            "[kernel]\nactivation = \"erf\"\n[network]\nwidth = 8\n[data]\nsamples = 8\n[target]\nprobes = [{degree = "
            "1}]\n";
        for (const std::string given :
             {"activation = \"erf\"\n", "width = 8\n", "samples = 8\n", "probes = [{degree = 1}]\n"}) {
            if (given.starts_with(key.name + " ") && (key.name != "probes" || key.section == "target"))
                text.erase(text.find(given), given.size());
        }
        const std::string head = "[" + key.section + "]\n";
        if (key.section.empty()) {
            text = line + text;
        } else if (const auto at = text.find(head); at != std::string::npos) {
            text.insert(at + head.size(), line);
        } else {
            text += head + line;
        }
        CHECK_THROWS_AS(parse_study("s.toml", text, check_ids), ntk::InputError);
    }
}

TEST_CASE("study: the printed table has a row for every key") {
    const std::string table = study_keys_markdown();
    for (const Key& key : study_keys()) CHECK(table.find("| " + key.path() + " |") != std::string::npos);
    CHECK(std::count(table.begin(), table.end(), '\n') == static_cast<long>(study_keys().size()) + 2);
}

TEST_CASE("presets: each is embedded, named, and a study that can be read") {
    const auto presets = list_presets();
    const auto files = embedded_presets();
    REQUIRE(static_cast<long>(presets.size()) ==
            std::count_if(files.begin(), files.end(), [](const auto& file) { return file.name.ends_with(".toml"); }));
    const std::vector<std::string> ids = ids_of(ntk::deviation::standard_checks());
    CHECK(std::is_sorted(presets.begin(), presets.end()));
    for (const auto& [name, title] : presets) {
        CAPTURE(name);
        CHECK_FALSE(title.empty());
        const Study study = load_study(name, ids);
        CHECK(study.name == name);
        REQUIRE(study.expected);
        CHECK(study.expected->verdicts.size() == ids.size());
    }
    CHECK(load_study("default", ids).trajectory.has_value());
    const auto own = load_study("own-data", ids).trajectory;
    CHECK(own->points->cols() == 24);
    CHECK(own->labels->size() == 24);
    CHECK_THROWS_WITH_AS(load_study("defalt", ids), doctest::Contains("did you mean \"default\"?"), ntk::InputError);
    CHECK_THROWS_AS(load_study("./absent.toml", ids), ntk::InputError);
}
