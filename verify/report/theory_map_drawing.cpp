// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/theory_map_drawing.hpp"

#include "verify/report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

namespace ntk::verify {
namespace {

constexpr int per_row = 7;
constexpr int box_width = 160;
constexpr int box_height = 44;
constexpr int column_pitch = 170;
constexpr int row_pitch = 74;
constexpr std::size_t letters_per_line = 21;

struct Edge {
    std::size_t lower;
    std::size_t upper;
    bool observes;
};

/// Everything about the drawing but the drawing.
class Layout {
public:
    explicit Layout(const std::vector<ledger::ProofNode>& nodes) : nodes_(nodes) {
        find_edges();
        drop_implied_edges();
        choose_levels();
        place();
    }

    const std::vector<Edge>& edges() const { return edges_; }
    bool is_drawn(std::size_t i) const { return is_drawn_[i]; }
    double left(std::size_t i) const { return column_[i] * column_pitch + 5; }
    double top(std::size_t i) const { return static_cast<double>(rows_ - 1 - row_[i]) * row_pitch + 8; }
    int height() const { return rows_ * row_pitch - (row_pitch - box_height) + 16; }

private:
    void find_edges() {
        std::map<std::string, std::size_t> places;
        for (std::size_t i = 0; i < nodes_.size(); ++i) places.emplace(nodes_[i].name, i);
        is_drawn_.assign(nodes_.size(), false);
        const auto add = [&](const std::string& lower, std::size_t upper, bool observes) {
            const auto place = places.find(lower);
            if (place != places.end() && place->second != upper) edges_.push_back({place->second, upper, observes});
        };
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            for (const std::string& name : nodes_[i].uses) add(name, i, false);
            for (const std::string& name : nodes_[i].observers) add(name, i, true);
            if (nodes_[i].kind != "axiom" && nodes_[i].kind != "check") is_drawn_[i] = true;
        }
        for (const Edge& edge : edges_) is_drawn_[edge.lower] = is_drawn_[edge.upper] = true;
    }

    /// An arrow follows from others if they lead the same way.
    void drop_implied_edges() {
        std::vector<std::set<std::size_t>> above(nodes_.size());
        std::vector<int> visited(nodes_.size(), 0);
        const std::function<void(std::size_t)> visit = [&](std::size_t i) {
            if (visited[i] != 0) return;
            visited[i] = 1;
            for (const Edge& edge : edges_) {
                if (edge.lower != i || edge.observes) continue;
                visit(edge.upper);
                above[i].insert(edge.upper);
                above[i].insert(above[edge.upper].begin(), above[edge.upper].end());
            }
        };
        for (std::size_t i = 0; i < nodes_.size(); ++i) visit(i);
        const std::vector<Edge> all = edges_;
        std::erase_if(edges_, [&](const Edge& edge) {
            if (above[edge.upper].count(edge.lower) > 0) return true;  // a cycle
            return !edge.observes && std::any_of(all.begin(), all.end(), [&](const Edge& other) {
                return other.lower == edge.lower && !other.observes && other.upper != edge.upper &&
                       above[other.upper].count(edge.upper) > 0;
            });
        });
    }

    bool is_ground(std::size_t i) const { return nodes_[i].kind == "axiom" || nodes_[i].kind == "check"; }

    /// Named theorems and checks at level 0; every other node as high as what uses it allows, so that arrows are short.
    void choose_levels() {
        level_.assign(nodes_.size(), 0);
        for (std::size_t i = 0; i < nodes_.size(); ++i) level_[i] = is_ground(i) ? 0 : 1;
        for (bool grew = true; grew;) {
            grew = false;
            for (const Edge& edge : edges_) {
                if (level_[edge.upper] > level_[edge.lower]) continue;
                level_[edge.upper] = level_[edge.lower] + 1;
                grew = true;
            }
        }
        const int top = level_.empty() ? 0 : *std::max_element(level_.begin(), level_.end());
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            if (nodes_[i].kind == "theorem") level_[i] = std::max(level_[i], top - 1);
        }
        for (bool changed = true; changed;) {
            changed = false;
            std::vector<int> lowest_user(nodes_.size(), top + 2);
            for (const Edge& edge : edges_) {
                lowest_user[edge.lower] = std::min(lowest_user[edge.lower], level_[edge.upper]);
            }
            for (std::size_t i = 0; i < nodes_.size(); ++i) {
                if (is_ground(i) || lowest_user[i] == top + 2 || level_[i] >= lowest_user[i] - 1) continue;
                level_[i] = lowest_user[i] - 1;
                changed = true;
            }
        }
    }

    /// Nodes of one level stand near the mean of their neighbours; a level takes as many rows as it needs.
    void place() {
        const std::size_t count = nodes_.size();
        column_.assign(count, (per_row - 1) / 2.0);
        row_.assign(count, 0);
        std::map<int, std::vector<std::size_t>> levels;
        for (std::size_t i = 0; i < count; ++i) {
            if (is_drawn_[i]) levels[level_[i]].push_back(i);
        }
        for (int sweep = 0; sweep < 8; ++sweep) {
            rows_ = 0;
            for (auto& [level, members] : levels) {
                std::map<std::size_t, double> wanted;
                for (const std::size_t i : members) wanted[i] = mean_of_neighbours(i, sweep == 0);
                std::stable_sort(members.begin(), members.end(),
                                 [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
                const std::size_t rows = (members.size() + per_row - 1) / per_row;
                const std::size_t columns = (members.size() + rows - 1) / rows;
                const double indent = (per_row - static_cast<double>(columns)) / 2;
                for (std::size_t i = 0; i < members.size(); ++i) {
                    column_[members[i]] = indent + static_cast<double>(i / rows);
                    row_[members[i]] = rows_ + static_cast<int>(i % rows);
                }
                rows_ += static_cast<int>(rows);
            }
        }
    }

    double mean_of_neighbours(std::size_t i, bool below_only) const {
        double sum = 0;
        int count = 0;
        for (const Edge& edge : edges_) {
            if (edge.upper == i) {
                sum += column_[edge.lower];
                ++count;
            }
            if (edge.lower == i && !below_only) {
                sum += column_[edge.upper];
                ++count;
            }
        }
        return count == 0 ? column_[i] : sum / count;
    }

    const std::vector<ledger::ProofNode>& nodes_;
    std::vector<Edge> edges_;
    std::vector<bool> is_drawn_;
    std::vector<int> level_;
    std::vector<int> row_;
    std::vector<double> column_;
    int rows_ = 0;
};

/// The name in at most three lines, broken at hyphens where possible.
std::vector<std::string> lines_of(const std::string& name) {
    std::vector<std::string> lines = {""};
    std::string word;
    const auto put = [&] {
        // The first line has the sign of the status as well.
        const std::size_t room = lines.size() == 1 ? letters_per_line - 2 : letters_per_line;
        if (!lines.back().empty() && lines.back().size() + word.size() > room && lines.size() < 3) {
            lines.emplace_back();
        }
        lines.back() += word;
        word.clear();
    };
    for (const char letter : printable_line(name)) {
        word += letter;
        if (letter == '-' || letter == ':') put();
    }
    put();
    return lines;
}

std::string shown_name(const ledger::ProofNode& node) {
    if (node.kind == "gap") return "part left open:" + node.name.substr(std::min(node.name.size(), std::size_t{5}));
    return node.name;
}

std::string box(const Layout& layout, const ledger::ProofNode& node, std::size_t i) {
    const double x = layout.left(i), y = layout.top(i);
    const StatusLook look = status_look(node.status);
    std::vector<std::string> lines = lines_of(shown_name(node));
    lines.front() = std::string(look.sign) + " " + lines.front();
    std::string text;
    const double first = y + box_height / 2.0 + 4 - 6.5 * static_cast<double>(lines.size() - 1);
    for (std::size_t j = 0; j < lines.size(); ++j) {
        text += fmt::format("<tspan x=\"{}\" y=\"{}\">{}</tspan>", x + box_width / 2.0,
                            first + 13.0 * static_cast<double>(j), escape_xml(lines[j]));
    }
    const int radius = node.kind == "axiom" ? 20 : 6;
    const std::string drawing = fmt::format(
        "<title>{}: {}\n{}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/><text>{}</text>",
        escape_xml(printable_line(node.name)), escape_xml(node.status), escape_xml(node.statement), x, y, box_width,
        box_height, radius, text);
    const std::string style = fmt::format("node n{} {} {}", i, look.style, node.kind == "theorem" ? "theorem" : "");
    if (node.kind == "check" || node.kind == "gap") return fmt::format("<g class=\"{}\">{}</g>\n", style, drawing);
    return fmt::format("<a class=\"{}\" href=\"#proof-{}\">{}</a>\n", style, i, drawing);
}

std::string arrow(const Layout& layout, const Edge& edge, bool from_ground) {
    const double x = layout.left(edge.lower) + box_width / 2.0, y = layout.top(edge.lower);
    const double end_x = layout.left(edge.upper) + box_width / 2.0, end_y = layout.top(edge.upper) + box_height + 5;
    const double bend = std::max(18.0, (y - end_y) / 2);
    return fmt::format("<path class=\"e{} e{}{}{}\" d=\"M{},{} C{},{} {},{} {},{}\" marker-end=\"url(#map-tip)\"/>\n",
                       edge.lower, edge.upper, from_ground ? " ground" : "", edge.observes ? " observes" : "", x, y, x,
                       y - bend, end_x, end_y + bend, end_x, end_y);
}

}  // namespace

StatusLook status_look(const std::string& status) {
    static const std::map<std::string, StatusLook> looks = {{"proved for all parameters", {"\u2713", "holds"}},
                                                            {"checked on a range", {"\u2026", "inconclusive"}},
                                                            {"checked on trajectories", {"~", "vacuous"}},
                                                            {"assumed, with reference", {"\u00a7", "assumed"}},
                                                            {"failed", {"\u2717", "violated"}},
                                                            {"open", {"\u25cb", "na"}}};
    const auto place = looks.find(status);
    return place == looks.end() ? looks.at("open") : place->second;
}

std::string draw_theory_map(const std::vector<ledger::ProofNode>& nodes) {
    if (nodes.empty()) return "";
    const Layout layout(nodes);
    std::string arrows, boxes, pointed;
    for (const Edge& edge : layout.edges()) {
        const std::string& kind = nodes[edge.lower].kind;
        arrows += arrow(layout, edge, kind == "axiom" || kind == "check");
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (!layout.is_drawn(i)) continue;
        boxes += box(layout, nodes[i], i);
        const auto rule = [&](const char* state) {
            pointed += fmt::format("{}.map:has(.n{}:{}) .e{}", pointed.empty() ? "" : ",", i, state, i);
        };
        rule("hover");
        rule("focus-visible");
    }
    return fmt::format(
        "<svg class=\"map\" viewBox=\"0 0 {} {}\" role=\"group\" aria-label=\"The theory map\">"
        "<style>{}{{stroke:var(--link);stroke-width:2.5;opacity:1}}</style>"
        "<defs><marker id=\"map-tip\" viewBox=\"0 0 8 8\" refX=\"6\" refY=\"4\" markerWidth=\"6\" markerHeight=\"6\" "
        "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"tip\" d=\"M0,0 L8,4 L0,8 z\"/></marker></defs>\n"
        "<g class=\"arrows\">{}</g>\n{}</svg>",
        per_row * column_pitch, layout.height(), pointed, arrows, boxes);
}

}  // namespace ntk::verify
