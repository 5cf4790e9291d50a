// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/report.hpp"

#include "ntk/numeric/errors.hpp"
#include "tests/report/example_ledger.hpp"
#include "tests/report/markup.hpp"
#include "verify/report/gnuplot.hpp"
#include "verify/report/html_report.hpp"
#include "verify/report/json_report.hpp"
#include "verify/report/junit_report.hpp"
#include "verify/report/markdown_report.hpp"
#include "verify/report/mathml.hpp"
#include "verify/report/theory_map_drawing.hpp"
#include "verify/report/verdict_table.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

using namespace ntk::verify;
using ntk::ledger::Ledger;
using ntk::ledger::Verdict;

namespace {

/// A folder of its own, gone at the end.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "ntk-report-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

std::set<std::string> names_in(const std::filesystem::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.insert(entry.path().filename().string());
    return names;
}

}  // namespace

TEST_CASE("report: all four files are written, and nothing else") {
    const TemporaryFolder folder;
    write_reports(example_ledger(), folder.path() / "new" / "folder");
    CHECK(names_in(folder.path() / "new" / "folder") ==
          std::set<std::string>{"report.html", "report.json", "report.md", "junit.xml"});
}

TEST_CASE("report: what cannot be written is a ResourceError that names the path, and nothing partial is left") {
    const TemporaryFolder folder;
    SUBCASE("the folder is a file") {
        std::ofstream(folder.path() / "file") << "x";
        CHECK_THROWS_WITH_AS(write_reports(example_ledger(), folder.path() / "file"), doctest::Contains("file"),
                             ntk::ResourceError);
        CHECK(names_in(folder.path()) == std::set<std::string>{"file"});
    }
    SUBCASE("a report is a folder") {
        std::filesystem::create_directory(folder.path() / "report.md");
        CHECK_THROWS_WITH_AS(write_reports(example_ledger(), folder.path()), doctest::Contains("report.md"),
                             ntk::ResourceError);
        CHECK(names_in(folder.path()) == std::set<std::string>{"report.md"});
    }
}

TEST_CASE("report: JSON has the documented keys") {
    const auto json = nlohmann::json::parse(render_json(example_ledger()));
    CHECK(json.at("schema") == "ntk-report/1");
    CHECK(json.at("environment").at("version") == "0.1.0");
    const auto& study = json.at("studies").at(0);
    CHECK(study.at("regime").at("p") == 5121);
    CHECK(study.at("regime").at("n") == 256);
    CHECK(study.at("regime").at("p/n") == 5121.0 / 256.0);
    CHECK(json.at("studies").at(1).at("regime").at("p/n").is_null());
    const auto& spectrum = json.at("spectrum").at(0);
    CHECK(spectrum.at("eigenvalues").at(3).at("value") == "0");
    CHECK(spectrum.at("eigenvalues").at(3).at("exact") == "0");
    CHECK(!spectrum.at("eigenvalues").at(7).contains("exact"));
    CHECK(spectrum.at("trace").contains("kappa(1)"));
    REQUIRE(json.at("checks").size() == example_ledger().checks.size());
    for (const auto& check : json.at("checks")) {
        for (const std::string key :
             {"id", "study", "title", "verdict", "informative", "margin", "hypotheses", "errors", "mutation_control"}) {
            CHECK_MESSAGE(check.contains(key), key);
        }
        const bool not_applicable = check.at("verdict") == "not applicable";
        CHECK(check.at("mutation_control").is_null() == not_applicable);
        if (!not_applicable) CHECK(check.at("mutation_control").at("verdict").is_string());
    }
    CHECK(json.at("checks").at(5).at("verdict") == "not applicable");
}

TEST_CASE("report: JSON reads back to the same doubles") {
    const Ledger ledger = example_ledger();
    const auto json = nlohmann::json::parse(render_json(ledger));
    for (std::size_t c = 0; c < ledger.checks.size(); ++c) {
        for (std::size_t s = 0; s < ledger.checks[c].series.size(); ++s) {
            const auto& series = ledger.checks[c].series[s];
            const auto& read = json.at("checks").at(c).at("series").at(s);
            for (std::size_t i = 0; i < series.time.size(); ++i) {
                CHECK(std::bit_cast<std::uint64_t>(read.at("time").at(i).get<double>()) ==
                      std::bit_cast<std::uint64_t>(series.time[i]));
                CHECK(read.at("left").at(i).get<double>() == series.left[i].value);
                CHECK(read.at("right_error").at(i).get<double>() == series.right[i].error);
            }
        }
    }
}

TEST_CASE("report: what is not finite is null in JSON") {
    const std::string text = render_json(hostile_ledger());
    const auto json = nlohmann::json::parse(text);  // NaN and Infinity would not parse
    const auto& series = json.at("checks").at(0).at("series").at(0);
    CHECK(series.at("left").at(1).is_null());
    CHECK(series.at("left_error").at(1).is_null());
    CHECK(series.at("right").at(2).is_null());
    CHECK(json.at("checks").at(0).at("seconds").is_null());
    CHECK(json.at("trajectories").at(0).at("residual_norm").at(1).is_null());
}

TEST_CASE("report: HTML is well-formed, complete and without script") {
    for (const Ledger& ledger : {example_ledger(), hostile_ledger(), Ledger{}}) {
        const std::string html = render_html(ledger);
        CHECK(markup_error(html, true) == "");
        CHECK(occurrences(html, "<script") == 0);
        CHECK(occurrences(html, "{{") ==
              occurrences(html, "{{study}}"));  // no template tag is left, only the hostile text
        CHECK(occurrences(html, "<!--") == 0);
        CHECK(occurrences(html, "http") == 0);  // nothing is fetched
        const std::size_t theorems = occurrences(html, "<article class=\"check result\"");
        CHECK(occurrences(html, "<article") == ledger.checks.size() + theorems);
        CHECK((occurrences(html, "<h2 id=\"proofs\">") == 1) == ledger.proofs.has_value());
    }
}

TEST_CASE("report: every plot has a name, and every id occurs once") {
    const std::string html = render_html(example_ledger());
    const std::size_t plots = occurrences(html, "<svg class=\"plot\"");
    // One for the spectrum, two for the trajectory, two for the identity; the check that is not applicable shows its
    // sides as well.
    CHECK(plots == 1 + 2 + 1 + example_ledger().checks.size());
    CHECK(occurrences(html, "role=\"img\" aria-label=\"") == plots);
    CHECK(occurrences(html, "</title>\n<g>") == plots);
    std::set<std::string> ids;
    const std::regex id(" id=['\"]([^'\"]*)['\"]");
    for (auto it = std::sregex_iterator(html.begin(), html.end(), id); it != std::sregex_iterator(); ++it) {
        CHECK_MESSAGE(ids.insert((*it)[1]).second, (*it)[1].str());
    }
    const std::regex link("href=['\"]#([^'\"]*)['\"]");
    for (auto it = std::sregex_iterator(html.begin(), html.end(), link); it != std::sregex_iterator(); ++it) {
        CHECK_MESSAGE(ids.count((*it)[1]) == 1, (*it)[1].str());
    }
}

TEST_CASE("report: plots carry no fixed colours, so that they follow the dark mode") {
    const std::string html = render_html(example_ledger());
    CHECK(occurrences(html, "rgb(") == 0);
    CHECK(occurrences(html, "\"black\"") == 0);
    CHECK(occurrences(html, "'black'") == 0);
    CHECK(occurrences(html, "var(--series-5)") > 0);
}

TEST_CASE("report: hostile text is shown, not obeyed") {
    const std::string html = render_html(hostile_ledger());
    CHECK(occurrences(html, "&lt;script&gt;alert(1)&lt;/script&gt;") > 10);
    CHECK(occurrences(html, "\x1b") == 0);
    const std::string junit = render_junit(hostile_ledger());
    CHECK(occurrences(junit, "<script") == 0);
    CHECK(occurrences(junit, "]]>") == 0);
    CHECK(occurrences(render_markdown(hostile_ledger()), "<script") == 0);
    CHECK(occurrences(verdict_table(hostile_ledger()), "\x1b") == 0);
}

TEST_CASE("report: JUnit is well-formed and maps the verdicts") {
    CHECK(markup_error(render_junit(hostile_ledger()), false) == "");
    CHECK(markup_error(render_junit(Ledger{}), false) == "");
    const std::string junit = render_junit(example_ledger());
    CHECK(markup_error(junit, false) == "");
    CHECK(occurrences(junit, "<testsuite ") == 3);
    CHECK(occurrences(junit, "<testcase ") == example_ledger().checks.size() + 3);
    CHECK(occurrences(junit, "<failure ") == 1);
    CHECK(occurrences(junit, "<error ") == 2);
    CHECK(occurrences(junit, "<skipped ") == 1);
    CHECK(occurrences(junit,
                      "<testsuites name=\"ntk verify\" tests=\"12\" failures=\"1\" errors=\"2\" skipped=\"1\"") == 1);
}

TEST_CASE("report: Markdown tables keep their columns") {
    const std::string markdown = render_markdown(hostile_ledger());
    std::istringstream lines(markdown);
    const std::regex unescaped(R"re((^|[^\\])\|)re");
    std::ptrdiff_t columns = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.front() != '|') {
            columns = 0;
            continue;
        }
        const auto bars =
            std::distance(std::sregex_iterator(line.begin(), line.end(), unescaped), std::sregex_iterator());
        if (columns > 0) CHECK_MESSAGE(bars == columns, line);
        columns = bars;
    }
    CHECK(occurrences(render_markdown(example_ledger()), "**violated**") == 1);
}

TEST_CASE("report: the verdict table is aligned and coloured on demand only") {
    const std::string table = verdict_table(example_ledger());
    std::vector<ntk::ledger::Check> checks = example_ledger().checks;
    const auto apart = std::stable_partition(checks.begin(), checks.end(), [](const ntk::ledger::Check& check) {
        return check.verdict != ntk::ledger::Verdict::not_applicable;
    });
    const auto left_out = static_cast<std::size_t>(checks.end() - apart);
    REQUIRE(left_out > 0);
    checks.erase(apart, checks.end());
    CHECK(occurrences(table, "\n") <= checks.size() + 2 + left_out);
    CHECK(occurrences(table, "not applicable in ") >= 1);
    CHECK(occurrences(table, "\x1b") == 0);
    std::istringstream lines(table);
    std::string line;
    std::getline(lines, line);
    const std::size_t column = line.find("check");
    for (const ntk::ledger::Check& check : checks) {
        std::getline(lines, line);
        const std::string id = check.id;
        CHECK(line.substr(column, id.size()) == id);
        CHECK(line.back() != ' ');
    }
    CHECK(occurrences(verdict_table(example_ledger(), true), "\033[1;31mviolated\033[0m") == 1);
    std::string plain = verdict_table(example_ledger(), true);
    plain = std::regex_replace(plain, std::regex("\033\\[[0-9;]*m"), "");
    CHECK(plain == table);
}

TEST_CASE("report: only presentation MathML is embedded as such") {
    CHECK(embed_formula("") == "");
    CHECK(embed_formula("<mi>x</mi><mo>&lt;</mo><mn>1</mn>") ==
          "<math display=\"block\"><mi>x</mi><mo>&lt;</mo><mn>1</mn></math>");
    CHECK(embed_formula("<mo>(</mo>") == "<math display=\"block\"><mo stretchy=\"false\">(</mo></math>");
    CHECK(embed_formula("<mi mathvariant=\"normal\">d</mi><mspace width=\"1em\"/>").rfind("<math", 0) == 0);
    for (const std::string bad : {"<script>x</script>", "<mi onclick=\"x()\">x</mi>", "<mi>x", "<mi>x</mo>", "x</mi>",
                                  "<mi", "a > b", "<mi href=\"x\">x</mi>", "<maction>x</maction>", "<mi>a & b</mi>",
                                  "<!-- x -->", "<mi class=x>x</mi>", "</mi/>"}) {
        CHECK_MESSAGE(embed_formula(bad).rfind("<code>", 0) == 0, bad);
        CHECK_MESSAGE(markup_error(embed_formula(bad), false) == "", bad);
    }
}

TEST_CASE("report: gnuplot missing or failing is a ResourceError that helps") {
    CHECK_THROWS_WITH_AS(run_gnuplot("", "ntk-no-such-program"), doctest::Contains("apt-get install gnuplot-nox"),
                         ntk::ResourceError);
    CHECK_THROWS_WITH_AS(run_gnuplot("set nonsense here\n"), doctest::Contains("failed"), ntk::ResourceError);
    CHECK(run_gnuplot("set print '-'\nprint 1+1\n") == "2\n");
}

TEST_CASE("report: the helper that checks markup finds errors") {
    for (const std::string bad :
         {"<a><b></a></b>", "<a>", "</a>", "<a x=1></a>", "<a x=\"1\" x=\"2\"></a>", "a & b <br/>", "<a", "<1>"}) {
        CHECK_MESSAGE(markup_error(bad, false) != "", bad);
    }
    CHECK(markup_error("<a x=\"1\" y='2'>&amp;<b/></a>", false) == "");
    CHECK(markup_error("<p><br></p>", true) == "");
    CHECK(markup_error("<p><br></p>", false) != "");
}

TEST_CASE("report: proofs in every format") {
    Ledger ledger = example_ledger();
    const auto json = nlohmann::json::parse(render_json(ledger)).at("proofs");
    CHECK(json.at("obligations").size() == 3);
    CHECK(json.at("obligations").at(0).at("verdict") == "passed");
    CHECK(json.at("map").at("nodes").size() == 6);
    CHECK(json.at("map").at("edges").size() == 1 + 2 + 3 + 1);
    CHECK(occurrences(render_markdown(ledger), "| main | statement of main | open |") == 1);
    CHECK(nlohmann::json::parse(render_json(Ledger{})).at("proofs").is_null());
    CHECK(exit_code(Ledger{}) == 0);
    Ledger failed;
    failed.proofs = ledger.proofs;
    CHECK(exit_code(failed) == 0);
    failed.proofs->obligations.front().passed = false;
    CHECK(exit_code(failed) == 1);
    CHECK(occurrences(render_html(failed), "A proof failed.") == 1);
    CHECK(occurrences(render_junit(failed), "<failure ") == 1);
}

TEST_CASE("report: the drawing of the theory map") {
    const ntk::ledger::ProofSection proofs = *example_ledger().proofs;
    const std::string map = draw_theory_map(proofs.nodes);
    CHECK(markup_error(map, true) == "");
    CHECK(occurrences(map, "<rect ") == proofs.nodes.size());
    // Two of the seven edges follow from others: mean-value-theorem to ranged, base to main.
    CHECK(occurrences(map, "<path class=\"e") == 5);
    CHECK(occurrences(map, " observes\"") == 1);
    CHECK(draw_theory_map({}).empty());
    // Nodes that nothing connects to are drawn, axioms and checks among them are not.
    CHECK(occurrences(draw_theory_map({{"lone", "obligation", "", "", "open", {}, {}, {}},
                                       {"axiom", "axiom", "", "", "", {}, {}, {}}}),
                      "<rect ") == 1);
    // A cycle leaves no arrow, and no endless loop.
    CHECK(occurrences(draw_theory_map({{"a", "obligation", "", "", "open", {"b"}, {}, {}},
                                       {"b", "obligation", "", "", "open", {"a"}, {}, {}}}),
                      "<path class=\"e") == 0);
}
