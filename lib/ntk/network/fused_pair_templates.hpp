// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/vector_evaluate.hpp"
#include "ntk/network/fused_kernels.hpp"
#include "ntk/numeric/panel_block.hpp"

#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__FMA__))

namespace ntk::fused {

template <class Lanes>
void panel(const VectorKernel& kernel, const Panels& panels, long index, const Neurons& neurons, double* values,
           double* slopes) {
    constexpr long width = panel_width<Lanes>;
    const double* points = panels.points + index * panels.dim * width;
    for (long l = 0; l < neurons.count; ++l) {
        for (long v = 0; v < width; v += Lanes::count) {
            auto z = Lanes::set(neurons.biases[l]);
            for (int i = 0; i < panels.dim; ++i) {
                z = Lanes::fma(Lanes::set(neurons.weights[i * neurons.count + l]), Lanes::load(points + i * width + v),
                               z);
            }
            Lanes::store(slopes + l * width + v, z);
        }
    }
    vector_functions::evaluate<Lanes>(kernel, slopes, values, slopes, static_cast<std::size_t>(neurons.count * width));
    for (long l = 0; l < neurons.count; ++l) {
        const auto output = Lanes::set(neurons.output_weights[l]);
        for (long v = 0; v < width; v += Lanes::count) {
            double* at = slopes + l * width + v;
            Lanes::store(at, output * Lanes::load(at));
        }
    }
}

template <class Lanes>
void add_panel_products(long neurons, const double* values, const double* slopes, const double* other_values,
                        const double* other_slopes, const double* factors, double* matrix, long stride) {
    constexpr long width = panel_width<Lanes>;
    using Block = PanelBlock<Lanes>;
    for (long row = 0; row < width; row += Block::rows) {
        alignas(64) double of_slopes[Block::rows * width];
        Block(slopes + row, width, other_slopes, width, neurons).store(of_slopes, width);
        const Block of_values(values + row, width, other_values, width, neurons);
        for (int r = 0; r < Block::rows; ++r) {
            for (int v = 0; v < Block::registers; ++v) {
                const long at = (row + r) * stride + v * Lanes::count;
                const auto slope = Lanes::load(of_slopes + r * width + v * Lanes::count);
                const auto sum = Lanes::fma(slope, Lanes::load(factors + at), of_values.entry[r][v]);
                Lanes::store(matrix + at, Lanes::load(matrix + at) + sum);
            }
        }
    }
}

/// Rows of pairs that pair_sums keeps in registers: they share the product with the column's coefficients and the
/// addition to the sums.
#if defined(__AVX512F__)
inline constexpr int pair_rows = 8;
#else
inline constexpr int pair_rows = 4;
#endif

template <class Lanes>
void pair_sums(int dim, int max_degree, long stride, const double* directions, const double* row_coefficients,
               const double* column_coefficients, const double* beta, long first, long last, double* sums,
               double* energies) {
    using Register = typename Lanes::Register;
    for (long l = first; l < last; l += pair_rows) {
        for (long column = l - l % Lanes::count; column < stride; column += Lanes::count) {
            Register u[pair_rows], previous[pair_rows], current[pair_rows];
#pragma GCC unroll 8
            for (int r = 0; r < pair_rows; ++r) {
                u[r] = previous[r] = Lanes::set(0);
                current[r] = Lanes::set(2);
            }
            for (int i = 0; i < dim; ++i) {
                const Register of_columns = Lanes::load(directions + i * stride + column);
#pragma GCC unroll 8
                for (int r = 0; r < pair_rows; ++r) {
                    u[r] = Lanes::fma(Lanes::set(directions[i * stride + l + r]), of_columns, u[r]);
                }
            }
            // Near the diagonal, pairs l' > l count twice, l' = l once and l' < l not at all.
            if (column < l + pair_rows) {
                for (int r = 0; r < pair_rows; ++r) {
                    alignas(64) double counts[Lanes::count];
                    for (long c = 0; c < Lanes::count; ++c) {
                        counts[c] = column + c < l + r ? 0 : column + c == l + r ? 1 : 2;
                    }
                    current[r] = Lanes::load(counts);
                }
            }
            for (int k = 0; k <= max_degree; ++k) {
                const double* of_rows = row_coefficients + k * stride + l;
                const Register minus_beta = Lanes::set(-beta[k]);
                Register over_rows = Lanes::set(0);
#pragma GCC unroll 8
                for (int r = 0; r < pair_rows; ++r) {
                    over_rows = Lanes::fma(current[r], Lanes::set(of_rows[r]), over_rows);
                    const Register next = Lanes::fma(minus_beta, previous[r], u[r] * current[r]);
                    previous[r] = current[r];
                    current[r] = next;
                }
                double* sum = sums + k * Lanes::count;
                const Register of_columns = Lanes::load(column_coefficients + k * stride + column);
                Lanes::store(sum, Lanes::fma(over_rows, of_columns, Lanes::load(sum)));
            }
        }
    }
    for (int k = 0; k <= max_degree; ++k) energies[k] = Lanes::sum(Lanes::load(sums + k * Lanes::count));
}

}  // namespace ntk::fused
#endif
