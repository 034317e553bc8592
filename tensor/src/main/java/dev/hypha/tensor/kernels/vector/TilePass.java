package dev.hypha.tensor.kernels.vector;

/// One of the loops that a tile of rows goes through. A walk calls all its passes from one place in the
/// code, which the compiler therefore does not inline: each pass is compiled by itself, and its vectors
/// stay in registers. Several in one compilation are more than it optimises, and vectors then become
/// objects.
@FunctionalInterface
interface TilePass {
    /// @param start first row of the tile
    /// @param end exclusive
    void run(int start, int end);
}
