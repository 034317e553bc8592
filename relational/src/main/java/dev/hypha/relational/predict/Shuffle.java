package dev.hypha.relational.predict;

import dev.hypha.learn.Features;
import dev.hypha.tensor.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What one source column gave to a table's features, shuffled over the rows in place until closed.
final class Shuffle implements AutoCloseable {
    private final Features features;
    private final Places places;
    private final int[] order;

    /// Where a source column went, by index.
    ///
    /// @param dense columns of the matrix
    /// @param codes columns of codes
    /// @param times columns of instants
    record Places(List<Integer> dense, List<Integer> codes, List<Integer> times) {
        boolean isEmpty() {
            return dense.isEmpty() && codes.isEmpty() && times.isEmpty();
        }
    }

    private Shuffle(Features features, Places places, int[] order) {
        this.features = features;
        this.places = places;
        this.order = order;
    }

    static Shuffle of(Features features, String table, String column, long key) {
        int[] order = permutation(features.rows(), new SplittableRandom(key));
        Shuffle shuffle = new Shuffle(features, find(features, table, column), order);
        shuffle.apply(order);
        return shuffle;
    }

    static Places find(Features features, String table, String column) {
        return new Places(
                matching(features.denseNames(), table, column),
                matching(features.codeNames(), table, column),
                matching(features.timeNames(), table, column));
    }

    private static List<Integer> matching(List<Features.Name> names, String table, String column) {
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).table().equals(table) && names.get(i).column().equals(column)) {
                out.add(i);
            }
        }
        return out;
    }

    static int[] permutation(int n, SplittableRandom random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private void apply(int[] from) {
        Matrix dense = features.dense();
        for (int column : places.dense) {
            float[] before = new float[from.length];
            for (int row = 0; row < before.length; row++) {
                before[row] = dense.get(row, column);
            }
            for (int row = 0; row < before.length; row++) {
                dense.set(row, column, before[from[row]]);
            }
        }
        for (int column : places.codes) {
            int[] before = features.codes()[column].clone();
            for (int row = 0; row < before.length; row++) {
                features.codes()[column][row] = before[from[row]];
            }
        }
        for (int column : places.times) {
            long[] before = features.times()[column].clone();
            for (int row = 0; row < before.length; row++) {
                features.times()[column][row] = before[from[row]];
            }
        }
    }

    /// Puts every value back.
    @Override
    public void close() {
        int[] back = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            back[order[i]] = i;
        }
        apply(back);
    }
}
