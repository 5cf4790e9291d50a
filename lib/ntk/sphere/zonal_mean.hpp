// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ntk {

/// A bound from above of E|phi| for a zonal probe of this degree on S^{d-1}, which depends on the degree alone; at most
/// 1, as ||phi|| = 1, and 1 for degree 0. With z_0 = -1 < z_1 < ... < z_k < z_{k+1} = 1, z_1, ..., z_k the zeros of
/// P_k,
///     E|phi| = sqrt(N) c_d/(d-1) sum_i |W(z_{i+1}) - W(z_i)|,  W(t) = (1-t^2)^{(d-1)/2} P_{k-1,d+2}(t),
/// since W' = -(d-1) (1-t^2)^{(d-3)/2} P_k (the differential equation of P_k). Within 1e-9 of the value up to N k^6
/// about 1e14, rounding included; 1 where the zeros cannot be told apart. dim >= 2, degree >= 0, else
/// std::domain_error. Cost O(k^2 (k + d)).
double zonal_mean_of_absolute(int dim, int degree);

}  // namespace ntk
