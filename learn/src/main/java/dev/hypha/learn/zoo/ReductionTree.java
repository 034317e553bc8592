package dev.hypha.learn.zoo;

import dev.hypha.tensor.Csr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Which elements are paired at each level of the balanced trees that reduce the sources of every target,
/// those of all targets at once.
///
/// @param levels from the leaves, which are the sources themselves; none where no target has two
/// @param roots which element of the last level is a target's result: targets x elements, one entry at most
///     per row
record ReductionTree(List<Level> levels, Csr roots) {
    /// One level: element i of the next one comes from elements `left[i]` and `right[i]` of this one, or is
    /// `left[i]` as it is where both are the same element, left over from its target's pairs.
    ///
    // The arrays are read by gathers and never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Level(int[] left, int[] right) {}

    static ReductionTree of(Csr pattern) {
        int targets = pattern.rows();
        int[] offsets = pattern.offsets();
        int[] elements = pattern.indices();
        boolean leaves = true;
        int most = IntStream.range(0, targets).map(pattern::degree).max().orElse(0);
        List<Level> levels = new ArrayList<>();
        for (; most > 1; most = (most + 1) / 2) {
            int[] next = new int[targets + 1];
            for (int i = 0; i < targets; i++) next[i + 1] = next[i] + (offsets[i + 1] - offsets[i] + 1) / 2;
            int[] left = new int[next[targets]];
            int[] right = new int[next[targets]];
            for (int i = 0; i < targets; i++) {
                for (int k = next[i]; k < next[i + 1]; k++) {
                    int first = offsets[i] + 2 * (k - next[i]);
                    int second = Math.min(first + 1, offsets[i + 1] - 1);
                    left[k] = leaves ? elements[first] : first;
                    right[k] = first == second ? left[k] : leaves ? elements[second] : second;
                }
            }
            levels.add(new Level(left, right));
            offsets = next;
            leaves = false;
        }
        int[] last = leaves ? elements : IntStream.range(0, offsets[targets]).toArray();
        int count = leaves ? pattern.cols() : offsets[targets];
        return new ReductionTree(List.copyOf(levels), new Csr(targets, count, offsets, last));
    }
}
