package dev.hypha.learn.zoo;

import dev.hypha.learn.TaskKind;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.NodeLabels;
import dev.hypha.learn.data.Split;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A graph made up by two rules: whom a node is linked to, and what its features are. Node i is of class i modulo the
/// number of classes.
///
/// @param nodes number of nodes
/// @param classes number of classes
/// @param width number of features
/// @param links drawn per node; each counts for both of its ends
/// @param partner whom a node is linked to
/// @param feature a number of a node
/// @param seed of all draws
record MadeUpGraph(int nodes, int classes, int width, int links, Partner partner, Feature feature, long seed) {
    interface Partner {
        int of(int node, SplittableRandom random);
    }

    interface Feature {
        double of(int node, int column, SplittableRandom random);
    }

    /// The graph; the caller's to close.
    NodeData data(Memory memory) {
        SplittableRandom random = new SplittableRandom(seed);
        Csr arcs = arcs(random);
        Matrix features = Matrix.of(memory, Purpose.FEATURES, nodes, width);
        for (int i = 0; i < nodes; i++) {
            for (int c = 0; c < width; c++) features.set(i, c, (float) feature.of(i, c, random));
        }
        float[] labels = new float[nodes];
        for (int i = 0; i < nodes; i++) labels[i] = i % classes;
        List<String> names =
                IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
        NodeLabels target = new NodeLabels(TaskKind.MULTICLASS, labels, names);
        List<String> nodeNames = IntStream.range(0, nodes).mapToObj(i -> "" + i).toList();
        return new NodeData("made up", arcs, false, features, target, nodeNames, List.of(), "", List.of());
    }

    /// The first nodes to learn from, as many to validate on, and the rest to be measured.
    Split split(int known) {
        int[] train = IntStream.range(0, known).toArray();
        int[] validation = IntStream.range(known, 2 * known).toArray();
        return new Split(
                "made up", train, validation, IntStream.range(2 * known, nodes).toArray());
    }

    private Csr arcs(SplittableRandom random) {
        long[] pairs = new long[2 * nodes * links];
        int count = 0;
        for (int i = 0; i < nodes; i++) {
            for (int k = 0; k < links; k++) {
                int j = partner.of(i, random);
                if (j == i) continue;
                pairs[count++] = (long) i << 32 | j;
                pairs[count++] = (long) j << 32 | i;
            }
        }
        long[] distinct = Arrays.stream(pairs, 0, count).sorted().distinct().toArray();
        int[] offsets = new int[nodes + 1];
        int[] sources = new int[distinct.length];
        for (int e = 0; e < sources.length; e++) {
            sources[e] = (int) distinct[e];
            offsets[(int) (distinct[e] >>> 32) + 1]++;
        }
        for (int i = 0; i < nodes; i++) offsets[i + 1] += offsets[i];
        return new Csr(nodes, nodes, offsets, sources);
    }
}
