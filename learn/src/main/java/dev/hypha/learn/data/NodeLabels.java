package dev.hypha.learn.data;

import dev.hypha.learn.TaskKind;
import java.util.List;

/// What is known of nodes and asked of others.
///
/// @param kind says what a label is
/// @param values one per node, or one per node and class (row-major) for `MULTILABEL`; NaN where unknown
/// @param names of the classes in their order: two for `BINARY`, none for `REGRESSION`
@SuppressWarnings("ArrayRecordComponent") // Two of these are never compared.
public record NodeLabels(TaskKind kind, float[] values, List<String> names) {
    public NodeLabels {
        names = List.copyOf(names);
    }

    /// How many classes a model tells apart: as [dev.hypha.learn.Target#fit] counts them.
    public int classes() {
        return switch (kind) {
            case MULTICLASS, MULTILABEL -> names.size();
            case BINARY, REGRESSION, RANKING -> 1;
        };
    }

    /// Numbers per node in [#values].
    public int width() {
        return kind == TaskKind.MULTILABEL ? names.size() : 1;
    }

    /// Whether a node's label is known, wholly.
    public boolean known(int node) {
        for (int c = 0; c < width(); c++) if (Float.isNaN(values[node * width() + c])) return false;
        return true;
    }

    /// The labels of some nodes in their order; a copy.
    public float[] of(int[] nodes) {
        float[] some = new float[nodes.length * width()];
        for (int i = 0; i < nodes.length; i++) System.arraycopy(values, nodes[i] * width(), some, i * width(), width());
        return some;
    }
}
