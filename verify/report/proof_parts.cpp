// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/proof_parts.hpp"

#include "verify/report/text.hpp"
#include "verify/report/theory_map_drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ntk::verify {
namespace {

TemplateData status_data(const std::string& status) {
    const StatusLook look = status_look(status);
    TemplateData data;
    data.set("symbol", look.sign);
    data.set("word", printable(status));
    data.set("class", look.style);
    return data;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + printable_line(name);
    return text;
}

const ledger::ProofRow* row_of(const ledger::ProofSection& section, const std::string& name) {
    const auto place = std::find_if(section.obligations.begin(), section.obligations.end(),
                                    [&](const ledger::ProofRow& row) { return row.name == name; });
    return place == section.obligations.end() ? nullptr : &*place;
}

TemplateData obligation_data(const ledger::ProofNode& node, const ledger::ProofRow& row, std::size_t place) {
    const auto rejected = std::count_if(row.mutants.begin(), row.mutants.end(),
                                        [](const ledger::ProofRow::Mutant& mutant) { return mutant.rejected; });
    TemplateData data;
    data.set("anchor", fmt::format("proof-{}", place));
    data.set("badge", status_data(node.status));
    data.set("name", printable_line(row.name));
    data.set("statement", printable(row.statement));
    data.set("formula", text_data(row.formula));
    data.set("range", text_data(row.range));
    data.set("method", printable(row.method));
    data.set("mutants",
             row.mutants.empty() ? std::string(no_value) : fmt::format("{} of {}", rejected, row.mutants.size()));
    data.set("given", text_data(joined(row.given)));
    data.set("failure", text_data(row.failure));
    TemplateData open(TemplateData::type::list);
    for (const std::string& part : row.left_open) {
        TemplateData item;
        item.set("what", printable(part));
        open << item;
    }
    data.set("open", open);
    return data;
}

TemplateData counts_data(const ledger::ProofSection& section) {
    constexpr std::array<const char*, 6> statuses = {"failed",
                                                     "open",
                                                     "checked on trajectories",
                                                     "checked on a range",
                                                     "proved for all parameters",
                                                     "assumed, with reference"};
    TemplateData list(TemplateData::type::list);
    for (const char* status : statuses) {
        const auto count = std::count_if(section.obligations.begin(), section.obligations.end(),
                                         [&](const ledger::ProofRow& row) { return row.status == status; });
        if (count == 0) continue;
        TemplateData data;
        data.set("count", std::to_string(count));
        data.set("badge", status_data(status));
        list << data;
    }
    return list;
}

}  // namespace

TemplateData proofs_data(const ledger::ProofSection& section) {
    TemplateData data;
    data.set("counts", counts_data(section));
    data.set("count", std::to_string(section.obligations.size()));
    data.set("seconds", format_seconds(section.seconds));
    data.set("degree", std::to_string(section.max_degree));
    data.set("dim", std::to_string(section.max_dim));
    data.set("map", draw_theory_map(section.nodes));
    TemplateData theorems(TemplateData::type::list), obligations(TemplateData::type::list),
        axioms(TemplateData::type::list);
    for (std::size_t i = 0; i < section.nodes.size(); ++i) {
        const ledger::ProofNode& node = section.nodes[i];
        const ledger::ProofRow* row = row_of(section, node.name);
        if (row != nullptr) {
            (node.kind == "theorem" ? theorems : obligations) << obligation_data(node, *row, i);
        } else if (node.kind == "axiom") {
            TemplateData item;
            item.set("anchor", fmt::format("proof-{}", i));
            item.set("name", printable_line(node.name));
            item.set("statement", printable(node.statement));
            item.set("reference", printable(node.reference));
            axioms << item;
        }
    }
    data.set("theorems", theorems);
    data.set("has_theorems", theorems.is_non_empty_list());
    data.set("obligations", obligations);
    data.set("axioms", axioms);
    return data;
}

}  // namespace ntk::verify
