// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/simulation/checkpoint_file.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/simd.hpp"
#include "ntk/version.hpp"
#include "verify/files/numpy_archive.hpp"
#include "verify/files/numpy_writer.hpp"

#include <fmt/core.h>

#include <list>
#include <span>
#include <variant>

namespace ntk::verify {
namespace {

using deviation::SimulationState;

/// Stands for the type of the file; a file of another one is not taken up.
const std::string format_name = "ntk-checkpoint/1";

/// Collects arrays; what is not an array already is copied.
class StateWriter {
public:
    static constexpr bool reads = false;

    void visit(const std::string& name, const Eigen::MatrixXd& matrix) {
        // Columns follow one another in memory: in C order they are the rows.
        add(name, {static_cast<std::size_t>(matrix.cols()), static_cast<std::size_t>(matrix.rows())},
            {matrix.data(), static_cast<std::size_t>(matrix.size())});
    }
    void visit(const std::string& name, const Eigen::VectorXd& vector) {
        add(name, {static_cast<std::size_t>(vector.size())}, {vector.data(), static_cast<std::size_t>(vector.size())});
    }
    void visit(const std::string& name, const std::vector<double>& values) {
        add(name, {values.size()}, {values.data(), values.size()});
    }
    void visit(const std::string& name, const double& value) { add(name, {}, {&value, 1}); }
    template <class Whole>
    void visit_whole(const std::string& name, const Whole& value) {
        numbers_.push_back(static_cast<double>(value));
        add(name, {}, {&numbers_.back(), 1});
    }
    void visit(const std::string& name, const std::string& text) {
        arrays_.push_back(
            {name,
             {text.size()},
             std::span<const std::uint8_t>(reinterpret_cast<const std::uint8_t*>(text.data()), text.size())});
    }
    const std::vector<NamedArray>& arrays() const { return arrays_; }

private:
    void add(const std::string& name, std::vector<std::size_t> shape, std::span<const double> values) {
        arrays_.push_back({name, std::move(shape), values});
    }
    std::vector<NamedArray> arrays_;
    std::list<double> numbers_;
};

class StateReader {
public:
    static constexpr bool reads = true;

    explicit StateReader(const std::filesystem::path& file) : archive_(file) {}

    void visit(const std::string& name, Eigen::MatrixXd& matrix) {
        const NumpyArray array = read(name, 2);
        matrix = Eigen::Map<const Eigen::MatrixXd>(array.values.data(), static_cast<Eigen::Index>(array.shape[1]),
                                                   static_cast<Eigen::Index>(array.shape[0]));
    }
    void visit(const std::string& name, Eigen::VectorXd& vector) {
        const NumpyArray array = read(name, 1);
        vector = Eigen::Map<const Eigen::VectorXd>(array.values.data(), static_cast<Eigen::Index>(array.values.size()));
    }
    void visit(const std::string& name, std::vector<double>& values) { values = read(name, 1).values; }
    void visit(const std::string& name, double& value) { value = read(name, 0).values.front(); }
    template <class Whole>
    void visit_whole(const std::string& name, Whole& value) {
        value = static_cast<Whole>(read(name, 0).values.front());
    }
    void visit(const std::string& name, std::string& text) {
        text.clear();
        for (const double code : read(name, 1).values)
            text.push_back(static_cast<char>(static_cast<unsigned char>(code)));
    }
    bool has(const std::string& name) const { return archive_.has(name); }

private:
    NumpyArray read(const std::string& name, std::size_t dimensions) const {
        NumpyArray array = archive_.read(name);
        if (array.shape.size() != dimensions) {
            throw InputError(archive_.path().string() + ": array \"" + name + "\" of shape " + shape_text(array.shape) +
                             ": expected " + std::to_string(dimensions) + " dimensions");
        }
        return array;
    }
    NumpyArchive archive_;
};

/// The length of a list, then its entries by act(name, entry).
template <class Archive, class List, class Act>
void visit_list(Archive& archive, const std::string& name, List& list, const Act& act) {
    std::size_t count = list.size();
    archive.visit_whole(name + ".count", count);
    if constexpr (Archive::reads) list.resize(count);
    for (std::size_t i = 0; i < list.size(); ++i) act(name + "." + std::to_string(i), list[i]);
}

template <class Archive, class Run>
void visit_run(Archive& archive, const std::string& name, Run& run) {
    archive.visit(name + ".theta", run.theta);
    archive.visit(name + ".next_step", run.next_step);
    archive.visit_whole(name + ".rule_degree", run.rule_degree);
    archive.visit_whole(name + ".steps", run.steps);
    archive.visit_whole(name + ".evaluations", run.evaluations);
    archive.visit_whole(name + ".derivative_products", run.derivative_products);
    archive.visit_whole(name + ".events", run.events);
    archive.visit(name + ".integrator", run.integrator);
}

template <class Archive, class Seen>
void visit_observables(Archive& archive, const std::string& name, Seen& seen) {
    archive.visit(name + ".residual", seen.residual);
    archive.visit(name + ".residual_norm", seen.residual_norm);
    archive.visit(name + ".loss", seen.loss);
    archive.visit(name + ".squared_speed", seen.squared_speed);
    archive.visit(name + ".movement", seen.movement);
    archive.visit(name + ".balance", seen.balance);
    archive.visit(name + ".imbalance", seen.imbalance);
    archive.visit(name + ".coefficient", seen.coefficient);
    archive.visit(name + ".coefficient_error", seen.coefficient_error);
    // What only kernels are observed for stays empty here.
}

template <class Archive, class Energies>
void visit_energies(Archive& archive, const std::string& name, Energies& energies) {
    archive.visit(name + ".energy", energies.energy);
    archive.visit(name + ".error_estimate", energies.error_estimate);
    archive.visit(name + ".tail_bound", energies.tail_bound);
    archive.visit(name + ".tail_estimate", energies.tail_estimate);
}

template <class Archive, class Segment>
void visit_segment(Archive& archive, const std::string& name, Segment& segment) {
    archive.visit(name + ".time", segment.time);
    archive.visit(name + ".left", segment.left_norm.value);
    archive.visit(name + ".left_error", segment.left_norm.error);
    archive.visit(name + ".distance", segment.distance);
    archive.visit(name + ".error", segment.error);
    archive.visit(name + ".largest_deviation", segment.largest_deviation);
}

/// Every member of the state, for writing (a constant state) and for reading alike.
template <class Archive, class State>
void visit_state(Archive& archive, State& state) {
    archive.visit_whole("reached", state.reached);
    archive.visit_whole("integrator", state.integrator);
    const auto by = [&archive](const auto& visit) {
        return [&archive, visit](const std::string& name, auto& item) { visit(archive, name, item); };
    };
    visit_list(archive, "run", state.runs, by([](auto& a, const auto& name, auto& run) { visit_run(a, name, run); }));
    archive.visit("times", state.times);
    visit_list(archive, "observed", state.observed,
               by([](auto& a, const auto& name, auto& seen) { visit_observables(a, name, seen); }));
    archive.visit("state_times", state.state_times);
    visit_list(archive, "state", state.states,
               by([](auto& a, const auto& name, auto& theta) { a.visit(name, theta); }));
    visit_list(archive, "energies", state.energies, by([](auto& a, const auto& name, auto& list) {
                   visit_list(a, name, list,
                              [&a](const std::string& inner, auto& one) { visit_energies(a, inner, one); });
               }));
    visit_list(archive, "descent", state.descent,
               by([](auto& a, const auto& name, auto& segment) { visit_segment(a, name, segment); }));
    archive.visit("noise", state.noise);
    archive.visit("stopped", state.stopped);
    archive.visit_whole("sliding", state.sliding);
}

/// FNV-1a of the bytes of some numbers.
std::string hash_of(std::span<const double> values) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const std::byte byte : std::as_bytes(values)) {
        hash = (hash ^ static_cast<std::uint64_t>(byte)) * 0x100000001b3;
    }
    return fmt::format("{} numbers, {:016x}", values.size(), hash);
}

template <class Matrix>
std::string hash_of_matrix(const Matrix& matrix) {
    return hash_of({matrix.data(), static_cast<std::size_t>(matrix.size())});
}

}  // namespace

std::string simulation_identity(const Study& study) {
    const TrajectoryStudy& run = *study.trajectory;
    std::string text =
        fmt::format("{}\nntk {}, {}\nseed {}\n", format_name, version, to_string(simd_level()), run.seed);
    if (run.points) text += "points: " + hash_of_matrix(*run.points) + "\n";
    if (run.labels) text += "labels: " + hash_of_matrix(*run.labels) + "\n";
    if (study.weight_law) {
        std::vector<double> atoms;
        for (const auto& atom : study.weight_law->atoms) {
            atoms.push_back(atom.radius.convert_to<double>());
            atoms.push_back(atom.probability.convert_to<double>());
        }
        text += "weights: " + hash_of(atoms) + "\n";
    }
    return text + "study:\n" + study.text;
}

void write_checkpoint(const std::filesystem::path& file, const std::string& identity, const SimulationState& state) {
    StateWriter writer;
    writer.visit("identity", identity);
    visit_state(writer, state);
    write_numpy_archive(file, writer.arrays());
}

std::optional<SimulationState> read_checkpoint(const std::filesystem::path& file, const std::string& identity) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return std::nullopt;
    StateReader reader(file);
    std::string found;
    if (reader.has("identity")) reader.visit("identity", found);
    if (found != identity) {
        throw InputError(file.string() +
                         ": belongs to another study, seed, version or SIMD level: expected the checkpoint of this "
                         "simulation; take another --out, or --restart to discard it");
    }
    SimulationState state;
    visit_state(reader, state);
    return state;
}

}  // namespace ntk::verify
