// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ntk {

/// phi_0(z) = e^z, phi_k(z) = int_0^1 e^{(1-s)z} s^{k-1}/(k-1)! ds = sum_j z^j/(j+k)!, of which exponential integrators
/// are made; k from 0 to 8, else std::domain_error. Relative error about 1e-14 for z <= 1, growing slowly for z > 1.
double phi_function(int k, double z);

}  // namespace ntk
