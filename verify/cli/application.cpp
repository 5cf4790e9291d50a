// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/cli/application.hpp"

#include "ntk/numeric/errors.hpp"
#include "verify/cli/commands.hpp"
#include "verify/cli/version.hpp"
#include "verify/files/atomic_file.hpp"
#include "verify/study/nearest.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>
#include <string>
#include <thread>
#include <vector>

namespace ntk::verify {
namespace {

ExitCode complain(ExitCode code, const std::string& message) {
    std::cout.flush();
    std::cerr << "ntk: error: " << message << '\n';
    return code;
}

std::vector<std::string> command_names(const CLI::App& program) {
    std::vector<std::string> names;
    for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(command->get_name());
    }
    return names;
}

/// CLI11 reports a misspelt command as an unexpected argument; say what was probably meant.
std::string usage_message(const CLI::App& program, const CLI::ParseError& error, int argument_count, char** arguments) {
    std::string message = error.what();
    const std::vector<std::string> names = command_names(program);
    const std::string first = argument_count > 1 ? arguments[1] : "";
    const bool is_command = std::find(names.begin(), names.end(), first) != names.end();
    if (!first.empty() && first.front() != '-' && !is_command) {
        message = "unknown command \"" + first + "\"" + suggestion(first, names);
    }
    while (!message.empty() && message.back() == '\n') message.pop_back();
    return message + "\nntk --help lists the commands, ntk COMMAND --help their options";
}

/// Output that could not be written is an error, not a silent loss.
ExitCode check_output(ExitCode code) {
    std::cout.flush();
    if (!std::cout || std::fflush(stdout) != 0) return complain(exit_resource, "standard output: cannot be written");
    return code;
}

ExitCode run_guarded(const std::function<ExitCode()>& action) {
    try {
        return check_output(action());
    } catch (const InputError& error) {
        return complain(exit_bad_input, error.what());
    } catch (const std::domain_error& error) {
        return complain(exit_bad_input, error.what());
    } catch (const Unreachable& error) {
        return complain(exit_inconclusive, error.what());
    } catch (const ResourceError& error) {
        return complain(exit_resource, error.what());
    } catch (const std::bad_alloc&) {
        return complain(exit_resource, "out of memory");
    } catch (const std::filesystem::filesystem_error& error) {
        return complain(exit_resource, error.what());
    } catch (const std::exception& error) {
        return complain(exit_resource, std::string("internal error: ") + error.what());
    }
}

}  // namespace

int run_application(int argument_count, char** arguments) {
    install_signal_handlers();
    CommandContext context;
    CLI::App program("ntk: verification toolkit for the theory of neural networks trained by gradient flow", "ntk");
    program.set_version_flag("--version", version_text);
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    context.threads = static_cast<int>(cores);
    program
        .add_option("--threads", context.threads, "number of threads (default: all cores); results do not depend on it")
        ->check(CLI::Range(1, 1024))
        ->type_name("N");
    program.add_flag("--quiet", context.quiet, "no progress on standard error");
    program.require_subcommand(1);
    program.fallthrough();
    program.footer(
        "Examples:\n  ntk spectrum --activation relu --dim 3 --degrees 0:12 --digits 50\n  ntk verify --out report\n\n"
        "Exit codes: 0 nothing violated or inconclusive, 1 something violated, 2 bad usage or input,\n"
        "3 something inconclusive, 4 a file or resource failed.");
    add_ridge_command(program, context);
    add_spectrum_command(program, context);
    add_kernel_command(program, context);
    add_simulate_command(program, context);
    add_verify_command(program, context);
    add_plan_command(program, context);
    add_prove_command(program, context);
    add_bench_command(program, context);
    try {
        program.parse(argument_count, arguments);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
            program.exit(error);
            return check_output(exit_success);
        }
        if (argument_count < 2) {
            std::cerr << program.help();
            return exit_bad_input;
        }
        return complain(exit_bad_input, usage_message(program, error, argument_count, arguments));
    }
    return run_guarded(context.action);
}

}  // namespace ntk::verify
