package dev.hypha.learn;

import dev.hypha.tensor.Matrix;
import java.util.List;

/// The encoded columns of one node type, one row per node in the graph's order. Owns its off-heap matrix.
public final class Features implements AutoCloseable {
    private final Matrix dense;
    private final int[][] codes;
    private final int[] vocabularies;
    private final long[][] times;
    private final List<Name> denseNames;
    private final List<Name> codeNames;
    private final List<Name> timeNames;

    /// Where a column of features comes from, so that permutation can shuffle all that one source column gave.
    ///
    /// @param table the source table
    /// @param column the source column
    /// @param part what of it this is, such as `value` or `missing`
    public record Name(String table, String column, String part) {}

    /// @param dense scaled numbers, missing indicators, cyclic parts of times and hashed text, shape [nodes, dense
    /// columns]
    /// @param codes one array per categorical column, a code per node; 0 is missing, 1 unknown
    /// @param vocabularies codes of each categorical column are below this
    /// @param times one array per timestamp column, microseconds since 1970-01-01 UTC; `Long.MAX_VALUE` is missing
    public Features(
            Matrix dense,
            int[][] codes,
            int[] vocabularies,
            long[][] times,
            List<Name> denseNames,
            List<Name> codeNames,
            List<Name> timeNames) {
        if (dense.cols() != denseNames.size()
                || codes.length != codeNames.size()
                || codes.length != vocabularies.length
                || times.length != timeNames.size()) {
            throw new IllegalArgumentException("features: every column needs a name, every code column a vocabulary");
        }
        this.dense = dense;
        this.codes = codes;
        this.vocabularies = vocabularies;
        this.times = times;
        this.denseNames = List.copyOf(denseNames);
        this.codeNames = List.copyOf(codeNames);
        this.timeNames = List.copyOf(timeNames);
    }

    public int rows() {
        return dense.rows();
    }

    public Matrix dense() {
        return dense;
    }

    /// Not a copy.
    public int[][] codes() {
        return codes;
    }

    /// Not a copy.
    public int[] vocabularies() {
        return vocabularies;
    }

    /// Not a copy.
    public long[][] times() {
        return times;
    }

    public List<Name> denseNames() {
        return denseNames;
    }

    public List<Name> codeNames() {
        return codeNames;
    }

    public List<Name> timeNames() {
        return timeNames;
    }

    @Override
    public void close() {
        dense.close();
    }
}
