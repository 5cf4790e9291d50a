// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/cli/spectrum_summary.hpp"

#include "ntk/numeric/decimal.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/spectrum/summary.hpp"
#include "verify/cli/kernel_options.hpp"
#include "verify/cli/table.hpp"

namespace ntk::verify {
namespace {

using nlohmann::ordered_json;

/// A share beyond these degrees takes minutes; the message says what they capture.
constexpr int largest_degree_for_share = 10'000;

Rational share_from(const std::string& text) {
    const Rational share = non_negative_option("--share", text);
    if (share == 0 || share > 1) throw InputError("--share: \"" + text + "\": expected a number > 0 and <= 1");
    return share;
}

Rational lambda_from(const std::string& text) {
    const Rational lambda = non_negative_option("--effective-dimension", text);
    if (lambda == 0) throw InputError("--effective-dimension: \"" + text + "\": expected a number > 0");
    return lambda;
}

ordered_json enclosure_to_json(const Ball& x, long digits) {
    const CertifiedDecimal decimal = print_enclosure(x, digits + 1);
    return {{"value", decimal.value}, {"radius", decimal.radius}};
}

ordered_json share_to_json(const Rational& share, const Kernel& kernel, int dim, long digits) {
    const TraceShare found = smallest_degree_for_share(kernel, dim, share, largest_degree_for_share);
    const auto or_null = [&](const std::optional<Ball>& x) {
        return x ? enclosure_to_json(*x, digits) : ordered_json(nullptr);
    };
    return {{"asked", ntk::to_string(share)},
            {"degree", found.degree},
            {"captured", enclosure_to_json(found.captured, digits)},
            {"captured_before", or_null(found.captured_before)},
            {"lower_bound_without_kappa(1)", or_null(found.at_least)}};
}

ordered_json asymptotics_to_json(const Kernel& kernel, int dim, const std::vector<Eigenvalue>& eigenvalues,
                                 long digits) {
    const std::optional<Ball> constant = decay_constant(kernel, dim, 4 * digits + 64);
    if (!constant) return nullptr;
    const std::string shift = ntk::to_string(Rational(dim - 2, 2));
    ordered_json json = {{"law", "C (k + " + shift + ")^-" + std::to_string(dim)},
                         {"constant", enclosure_to_json(*constant, digits)}};
    json["relative_errors"] = ordered_json::array();
    for (const Eigenvalue& eigenvalue : eigenvalues) {
        const std::optional<Ball> error = decay_error(kernel, dim, eigenvalue);
        if (!error) continue;
        ordered_json entry = {{"degree", eigenvalue.degree}};
        entry.update(enclosure_to_json(*error, digits));
        json["relative_errors"].push_back(entry);
    }
    return json;
}

std::string text_of(const ordered_json& decimal) {
    return decimal["value"].get<std::string>() + " +/- " + decimal["radius"].get<std::string>();
}

std::string share_to_text(const ordered_json& share) {
    std::string text = "share " + share["asked"].get<std::string>() + " of the trace: degrees 0 to " +
                       share["degree"].dump() + " capture " + text_of(share["captured"]);
    if (!share["captured_before"].is_null()) {
        text += "\n  one degree less captures " + text_of(share["captured_before"]);
    }
    if (!share["lower_bound_without_kappa(1)"].is_null()) {
        text += "\n  known without kappa(1): at least " + text_of(share["lower_bound_without_kappa(1)"]);
    }
    return text + "\n";
}

std::string asymptotics_to_text(const ordered_json& asymptotics) {
    if (asymptotics.is_null()) return "no law of decay is known for this kernel\n";
    Table table{{"degree", "mu_k / law - 1", "radius"}, {}};
    for (const ordered_json& entry : asymptotics["relative_errors"]) {
        table.rows.push_back({entry["degree"].dump(), entry["value"], entry["radius"]});
    }
    return "law of decay: mu_k ~ " + asymptotics["law"].get<std::string>() +
           ", C = " + text_of(asymptotics["constant"]) + "\n" + format_aligned(table);
}

}  // namespace

void add_summary_options(CLI::App& command, SummaryOptions& options) {
    command
        .add_option("--share", options.share, "also the smallest K whose degrees 0:K capture this share of the trace")
        ->type_name("S");
    command
        .add_option("--effective-dimension", options.effective_dimension,
                    "also sum_k N(d,k) mu_k/(mu_k + LAMBDA), with degrees 0:K")
        ->type_name("LAMBDA");
    command.add_flag("--asymptotics", options.asymptotics,
                     "also the law of decay of ReLU-type kernels and its error at each degree");
}

bool is_asked_for(const SummaryOptions& options) {
    return !options.share.empty() || !options.effective_dimension.empty() || options.asymptotics;
}

void require_summary_options(const SummaryOptions& options, bool sums, bool certified) {
    if (!options.share.empty()) share_from(options.share);
    if (!options.effective_dimension.empty()) {
        lambda_from(options.effective_dimension);
        if (!sums)
            throw InputError("--effective-dimension: expected with --degrees 0:K; the rest is bounded from K on");
    }
    if ((!options.effective_dimension.empty() || options.asymptotics) && !certified) {
        throw InputError(std::string(options.asymptotics ? "--asymptotics" : "--effective-dimension") +
                         ": expected with a certified route, not --route quadrature");
    }
}

ordered_json summary_to_json(const SummaryOptions& options, const Kernel& kernel, int dim,
                             const std::vector<Eigenvalue>& eigenvalues, long digits) {
    ordered_json json = ordered_json::object();
    if (!options.share.empty()) json["share"] = share_to_json(share_from(options.share), kernel, dim, digits);
    if (!options.effective_dimension.empty()) {
        const Rational lambda = lambda_from(options.effective_dimension);
        json["effective_dimension"] = {{"lambda", ntk::to_string(lambda)}};
        json["effective_dimension"].update(
            enclosure_to_json(effective_dimension(kernel, dim, eigenvalues, lambda), digits));
    }
    if (options.asymptotics) json["asymptotics"] = asymptotics_to_json(kernel, dim, eigenvalues, digits);
    return json;
}

std::string summary_to_text(const ordered_json& summary) {
    std::string text;
    if (summary.contains("share")) text += "\n" + share_to_text(summary["share"]);
    if (summary.contains("effective_dimension")) {
        text += "\neffective dimension at lambda = " + summary["effective_dimension"]["lambda"].get<std::string>() +
                ": " + text_of(summary["effective_dimension"]) + "\n";
    }
    if (summary.contains("asymptotics")) text += "\n" + asymptotics_to_text(summary["asymptotics"]);
    return text;
}

}  // namespace ntk::verify
