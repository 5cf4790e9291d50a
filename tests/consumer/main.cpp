// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/activation/relu.hpp"
#include "ntk/spectrum/eigenvalues.hpp"

#include <iostream>

int main() {
    const ntk::Kernel kernel({.activation = ntk::make_relu()});
    for (const ntk::Eigenvalue& eigenvalue : ntk::certified_eigenvalues(kernel, 3, {1}, 30)) {
        std::cout << "mu_" << eigenvalue.degree << " = " << ntk::to_string(eigenvalue.exact.value()) << '\n';
    }
}
