// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

/// The kinds of failure a caller can tell apart. Everything else is a standard exception:
/// std::domain_error for an argument outside a function's mathematical domain (the message names
/// function, argument, offending value and rule), std::logic_error for a broken invariant.
namespace ntk {

/// Input that a user wrote is wrong; the message names where it stands and what was expected.
class InputError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The mathematics is fine but the requested certainty was not reached (digits, convergence, divergence);
/// the message says what was reachable.
class Unreachable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A file, the memory or another resource of the machine failed.
class ResourceError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace ntk
