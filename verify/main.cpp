// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "verify/cli/application.hpp"

int main(int argument_count, char** arguments) { return ntk::verify::run_application(argument_count, arguments); }
