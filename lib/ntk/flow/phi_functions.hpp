// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ntk {

/// phi_0(z) = e^z, phi_k(z) = int_0^1 e^{(1-s)z} s^{k-1}/(k-1)! ds = sum_j z^j/(j+k)!, of which exponential integrators
/// are made; k from 0 to 4, else std::domain_error. Relative error about 1e-14 for z <= 1 (tested to 2e-14); beyond,
/// where no flow of this library goes, that of the recurrence z phi_k = phi_{k-1} - 1/(k-1)!, which is not tested.
double phi_function(int k, double z);

}  // namespace ntk
