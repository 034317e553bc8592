package dev.hypha.learn.zoo;

import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.Arrays;

/// What label methods answer on the tests' graphs.
final class LabelTrial {
    private LabelTrial() {}

    /// Probabilities of two classes on the [SmallGraph], one row per node.
    ///
    /// @param base what is said of the nodes before, or null
    static double[][] small(LabelMethod method, int[] known, double[][] base) {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                SmallGraph graph = new SmallGraph();
                Matrix said = base == null ? null : matrix(memory, base)) {
            int[] held = new int[SmallGraph.NODES];
            Arrays.fill(held, LabelProblem.UNKNOWN);
            LabelProblem problem = new LabelProblem(SmallGraph.edges(), 2, known, held, graph.features(), said);
            float[] answer = method.answer(problem, provider, memory, 7);
            double[][] rows = new double[SmallGraph.NODES][2];
            for (int i = 0; i < answer.length; i++) rows[i / 2][i % 2] = answer[i];
            return rows;
        }
    }

    static Matrix matrix(Memory memory, double[][] rows) {
        Matrix matrix = Matrix.of(memory, Purpose.FEATURES, rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < rows[i].length; c++) matrix.set(i, c, (float) rows[i][c]);
        }
        return matrix;
    }

    /// Accuracy on nodes whose label is unknown, of [PlantedCommunities].
    ///
    /// @param known how many labels the method may learn from
    /// @param linked share of edges within a community
    static double planted(LabelMethod method, int known, double linked) {
        try (Memory memory = Memory.unlimited();
                KernelProvider provider = KernelProvider.choose(2);
                PlantedCommunities graph = new PlantedCommunities(memory, linked)) {
            LabelProblem problem = graph.problem(known, null);
            return graph.accuracy(method.answer(problem, provider, memory, 7));
        }
    }

    /// The rows as probabilities: without what is below 0, divided by their sums.
    static double[][] normalised(double[][] rows) {
        return SlowMath.each(rows, row -> {
            double sum = Arrays.stream(row).map(x -> Math.max(0, x)).sum();
            return Arrays.stream(row)
                    .map(x -> sum > 0 ? Math.max(0, x) / sum : 1.0 / row.length)
                    .toArray();
        });
    }
}
