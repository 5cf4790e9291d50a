// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/report/example_ledger.hpp"
#include "verify/report/report.hpp"
#include "verify/report/verdict_table.hpp"

#include <exception>
#include <iostream>

/// Writes the reports of the made-up ledgers to the folders DIRECTORY/example and DIRECTORY/hostile, for looking at
/// them in a browser.
int main(int argument_count, char** arguments) {
    if (argument_count != 2) {
        std::cerr << "usage: ntk-example-report DIRECTORY\n";
        return 2;
    }
    try {
        const std::filesystem::path folder = arguments[1];
        ntk::verify::write_reports(ntk::verify::example_ledger(), folder / "example");
        ntk::verify::write_reports(ntk::verify::hostile_ledger(), folder / "hostile");
        std::cout << ntk::verify::verdict_table(ntk::verify::example_ledger(), ntk::verify::stdout_shows_colour());
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 4;
    }
    return 0;
}
