// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/simulation/trajectory_files.hpp"

#include "verify/files/atomic_file.hpp"
#include "verify/files/numpy_writer.hpp"
#include "verify/report/json_report.hpp"
#include "verify/report/json_text.hpp"
#include "verify/report/text.hpp"

#include <algorithm>
#include <list>
#include <span>

namespace ntk::verify {
namespace {

using deviation::MeasuredPath;
using deviation::SimulationResult;
using nlohmann::ordered_json;

std::vector<double> listed(const Eigen::VectorXd& vector) { return {vector.begin(), vector.end()}; }

ordered_json path_to_json(const MeasuredPath& path) {
    return {{"value", numbers(listed(path.value))}, {"error", numbers(listed(path.error))}};
}

ordered_json energies_to_json(const Study& study, const SimulationResult& result) {
    ordered_json json = {{"of", study.target.probes.empty() ? "network" : "residual"},
                         {"times", numbers(result.state_times)},
                         {"degrees", ordered_json::array()},
                         {"value", ordered_json::array()},
                         {"error", ordered_json::array()}};
    const std::size_t degrees = result.energies.empty() ? 0 : result.energies.front().size();
    for (std::size_t k = 0; k < degrees; ++k) {
        std::vector<double> values, errors;
        for (const auto& row : result.energies) {
            values.push_back(row[k].value);
            errors.push_back(row[k].error);
        }
        json["degrees"].push_back(k);
        json["value"].push_back(numbers(values));
        json["error"].push_back(numbers(errors));
    }
    json["tail_bound"] = result.energy_tails.empty() ? ordered_json(nullptr) : numbers(result.energy_tails);
    return json;
}

ordered_json descent_to_json(const SimulationResult& result) {
    ordered_json json = ordered_json::array();
    for (const deviation::DescentSegment& segment : result.descent) {
        json.push_back({{"time", segment.time},
                        {"residual_norm", number(segment.left_norm.value)},
                        {"distance", number(segment.distance)},
                        {"error", number(segment.error)},
                        {"largest_deviation", number(segment.largest_deviation)}});
    }
    return json;
}

/// The columns of the recorded times at which states are.
std::vector<Eigen::Index> columns_of_states(const SimulationResult& result) {
    std::vector<Eigen::Index> columns;
    for (const double time : result.state_times) {
        const auto at = std::lower_bound(result.times.begin(), result.times.end(), time);
        columns.push_back(at - result.times.begin());
    }
    return columns;
}

/// Arrays that live until they are written.
class ArrayList {
public:
    void add(const std::string& name, const std::vector<double>& values) {
        put(name, {values.size()}, std::vector<double>(values));
    }
    void add(const std::string& name, const Eigen::VectorXd& vector) { add(name, listed(vector)); }
    /// A matrix whose columns are the rows of the array.
    void add_columns(const std::string& name, const Eigen::MatrixXd& matrix) {
        put(name, {static_cast<std::size_t>(matrix.cols()), static_cast<std::size_t>(matrix.rows())},
            {matrix.data(), matrix.data() + matrix.size()});
    }
    void add(const std::string& name, const MeasuredPath& path) {
        if (path.value.size() == 0) return;
        add(name, path.value);
        add(name + "_error", path.error);
    }
    /// One row per path.
    void add(const std::string& name, const std::vector<MeasuredPath>& paths, std::size_t times) {
        std::vector<double> values, errors;
        for (const MeasuredPath& path : paths) {
            values.insert(values.end(), path.value.begin(), path.value.end());
            errors.insert(errors.end(), path.error.begin(), path.error.end());
        }
        put(name, {paths.size(), times}, std::move(values));
        put(name + "_error", {paths.size(), times}, std::move(errors));
    }
    void add_rows(const std::string& name, const std::vector<Eigen::VectorXd>& rows) {
        std::vector<double> values;
        for (const Eigen::VectorXd& row : rows) values.insert(values.end(), row.begin(), row.end());
        const std::size_t columns = rows.empty() ? 0 : static_cast<std::size_t>(rows.front().size());
        put(name, {rows.size(), columns}, std::move(values));
    }
    const std::vector<NamedArray>& arrays() const { return arrays_; }

private:
    void put(const std::string& name, std::vector<std::size_t> shape, std::vector<double> values) {
        kept_.push_back(std::move(values));
        arrays_.push_back({name, std::move(shape), std::span<const double>(kept_.back())});
    }
    std::list<std::vector<double>> kept_;
    std::vector<NamedArray> arrays_;
};

}  // namespace

void write_trajectory_json(const std::filesystem::path& file, const SimulatedStudy& simulated) {
    const auto& [study, result, ledger] = simulated;
    ordered_json json = {{"schema", "ntk-trajectory/1"},
                         {"study", printable(study.name)},
                         {"title", printable(study.title)},
                         {"settings", pairs(study.settings)}};
    json["environment"] = ordered_json::object();
    for (const auto& [key, value] : ledger.environment) json["environment"][printable(key)] = printable(value);
    json["status"] = result.sliding ? "not applicable (sliding)" : result.stopped.empty() ? "complete" : "stopped";
    json["stopped"] = result.stopped.empty() ? ordered_json(nullptr) : ordered_json(printable(result.stopped));
    json["warning"] = result.warning.empty() ? ordered_json(nullptr) : ordered_json(printable(result.warning));
    json["facts"] = pairs(result.facts);
    json["times"] = numbers(result.times);
    json["checkpoints"] = numbers(result.state_times);
    json["residual_norm"] = path_to_json(result.residual_norm);
    json["loss"] = path_to_json(result.loss);
    json["squared_speed"] = path_to_json(result.squared_speed);
    json["movement"] = result.movement.value.size() == 0 ? ordered_json(nullptr) : path_to_json(result.movement);
    json["residual_error"] =
        result.residual.rows() == 0 ? ordered_json(nullptr) : numbers(listed(result.residual_error));
    json["parameter_error"] = result.states.empty() ? ordered_json(nullptr) : number(result.state_error);
    json["probes"] = ordered_json::array();
    for (std::size_t i = 0; i < result.coefficients.size(); ++i) {
        json["probes"].push_back({{"degree", study.probes[i].degree},
                                  {"axis", numbers(listed(study.probes[i].axis))},
                                  {"of", study.target.probes.empty() ? "network" : "residual"},
                                  {"eigenvalue", number(result.eigenvalues[i].value)},
                                  {"eigenvalue_error", number(result.eigenvalues[i].error)},
                                  {"coefficient", path_to_json(result.coefficients[i])}});
    }
    json["degree_energies"] = energies_to_json(study, result);
    json["damped_deviations_of_descent"] = result.descent.empty() ? ordered_json(nullptr) : descent_to_json(result);
    json["checks"] = ordered_json::array();
    for (const ledger::Check& check : ledger.checks) json["checks"].push_back(check_to_json(check));
    write_atomically(file, json_text(json));
}

void write_trajectory_arrays(const std::filesystem::path& file, const SimulatedStudy& simulated) {
    const SimulationResult& result = simulated.result;
    ArrayList arrays;
    arrays.add("times", result.state_times);
    if (!result.states.empty()) arrays.add_rows("theta", result.states);
    if (result.points.cols() > 0) {
        arrays.add_columns("points", result.points);
        arrays.add("labels", result.labels);
        arrays.add_columns("residuals", result.residual(Eigen::all, columns_of_states(result)));
        arrays.add_columns("record_residuals", result.residual);
        arrays.add("record_residual_error", result.residual_error);
    }
    arrays.add("record_times", result.times);
    arrays.add("record_residual_norm", result.residual_norm);
    arrays.add("record_loss", result.loss);
    arrays.add("record_squared_speed", result.squared_speed);
    arrays.add("record_movement", result.movement);
    arrays.add("record_coefficients", result.coefficients, result.times.size());
    std::vector<Eigen::VectorXd> energies, energy_errors;
    for (const auto& row : result.energies) {
        energies.emplace_back(row.size());
        energy_errors.emplace_back(row.size());
        for (std::size_t k = 0; k < row.size(); ++k) {
            energies.back()(static_cast<Eigen::Index>(k)) = row[k].value;
            energy_errors.back()(static_cast<Eigen::Index>(k)) = row[k].error;
        }
    }
    arrays.add_rows("degree_energies", energies);
    arrays.add_rows("degree_energies_error", energy_errors);
    if (!result.noise.empty()) arrays.add("noise", result.noise);
    write_numpy_archive(file, arrays.arrays());
}

}  // namespace ntk::verify
