// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/study/parser.hpp"

#include "ntk/numeric/errors.hpp"
#include "verify/embedded.hpp"
#include "verify/files/atomic_file.hpp"
#include "verify/study/degrees.hpp"
#include "verify/study/kernel_text.hpp"
#include "verify/study/nearest.hpp"
#include "verify/study/own_data.hpp"
#include "verify/study/reader.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <sstream>

namespace ntk::verify {
namespace {

constexpr long no_limit = std::numeric_limits<long>::max();

KernelSpec read_kernel(const StudyReader& reader) {
    KernelSpec spec;
    if (!reader.has("kernel", "activation")) reader.missing("kernel.activation", "a text such as \"erf\"");
    const std::string activation = reader.text("kernel", "activation", "");
    reader.with_place("kernel", "activation", [&] {
        spec.activation = activation_from_text(activation);
        if (!spec.activation->has_gradient()) {
            throw InputError("expected an activation with a square integrable derivative");
        }
    });
    Rational& bias_variance = spec.layers.front().bias_variance;
    bias_variance = reader.exact("kernel", "bias", 0);
    spec.train_bias = reader.flag("kernel", "train_bias", bias_variance > 0);
    if (!spec.train_bias && bias_variance > 0) {
        reader.with_place("kernel", "train_bias", [] {
            throw InputError("expected true with a positive kernel.bias: random hidden biases are trained");
        });
    }
    spec.output_bias = reader.flag("kernel", "output_bias", false);
    spec.output_weight_variance = reader.exact("kernel", "output_weight_variance", 1);
    reader.integer("kernel", "depth", 1, 1, 1);
    return spec;
}

/// The law of the hidden weights; a FILE that is no absolute path belongs to the folder of the study.
void read_weights(const StudyReader& reader, const std::string& study_file, Study& study) {
    study.weights = reader.text("kernel", "weights", "gaussian");
    std::string located = study.weights;
    const std::string prefix = "radial:";
    if (located.starts_with(prefix) && located.size() > prefix.size()) {
        const std::filesystem::path folder = std::filesystem::path(study_file).parent_path();
        located = prefix + (folder / located.substr(prefix.size())).string();
    }
    reader.with_place("kernel", "weights", [&] { study.weight_law = parse_weight_law(located); });
}

/// d numbers that are not all zero.
Eigen::VectorXd read_direction(const StudyReader& reader, const toml::node& node, const std::string& path, int dim) {
    const std::string expected = "a list of " + std::to_string(dim) + " numbers, not all zero";
    const toml::array* entries = node.as_array();
    if (entries == nullptr || entries->size() != static_cast<std::size_t>(dim)) reader.fail(node, path, expected);
    Eigen::VectorXd direction(dim);
    for (int i = 0; i < dim; ++i) direction(i) = reader.number_in(*entries->get(static_cast<std::size_t>(i)), path);
    if (!(direction.norm() > 0) || !std::isfinite(direction.norm())) reader.fail(node, path, expected);
    return direction;
}

/// The axis of an inline table, e_d if it has none.
Eigen::VectorXd read_axis(const StudyReader& reader, const toml::table& table, const std::string& path, int dim) {
    const toml::node* node = table.get("axis");
    if (node == nullptr) return Eigen::VectorXd::Unit(dim, dim - 1);
    return read_direction(reader, *node, path + ".axis", dim);
}

/// The points of data.points = [[1, 0], [0, 1]], normalised: d x n.
Eigen::MatrixXd read_listed_points(const StudyReader& reader, int dim) {
    const toml::array& rows = *reader.list("data", "points");
    if (rows.empty()) reader.fail_at("data", "points", "at least one point");
    Eigen::MatrixXd points(dim, static_cast<Eigen::Index>(rows.size()));
    for (std::size_t j = 0; j < rows.size(); ++j) {
        points.col(static_cast<Eigen::Index>(j)) =
            read_direction(reader, *rows.get(j), "data.points", dim).normalized();
    }
    return points;
}

constexpr long largest_probe_degree = 1000;

ZonalTarget read_target(const StudyReader& reader, int dim) {
    ZonalTarget target;
    const toml::array* entries = reader.list("target", "probes");
    if (entries == nullptr) return target;
    const std::string path = "target.probes";
    for (const toml::node& entry : *entries) {
        const toml::table* table = entry.as_table();
        if (table == nullptr || !table->contains("degree"))
            reader.fail(entry, path, "entries such as {degree = 1, amplitude = 1.0}");
        reader.require_known(*table, path, {"degree", "amplitude", "axis"});
        const auto degree =
            static_cast<int>(reader.integer_in(*table->get("degree"), path + ".degree", 0, largest_probe_degree));
        target.probes.push_back(make_zonal_probe(degree, read_axis(reader, *table, path, dim)));
        const toml::node* amplitude = table->get("amplitude");
        target.amplitudes.push_back(amplitude == nullptr ? 1.0 : reader.number_in(*amplitude, path + ".amplitude"));
    }
    return target;
}

std::vector<ZonalProbe> read_probes(const StudyReader& reader, int dim) {
    std::vector<ZonalProbe> probes;
    const std::string path = "checks.probes";
    const toml::array* entries = reader.list("checks", "probes");
    if (entries == nullptr) {
        for (int degree = 0; degree <= 4; ++degree)
            probes.push_back(make_zonal_probe(degree, Eigen::VectorXd::Unit(dim, dim - 1)));
        return probes;
    }
    for (const toml::node& entry : *entries) {
        const toml::table* table = entry.as_table();
        if (table == nullptr) {
            const auto degree = static_cast<int>(reader.integer_in(entry, path, 0, largest_probe_degree));
            probes.push_back(make_zonal_probe(degree, Eigen::VectorXd::Unit(dim, dim - 1)));
            continue;
        }
        reader.require_known(*table, path, {"degree", "axis"});
        if (!table->contains("degree"))
            reader.fail(entry, path, "degrees, or entries such as {degree = 2, axis = [0, 0, 1]}");
        const auto degree =
            static_cast<int>(reader.integer_in(*table->get("degree"), path + ".degree", 0, largest_probe_degree));
        probes.push_back(make_zonal_probe(degree, read_axis(reader, *table, path, dim)));
    }
    return probes;
}

std::vector<std::string> read_checks(const StudyReader& reader, const std::vector<std::string>& known) {
    std::vector<std::string> ids;
    const toml::array* entries = reader.list("checks", "include");
    if (entries == nullptr) return {"all"};
    for (const toml::node& entry : *entries) {
        const std::string id = entry.is_string() ? entry.as_string()->get() : "";
        if (id != "all" && std::find(known.begin(), known.end(), id) == known.end()) {
            reader.fail(entry, "checks.include",
                        "\"all\" or ids of checks as ntk verify --list shows them" + suggestion(id, known));
        }
        ids.push_back(id);
    }
    return ids;
}

Integrator read_integrator(const StudyReader& reader) {
    std::vector<std::string> names;
    const std::vector<Integrator> all = {Integrator::automatic, Integrator::dormand_prince,
                                         Integrator::exponential_rosenbrock, Integrator::cvode};
    for (const Integrator integrator : all) names.push_back(ntk::to_string(integrator));
    const std::string chosen = reader.choice("flow", "integrator", names);
    return all[static_cast<std::size_t>(std::find(names.begin(), names.end(), chosen) - names.begin())];
}

void read_width(const StudyReader& reader, TrajectoryStudy& study) {
    study.infinite_width = reader.is_word("network", "width", "infinite", 1);
    if (study.infinite_width) {
        if (!study.law.antisymmetric) {
            reader.fail_at("network", "initialisation", "\"antisymmetric\" with an infinite width: its start is f = 0");
        }
        return;
    }
    study.width = static_cast<int>(reader.integer("network", "width", std::nullopt, 1, 10'000'000));
    if (study.law.antisymmetric && study.width % 2 != 0) {
        reader.fail_at("network", "width", "an even integer with an antisymmetric start");
    }
}

/// The sample and its labels.
void read_data(const StudyReader& reader, const DataFolder& folder, const ZonalTarget& target, int dim,
               TrajectoryStudy& study) {
    study.seed = static_cast<std::uint64_t>(reader.integer("data", "seed", 1, 0, no_limit));
    study.noise = reader.number("data", "noise", 0, "a number >= 0", [](double x) { return x >= 0; });
    const bool own_points = reader.has("data", "points"), own_labels = reader.has("data", "labels");
    if (own_points) {
        study.points = reader.is_list("data", "points")
                           ? read_listed_points(reader, dim)
                           : read_sphere_points(folder, reader.text("data", "points", ""), dim);
        study.samples = static_cast<int>(study.points->cols());
        if (reader.has("data", "samples") &&
            reader.integer("data", "samples", std::nullopt, 1, no_limit) != study.samples) {
            reader.fail_at("data", "samples",
                           std::to_string(study.samples) + ", the number of rows of data.points, or no such key");
        }
    } else {
        study.population = reader.is_word("data", "samples", "population", 1);
        if (!study.population) {
            study.samples = static_cast<int>(reader.integer("data", "samples", std::nullopt, 1, 10'000'000));
        }
    }
    if (own_labels) {
        if (!own_points)
            reader.fail_at("data", "labels", "data.points beside it: labels of random points are not known");
        study.labels = read_labels(folder, reader.text("data", "labels", ""), study.samples);
    }
    if (study.population && study.noise > 0) reader.fail_at("data", "noise", "0 with n = infinity");
    if (target.probes.empty() && !own_labels) {
        reader.missing("target.probes", "at least one probe with a network, or data.labels");
    }
}

void read_method(const StudyReader& reader, TrajectoryStudy& study) {
    const std::string descent = "gradient-descent";
    const bool is_descent = reader.choice("flow", "method", {"gradient-flow", descent}) == descent;
    for (const std::string key : {"step", "batch"}) {
        if (!is_descent && reader.has("flow", key)) {
            reader.fail_at("flow", key, "flow.method = \"gradient-descent\" beside it");
        }
    }
    if (!is_descent) return;
    study.method = deviation::TrainingMethod::gradient_descent;
    if (study.population && !study.infinite_width) {
        reader.fail_at("flow", "method", "\"gradient-flow\" with n = infinity and a finite width");
    }
    if (!reader.has("flow", "step")) reader.missing("flow.step", "the step of gradient descent, a number > 0");
    study.step = reader.number("flow", "step", 0, "a number > 0", [](double x) { return x > 0; });
    if (!reader.has("flow", "batch")) return;
    if (study.infinite_width || study.population) {
        reader.fail_at("flow", "batch", "a finite width and a finite sample beside it");
    }
    study.batch = reader.integer("flow", "batch", std::nullopt, 1, study.samples);
}

std::optional<TrajectoryStudy> read_trajectory(const StudyReader& reader, const DataFolder& folder,
                                               const Study& whole) {
    const KernelSpec& kernel = whole.kernel;
    if (!reader.has_section("network")) {
        for (const std::string section : {"data", "flow"}) {
            if (reader.has_section(section))
                reader.missing("[network]", "a section [network] beside [" + section + "]");
        }
        return std::nullopt;
    }
    TrajectoryStudy study;
    study.law.antisymmetric = reader.choice("network", "initialisation", {"antisymmetric", "plain"}) == "antisymmetric";
    study.law.output_weights = reader.choice("network", "output_weights", {"rademacher", "gaussian"}) == "rademacher"
                                   ? OutputWeights::rademacher
                                   : OutputWeights::gaussian;
    study.law.bias_variance = kernel.layers.front().bias_variance.convert_to<double>();
    study.law.output_weight_variance = kernel.output_weight_variance.convert_to<double>();
    study.law.weights = whole.weight_law;
    read_width(reader, study);
    read_data(reader, folder, whole.target, whole.dim, study);
    read_method(reader, study);
    study.integrator = read_integrator(reader);
    study.time = reader.number("flow", "time", 10, "a number > 0", [](double x) { return x > 0; });
    study.tolerance = reader.number("flow", "tolerance", 1e-9, "a number from 1e-13 to 1e-2",
                                    [](double x) { return x >= 1e-13 && x <= 1e-2; });
    study.output_times = reader.positive_numbers("flow", "output_times");
    return study;
}

std::string in_short(double value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

std::string describe_target(const ZonalTarget& target) {
    std::string text;
    for (std::size_t i = 0; i < target.probes.size(); ++i) {
        text += (i == 0 ? "" : " + ") + in_short(target.amplitudes[i]) + " zonal degree " +
                std::to_string(target.probes[i].degree);
    }
    return text;
}

std::string describe_output_weights(OutputWeights law, const Rational& variance) {
    const std::string name = law == OutputWeights::rademacher ? "+-1" : "Gaussian";
    return variance == 1 ? name : name + " times the root of " + ntk::to_string(variance);
}

void describe(Study& study) {
    const auto add = [&](const std::string& name, const std::string& value) {
        study.settings.emplace_back(name, value);
    };
    add("kernel", describe_kernel(Kernel(study.kernel), study.weights));
    add("sphere", "S^" + std::to_string(study.dim - 1) + " (d = " + std::to_string(study.dim) + ")");
    if (!study.trajectory) return;
    const TrajectoryStudy& run = *study.trajectory;
    add("target", run.labels ? "labels of a file" : describe_target(study.target));
    add("width m", run.infinite_width ? "infinite" : std::to_string(run.width));
    if (run.population) add("samples n", "infinite (population)");
    if (run.points) add("sample", "given points");
    if (run.noise > 0) add("label noise", in_short(run.noise));
    add("start", std::string(run.law.antisymmetric ? "antisymmetric" : "plain") + ", output weights " +
                     describe_output_weights(run.law.output_weights, study.kernel.output_weight_variance));
    add("seed", std::to_string(run.seed));
    if (run.method == deviation::TrainingMethod::gradient_descent) {
        add("flow", "gradient descent up to t = " + in_short(run.time) + ", step " + in_short(run.step) +
                        (run.batch > 0 ? ", mini-batches of " + std::to_string(run.batch) : ""));
    } else {
        add("flow", "gradient flow up to t = " + in_short(run.time) + ", tolerance " + in_short(run.tolerance));
    }
}

/// The embedded studies, without the data that they name.
std::vector<EmbeddedFile> preset_studies() {
    std::vector<EmbeddedFile> studies;
    for (const EmbeddedFile& file : embedded_presets()) {
        if (file.name.ends_with(".toml")) studies.push_back(file);
    }
    return studies;
}

}  // namespace

Study parse_study(const std::string& file, const std::string& text, const std::vector<std::string>& check_ids,
                  std::span<const EmbeddedFile> embedded) {
    const StudyReader reader(file, text);
    Study study;
    study.name = std::filesystem::path(file).stem().string();
    study.source = study.name;
    study.title = reader.text("", "title", study.name);
    study.text = text;
    study.kernel = read_kernel(reader);
    read_weights(reader, file, study);
    study.dim = static_cast<int>(reader.integer("sphere", "dim", 3, 2, 100'000));
    study.target = read_target(reader, study.dim);
    study.probes = read_probes(reader, study.dim);
    study.checks = read_checks(reader, check_ids);
    study.failure_probability = reader.number("checks", "failure_probability", 0.05, "a number > 0 and < 1",
                                              [](double x) { return x > 0 && x < 1; });
    const std::string degrees = reader.text("spectrum", "degrees", "0:20");
    reader.with_place("spectrum", "degrees", [&] { study.spectrum.degrees = parse_degrees(degrees); });
    study.spectrum.digits = reader.integer("spectrum", "digits", 30, 1, 10'000);
    study.trajectory = read_trajectory(reader, {std::filesystem::path(file).parent_path().string(), embedded}, study);
    study.expected = read_expectations(reader, check_ids);
    describe(study);
    return study;
}

Study load_study(const std::string& name_or_path, const std::vector<std::string>& check_ids) {
    if (name_or_path.find_first_of("./") != std::string::npos) {
        Study study = parse_study(name_or_path, read_text_file(name_or_path), check_ids);
        study.source = name_or_path;
        return study;
    }
    std::vector<std::string> names;
    for (const EmbeddedFile& preset : preset_studies()) {
        const std::string name = std::filesystem::path(preset.name).stem().string();
        if (name == name_or_path) {
            return parse_study(std::string(preset.name), std::string(preset.text), check_ids, embedded_presets());
        }
        names.push_back(name);
    }
    throw InputError("unknown preset \"" + name_or_path + "\"" + suggestion(name_or_path, names) +
                     ": expected a name of ntk verify --list or the path of a study.toml");
}

std::vector<std::pair<std::string, std::string>> list_presets() {
    std::vector<std::pair<std::string, std::string>> presets;
    for (const EmbeddedFile& preset : preset_studies()) {
        const StudyReader reader{std::string(preset.name), std::string(preset.text)};
        const std::string name = std::filesystem::path(preset.name).stem().string();
        presets.emplace_back(name, reader.text("", "title", name));
    }
    return presets;
}

}  // namespace ntk::verify
