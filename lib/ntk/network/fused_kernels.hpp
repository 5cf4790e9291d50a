// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/vector_kernel.hpp"

/// The inner loops of a network on a sample, compiled once per SimdLevel. All sizes are padded by the caller: neurons
/// to a multiple of FusedKernels::pack_size (with zero weights), samples to a multiple of sample_step (with zero
/// points), so that no loop has a rest. Plain pointers only: these files share no code with the others.
namespace ntk::fused {

inline constexpr long sample_step = 4;

/// Row j of the points is x_j: points[j dim + i].
struct Sample {
    int dim;
    long count;
    const double* points;
};

/// The sample times weights u_j: rows[j (dim + 1) + i] = u_j x_ji for i < dim, u_j for i = dim; totals[i] is their sum
/// over j.
struct WeightedSample {
    const double* rows;
    const double* totals;
};

/// Coordinate i of the weights of neuron l is weights[i count + l].
struct Neurons {
    long count;
    const double* weights;
    const double* biases;
    const double* output_weights;
};

/// Points for the Gram matrix in panels of FusedKernels::panel_width samples: coordinate i of sample s of panel p is
/// points[(p dim + i) panel_width + s].
struct Panels {
    int dim;
    long count;
    const double* points;
};

/// sigma, sigma' and z (sigma'' once the caller has put it there) of all neurons on all samples: number s of pack p of
/// neurons on sample j is at (p samples + j) FusedKernels::pack_size + s.
struct KeptActivations {
    double* values;
    double* slopes;
    double* curvatures;
};

struct FusedKernels {
    long lanes;      ///< numbers in a register
    long pack_size;  ///< neurons that are worked on together
    long panel_width;
    /// What forward keeps per neuron and sample.
    long (*kept_bits)(const VectorKernel&);
    /// sums[j lanes + .] += sum over neurons a_l sigma(z_lj) in lanes; values[j] = the lanes added up. `kept` (neurons
    /// x samples x kept_bits) takes what backward wants to find there, or is null; returns whether backward may use it.
    bool (*forward)(const VectorKernel&, const Sample&, const Neurons&, double* kept, double* sums, double* values);
    /// gradient[l] = sum_j u_j sigma(z_lj), gradient[(1+i) count + l] = sum_j u_j sigma'(z_lj) x_ji,
    /// gradient[(1+dim) count + l] = sum_j u_j sigma'(z_lj). `kept` as forward left it, or null.
    void (*backward)(const VectorKernel&, const Sample&, const Neurons&, const WeightedSample&, const double* kept,
                     double* gradient);
    /// Along a change of the parameters: sums[j lanes + .] += sum over neurons da_l sigma(z_lj) + a_l sigma'(z_lj)
    /// (<dw_l, x_j> + db_l) in lanes; values[j] = the lanes added up.
    void (*tangent)(const VectorKernel&, const Sample&, const Neurons&, const Neurons& change, double* sums,
                    double* values);
    /// Fills all three parts, the third with z.
    void (*keep)(const VectorKernel&, const Sample&, const Neurons&, const KeptActivations&);
    /// As tangent, from what was kept.
    void (*kept_tangent)(const Sample&, const KeptActivations&, const Neurons&, const Neurons& change, double* sums,
                         double* values);
    /// Second derivatives along a change of the parameters, with dz = <dw, x> + db and two weights c, r per sample:
    /// gradient[l] = sum_j c sigma + r sigma' dz, gradient[(1+i) count + l] = sum_j t x_ji and
    /// gradient[(1+dim) count + l] = sum_j t for t = a (c sigma' + r sigma'' dz) + da r sigma'.
    void (*second_order)(const Sample&, const KeptActivations&, const Neurons&, const Neurons& change,
                         const double* by_change, const double* by_residual, double* gradient);
    /// values[l panel_width + s] = sigma, slopes[...] = a_l sigma' of the neurons on the samples of one panel.
    void (*panel)(const VectorKernel&, const Panels&, long panel, const Neurons&, double* values, double* slopes);
    /// Adds to the block (first panel x second panel) of the matrix, stored by columns with the given stride:
    /// matrix[(first sample) stride + second sample] += sum_l values values' + (sum_l slopes slopes') factors, the
    /// factors stored like the matrix.
    void (*add_panel_products)(long neurons, const double* values, const double* slopes, const double* other_values,
                               const double* other_slopes, const double* factors, double* matrix, long stride);
    /// energies[k] = sum_{l in [first, last)} sum_{l' >= l} (2 - [l = l']) a_k(l) b_k(l') q_k(<w_l, w_l'>) with
    /// q_0 = 1, q_1 = u, q_{k+1} = u q_k - beta_k q_{k-1}. Coordinates and coefficients by columns of `stride` neurons,
    /// a multiple of pack_size; `first` and `last` are multiples of 8; beta_0 = 0. `sums` has (max_degree + 1) lanes
    /// zeros.
    void (*pair_sums)(int dim, int max_degree, long stride, const double* directions, const double* row_coefficients,
                      const double* column_coefficients, const double* beta, long first, long last, double* sums,
                      double* energies);
};

/// Null where the program was built without the level.
const FusedKernels* fused_kernels_avx2();
const FusedKernels* fused_kernels_avx512();

}  // namespace ntk::fused
