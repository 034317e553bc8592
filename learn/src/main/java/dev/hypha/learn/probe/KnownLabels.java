package dev.hypha.learn.probe;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Keys;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Split;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/// The labels that may be looked at before training, of training and validation nodes alone, as one class
/// per node: a number is cut into as many equal parts as [#PARTS], and of several classes the one that
/// most evenly is there or not is taken.
///
/// @param nodes whose labels are looked at, rising; at most [#MOST]
/// @param classes of these nodes
/// @param count of classes
/// @param everywhere the class of each node of the graph, -1 where it may not be looked at
/// @param perClass labelled training nodes for each class, on average
/// @param note what was made of labels that are no classes; empty where they are
@SuppressWarnings("ArrayRecordComponent") // never compared
record KnownLabels(int[] nodes, int[] classes, int count, int[] everywhere, double perClass, String note) {
    /// Nodes whose labels are enough to tell.
    static final int MOST = 4000;

    private static final int FEWEST = 10;
    private static final int PARTS = 5;
    private static final int FOLDS = 5;

    /// @throws InputException where fewer than ten of these nodes have a label, or all have the same
    static KnownLabels of(NodeData data, Split split, long key) {
        int[] known = IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation()))
                .filter(data.target()::known)
                .sorted()
                .toArray();
        if (known.length < FEWEST) {
            throw new InputException(
                    "too-few-labels",
                    "only %,d training and validation nodes of the split %s have a label"
                            .formatted(known.length, split.name()),
                    Map.of("split", split.name(), "nodes", known.length),
                    "The probe wants at least " + FEWEST + ".");
        }
        int[] everywhere = new int[data.nodes()];
        Arrays.fill(everywhere, -1);
        String note = fill(data, known, everywhere);
        int count = Arrays.stream(everywhere).max().orElse(-1) + 1;
        if (Arrays.stream(known).map(node -> everywhere[node]).distinct().count() < 2) {
            throw new InputException(
                    "one-class",
                    "all training and validation nodes have the same label",
                    Map.of("split", split.name()),
                    "There is nothing to tell apart.");
        }
        int[] nodes = some(known, key);
        return new KnownLabels(
                nodes,
                Arrays.stream(nodes).map(node -> everywhere[node]).toArray(),
                count,
                everywhere,
                split.train().length / (double) count,
                note);
    }

    private static String fill(NodeData data, int[] known, int[] everywhere) {
        return switch (data.kind()) {
            case MULTICLASS, BINARY, RANKING -> {
                for (int node : known) everywhere[node] = (int) data.labels()[node];
                yield "";
            }
            case REGRESSION -> {
                parts(data.labels(), known, everywhere);
                yield "The target is a number: it is looked at as " + PARTS + " equally large classes.";
            }
            case MULTILABEL -> {
                int width = data.target().width();
                int label = evenest(data, known);
                for (int node : known) everywhere[node] = (int) data.labels()[node * width + label];
                yield "Of several classes " + data.classNames().get(label)
                        + " is looked at, which divides most evenly.";
            }
        };
    }

    /// Equal numbers go to the same part.
    private static void parts(float[] values, int[] known, int[] everywhere) {
        float[] sorted = new float[known.length];
        for (int i = 0; i < known.length; i++) sorted[i] = values[known[i]];
        Arrays.sort(sorted);
        float[] cuts = new float[PARTS - 1];
        for (int c = 0; c < cuts.length; c++) cuts[c] = sorted[(c + 1) * sorted.length / PARTS];
        for (int node : known) {
            int part = 0;
            while (part < cuts.length && values[node] >= cuts[part]) part++;
            everywhere[node] = part;
        }
    }

    private static int evenest(NodeData data, int[] known) {
        int width = data.target().width();
        int best = 0;
        double nearest = Double.POSITIVE_INFINITY;
        for (int c = 0; c < width; c++) {
            double sum = 0;
            for (int node : known) sum += data.labels()[node * width + c];
            double distance = Math.abs(sum / known.length - 0.5);
            if (distance < nearest) best = c;
            nearest = Math.min(nearest, distance);
        }
        return best;
    }

    private static int[] some(int[] known, long key) {
        if (known.length <= MOST) return known;
        int[] order = Keys.permutation(known.length, key);
        return Arrays.stream(order, 0, MOST).map(i -> known[i]).sorted().toArray();
    }

    /// Five parts of the nodes, each with its share of every class.
    int[] folds(long key) {
        int[] folds = new int[nodes.length];
        int[] seen = new int[count];
        for (int i : Keys.permutation(nodes.length, key)) folds[i] = (classes[i] + seen[classes[i]]++) % FOLDS;
        return folds;
    }
}
