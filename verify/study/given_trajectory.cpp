// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/study/given_trajectory.hpp"

#include "ntk/numeric/errors.hpp"
#include "verify/files/numpy_archive.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

namespace ntk::verify {
namespace {

using deviation::GivenTrajectory;
using Shape = std::vector<std::size_t>;

/// Points of single precision lie this close to the sphere.
constexpr double largest_distance_from_sphere = 1e-6;

/// The arrays of one file; remembers which were used.
class GivenArrays {
public:
    explicit GivenArrays(const std::string& file) : archive_(file) {}

    bool has(const std::string& name) const { return archive_.has(name); }
    std::vector<std::string> names() const { return archive_.names(); }

    [[noreturn]] void fail(const std::string& what) const { throw InputError(archive_.path().string() + ": " + what); }

    /// An array of any shape with finite numbers.
    NumpyArray read(const std::string& name) {
        NumpyArray array = archive_.read(name);
        used_.insert(name);
        const auto bad =
            std::find_if_not(array.values.begin(), array.values.end(), [](double x) { return std::isfinite(x); });
        if (bad != array.values.end()) {
            fail("array \"" + name + "\": number " + std::to_string(bad - array.values.begin() + 1) +
                 " is not finite: expected finite numbers only");
        }
        return array;
    }

    /// An array of one of the shapes; `meaning` says where they come from.
    NumpyArray read(const std::string& name, const std::vector<Shape>& shapes, const std::string& meaning) {
        NumpyArray array = read(name);
        if (std::find(shapes.begin(), shapes.end(), array.shape) == shapes.end()) {
            fail("array \"" + name + "\" has the shape " + shape_text(array.shape) + ": expected " +
                 shape_text(shapes.front()) + ", " + meaning);
        }
        return array;
    }

    /// An array over time: (T, tail...), or just the tail where there is one time.
    NumpyArray read_over_time(const std::string& name, std::size_t times, const Shape& tail) {
        Shape whole = tail;
        whole.insert(whole.begin(), times);
        std::vector<Shape> shapes = {whole};
        if (times == 1) shapes.push_back(tail);
        return read(name, shapes, std::to_string(times) + " times first, then what the study's network has");
    }

    /// Those of ntk simulate that say more about the same trajectory go without saying.
    std::string unused() const {
        std::string text;
        for (const std::string& name : archive_.names()) {
            const bool of_a_simulation = name.starts_with("record_") || name.starts_with("degree_energies");
            if (!used_.contains(name) && !of_a_simulation) text += (text.empty() ? "" : ", ") + name;
        }
        return text;
    }

private:
    NumpyArchive archive_;
    std::set<std::string> used_;
};

/// The names of the arrays of the two layers; empty where the file has none.
struct LayerNames {
    std::string output_weights, weights, biases, output_bias;
    bool output_is_matrix = false;  ///< PyTorch: the weights of one output are 1 x m, its bias has one entry
};

std::vector<double> read_times(GivenArrays& arrays) {
    if (!arrays.has("times")) return {0};
    const NumpyArray times = arrays.read("times");
    const bool increasing =
        std::adjacent_find(times.values.begin(), times.values.end(), std::greater_equal<>()) == times.values.end();
    if (times.shape.size() != 1 || times.values.empty() || times.values.front() != 0 || !increasing) {
        arrays.fail("array \"times\" of shape " + shape_text(times.shape) +
                    ": expected a list of times that starts at 0 and increases");
    }
    return times.values;
}

Eigen::MatrixXd read_points(GivenArrays& arrays, const TrajectorySizes& sizes) {
    const auto samples = static_cast<std::size_t>(sizes.samples), dim = static_cast<std::size_t>(sizes.shape.dim);
    const NumpyArray array =
        arrays.read("points", {{samples, dim}}, "one row for each of data.samples points, sphere.dim columns");
    Eigen::MatrixXd points = Eigen::Map<const Eigen::MatrixXd>(array.values.data(), sizes.shape.dim, sizes.samples);
    for (Eigen::Index j = 0; j < points.cols(); ++j) {
        if (std::abs(points.col(j).norm() - 1) > largest_distance_from_sphere) {
            arrays.fail("array \"points\": row " + std::to_string(j + 1) + " has the norm " +
                        std::to_string(points.col(j).norm()) + ": expected points on the sphere, of norm 1");
        }
    }
    return points.colwise().normalized();
}

/// A state_dict of two linear layers: *.weight of shapes (T, m, d) and (T, 1, m), their biases under the same prefix.
LayerNames pytorch_names(GivenArrays& arrays, const TrajectorySizes& sizes) {
    const std::string ending = ".weight";
    LayerNames names;
    names.output_is_matrix = true;
    std::vector<std::string> prefixes;
    for (const std::string& name : arrays.names()) {
        if (name.ends_with(ending)) prefixes.push_back(name.substr(0, name.size() - ending.size()));
    }
    if (prefixes.size() != 2) {
        arrays.fail("has " + std::to_string(prefixes.size()) +
                    " arrays *.weight: expected two, of the hidden and of the output layer");
    }
    const auto width = static_cast<std::size_t>(sizes.shape.width);
    const auto is_output = [&](const std::string& prefix) {
        const Shape shape = arrays.read(prefix + ending).shape;
        return shape.size() >= 2 && shape[shape.size() - 2] == 1 && shape.back() == width;
    };
    const bool first_is_output = is_output(prefixes[0]);
    const std::string& output = prefixes[first_is_output ? 0 : 1];
    const std::string& hidden = prefixes[first_is_output ? 1 : 0];
    names.output_weights = output + ending;
    names.weights = hidden + ending;
    if (arrays.has(hidden + ".bias")) names.biases = hidden + ".bias";
    if (arrays.has(output + ".bias")) names.output_bias = output + ".bias";
    return names;
}

LayerNames plain_names(const GivenArrays& arrays) {
    LayerNames names{"output_weights", "weights", "", "", false};
    if (arrays.has("biases")) names.biases = "biases";
    if (arrays.has("output_bias")) names.output_bias = "output_bias";
    return names;
}

/// Writes one part of the parameters, m x columns numbers for each time, to its place in every theta.
void place_part(const NumpyArray& part, Eigen::Index rows, Eigen::Index columns, Eigen::Index at,
                std::vector<Eigen::VectorXd>& parameters) {
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    for (std::size_t t = 0; t < parameters.size(); ++t) {
        const Eigen::Map<const RowMajor> from(part.values.data() + static_cast<Eigen::Index>(t) * rows * columns, rows,
                                              columns);
        Eigen::Map<Eigen::MatrixXd>(parameters[t].data() + at, rows, columns) = from;
    }
}

void require_same_biases(const GivenArrays& arrays, bool in_file, bool in_study, const std::string& which,
                         const std::string& key) {
    if (in_file == in_study) return;
    arrays.fail(std::string("has ") + (in_file ? "" : "no ") + which + ", but the study's network has " +
                (in_study ? "them" : "none") + " (" + key + "): expected the same network");
}

std::vector<Eigen::VectorXd> read_layers(GivenArrays& arrays, const LayerNames& names, const NetworkShape& shape,
                                         std::size_t times) {
    require_same_biases(arrays, !names.biases.empty(), shape.hidden_bias, "hidden biases", "kernel.train_bias");
    require_same_biases(arrays, !names.output_bias.empty(), shape.output_bias, "output bias", "kernel.output_bias");
    std::vector<Eigen::VectorXd> parameters(times, Eigen::VectorXd(shape.parameter_count()));
    const auto width = static_cast<std::size_t>(shape.width);
    const auto place = [&](const std::string& name, const Shape& tail, Eigen::Index rows, Eigen::Index columns,
                           Eigen::Index at) {
        place_part(arrays.read_over_time(name, times, tail), rows, columns, at, parameters);
    };
    place(names.output_weights, names.output_is_matrix ? Shape{1, width} : Shape{width}, shape.width, 1,
          shape.output_weights_at());
    place(names.weights, {width, static_cast<std::size_t>(shape.dim)}, shape.width, shape.dim, shape.weights_at());
    if (shape.hidden_bias) place(names.biases, {width}, shape.width, 1, shape.biases_at());
    if (shape.output_bias) {
        place(names.output_bias, names.output_is_matrix ? Shape{1} : Shape{}, 1, 1, shape.output_bias_at());
    }
    return parameters;
}

std::vector<Eigen::VectorXd> read_parameters(GivenArrays& arrays, const TrajectorySizes& sizes, std::size_t times) {
    const NetworkShape& shape = sizes.shape;
    const bool flat = arrays.has("theta"), plain = arrays.has("weights");
    const std::vector<std::string> names = arrays.names();
    const bool pytorch =
        std::any_of(names.begin(), names.end(), [](const std::string& name) { return name.ends_with(".weight"); });
    if (flat + plain + pytorch > 1) {
        arrays.fail(
            "has parameters in more than one way: expected theta, or weights and output_weights, or the "
            "state_dict of a PyTorch module");
    }
    if (pytorch) return read_layers(arrays, pytorch_names(arrays, sizes), shape, times);
    if (plain) return read_layers(arrays, plain_names(arrays), shape, times);
    if (!flat) return {};
    const auto count = static_cast<std::size_t>(shape.parameter_count());
    std::vector<Eigen::VectorXd> parameters(times, Eigen::VectorXd(shape.parameter_count()));
    place_part(arrays.read_over_time("theta", times, {count}), shape.parameter_count(), 1, 0, parameters);
    return parameters;
}

}  // namespace

GivenTrajectory read_given_trajectory(const std::string& file, const TrajectorySizes& sizes) {
    GivenArrays arrays(file);
    GivenTrajectory given;
    given.source = file;
    given.times = read_times(arrays);
    const std::size_t times = given.times.size();
    given.parameters = read_parameters(arrays, sizes, times);
    const auto samples = static_cast<std::size_t>(sizes.samples);
    if (arrays.has("points")) given.points = read_points(arrays, sizes);
    if (arrays.has("labels")) {
        const NumpyArray labels = arrays.read("labels", {{samples}}, "one for each of data.samples points");
        given.labels = Eigen::Map<const Eigen::VectorXd>(labels.values.data(), sizes.samples);
    }
    const bool has_residuals = arrays.has("residuals");
    if (has_residuals) arrays.read_over_time("residuals", times, {samples});
    if (given.parameters.empty() && !has_residuals) {
        arrays.fail(
            "has neither parameters nor residuals: expected theta, or weights and output_weights, or the "
            "state_dict of a PyTorch module, or residuals");
    }
    given.facts = {{"trajectory", file + ", " + std::to_string(times) + (times == 1 ? " state" : " states")},
                   {"sample", given.points ? "of the file" : "drawn from the seed"},
                   {"labels", given.labels ? "of the file" : "values of the target"}};
    const std::string unused = arrays.unused();
    if (!unused.empty()) given.facts.emplace_back("arrays of the file that are not used", unused);
    return given;
}

}  // namespace ntk::verify
