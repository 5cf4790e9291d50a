// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace ntk::verify {

/// A <math> element around `fragment` if that consists of balanced presentation MathML (elements of MathML Core,
/// attributes that only lay out) and text; fences without attributes keep their size; else the fragment as escaped text
/// in <code>: a formula can come from a check that a user registered. Empty for an empty fragment.
std::string embed_formula(const std::string& fragment);

}  // namespace ntk::verify
