package dev.hypha.learn.probe;

import dev.hypha.learn.TaskKind;
import dev.hypha.learn.data.Arcs;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.NodeLabels;
import dev.hypha.learn.data.Split;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Generated graphs of which it is known where the labels can be read: the scenarios of NetInfoF's
/// synthetic data.
enum Scenario {
    NEITHER(false, false, false),
    FEATURES(false, false, true),
    STRUCTURE(true, false, false),
    OPPOSITES(true, true, false),
    BOTH(true, false, true),
    OPPOSITES_AND_FEATURES(true, true, true);

    static final int NODES = 600;
    static final int CLASSES = 4;
    private static final int WIDTH = 40;
    private static final int EDGES = 10 * NODES;

    final boolean structure;
    final boolean features;
    private final boolean opposites;

    /// @param structure whether edges prefer some pairs of classes
    /// @param opposites whether they join a class to another one instead of itself
    /// @param features whether features lie around a center for each class
    Scenario(boolean structure, boolean opposites, boolean features) {
        this.structure = structure;
        this.opposites = opposites;
        this.features = features;
    }

    NodeData data(Memory memory, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] labels = new float[NODES];
        for (int i = 0; i < NODES; i++) labels[i] = random.nextInt(CLASSES);
        return data(memory, labels, pairs(labels, random), matrix(memory, labels, random));
    }

    static NodeData data(Memory memory, float[] labels, long[] pairs, Matrix features) {
        int[] order = IntStream.range(0, labels.length).toArray();
        Split split = new Split(
                "half",
                Arrays.copyOfRange(order, 0, labels.length / 4),
                Arrays.copyOfRange(order, labels.length / 4, labels.length / 2),
                Arrays.copyOfRange(order, labels.length / 2, labels.length));
        return new NodeData(
                "generated",
                Arcs.bothWays(labels.length, pairs),
                false,
                features,
                new NodeLabels(TaskKind.MULTICLASS, labels, List.of("a", "b", "c", "d")),
                Collections.nCopies(labels.length, "node"),
                List.of(split),
                "generated",
                List.of());
    }

    private long[] pairs(float[] labels, SplittableRandom random) {
        return LongStream.generate(() -> pair(labels, random))
                .limit(EDGES)
                .filter(pair -> (int) (pair >>> 32) != (int) pair)
                .sorted()
                .distinct()
                .toArray();
    }

    private long pair(float[] labels, SplittableRandom random) {
        int u = random.nextInt(labels.length);
        int v = random.nextInt(labels.length);
        int wanted = opposites ? (int) labels[u] ^ 1 : (int) labels[u];
        boolean follows = structure && random.nextDouble() < 0.7;
        while (follows && labels[v] != wanted) v = random.nextInt(labels.length);
        return Arcs.pair(Math.min(u, v), Math.max(u, v));
    }

    private Matrix matrix(Memory memory, float[] labels, SplittableRandom random) {
        double[][] centers = new double[CLASSES][WIDTH];
        for (double[] center : centers) Arrays.setAll(center, _ -> 0.5 * random.nextGaussian());
        Matrix x = Matrix.of(memory, Purpose.FEATURES, labels.length, WIDTH);
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < WIDTH; j++) {
                x.set(i, j, (float) (random.nextGaussian() + (features ? centers[(int) labels[i]][j] : 0)));
            }
        }
        return x;
    }
}
