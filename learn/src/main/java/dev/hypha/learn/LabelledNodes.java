package dev.hypha.learn;

import java.util.Arrays;

/// Nodes that a source answers for, its rows, with their labels: as many numbers each as the task has.
/// Holds its arrays without copying them.
///
/// @param nodes of a graph
/// @param labels of them, row after row, or empty
@SuppressWarnings("ArrayRecordComponent") // never compared
record LabelledNodes(int[] nodes, float[] labels) {
    LabelledNodes {
        if (nodes.length == 0 ? labels.length > 0 : labels.length % nodes.length != 0) {
            throw new IllegalArgumentException(labels.length + " labels for " + nodes.length + " nodes");
        }
    }

    int count() {
        return nodes.length;
    }

    /// The nodes of some rows, in the order asked for; a copy.
    int[] nodes(int[] rows) {
        return Arrays.stream(rows).map(row -> nodes[row]).toArray();
    }

    /// Their labels; a copy.
    float[] labels(int[] rows) {
        int width = nodes.length == 0 ? 0 : labels.length / nodes.length;
        float[] some = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) System.arraycopy(labels, rows[i] * width, some, i * width, width);
        return some;
    }
}
