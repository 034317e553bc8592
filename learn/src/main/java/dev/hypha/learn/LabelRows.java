package dev.hypha.learn;

/// The labels of nodes, row after row: as many numbers each as the task has.
final class LabelRows {
    private LabelRows() {}

    /// @throws IllegalArgumentException unless there are equally many labels for each node, or none at all
    static void require(float[] labels, int[] nodes) {
        if (nodes.length == 0 ? labels.length == 0 : labels.length % nodes.length == 0) return;
        throw new IllegalArgumentException(labels.length + " labels for " + nodes.length + " nodes");
    }

    /// Those of some of the nodes, in the order asked for; a copy.
    ///
    /// @param labels of all
    /// @param count how many nodes they are of
    static float[] of(float[] labels, int count, int[] rows) {
        int width = count == 0 ? 0 : labels.length / count;
        float[] some = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) System.arraycopy(labels, rows[i] * width, some, i * width, width);
        return some;
    }
}
