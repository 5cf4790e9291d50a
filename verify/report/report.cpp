// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/report/report.hpp"

#include "verify/files/atomic_file.hpp"
#include "verify/report/html_report.hpp"
#include "verify/report/json_report.hpp"
#include "verify/report/junit_report.hpp"
#include "verify/report/markdown_report.hpp"

#include <array>
#include <string>
#include <system_error>
#include <vector>

namespace ntk::verify {

void write_reports(const ledger::Ledger& ledger, const std::filesystem::path& folder) {
    struct File {
        const char* name;
        std::string text;
    };
    const std::array<File, 4> files = {{{"report.html", render_html(ledger)},
                                        {"report.json", render_json(ledger)},
                                        {"report.md", render_markdown(ledger)},
                                        {"junit.xml", render_junit(ledger)}}};
    ensure_directory(folder);
    std::vector<std::filesystem::path> written;
    try {
        for (const File& file : files) {
            write_atomically(folder / file.name, file.text);
            written.push_back(folder / file.name);
        }
    } catch (...) {
        std::error_code ignored;
        for (const std::filesystem::path& path : written) std::filesystem::remove(path, ignored);
        throw;
    }
}

}  // namespace ntk::verify
