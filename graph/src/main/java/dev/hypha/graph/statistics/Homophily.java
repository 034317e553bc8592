package dev.hypha.graph.statistics;

import dev.hypha.graph.Adjacency;
import dev.hypha.graph.Neighbors;
import dev.hypha.graph.store.Column;
import dev.hypha.graph.store.ColumnType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// How often edges join nodes of the same label, and how much they tell about labels. Edges with an end
/// without label, and self-loops, do not count. Where edges go one way only, a node's neighbors are its
/// sources.
///
/// @param edge the part of edges whose ends have the same label; NaN without edges, as are the others. Zhu
///     et al., "Beyond homophily in graph neural networks: current limitations and effective designs",
///     NeurIPS 2020
/// @param node the mean over nodes with neighbors of the part of neighbors that has the node's label. Pei
///     et al., "Geom-GCN: geometric graph convolutional networks", ICLR 2020
/// @param adjusted `edge` set against what the labels' degrees would give by chance: 0 by chance, 1 at
///     most; NaN where there is one label. Platonov et al., "Characterizing graph datasets for node
///     classification: homophily-heterophily dichotomy and beyond", NeurIPS 2023
/// @param classInsensitive by how much each label's part of equal neighbors exceeds its part of the nodes,
///     where it does, averaged over all labels but one. Lim et al., "Large scale learning on
///     non-homophilous graphs: new benchmarks and strong simple methods", NeurIPS 2021
/// @param informativeness how much of what is not known about a node's label a random neighbor's label
///     tells, from 0 to 1: their mutual information over the entropy, labels weighted by degree. Platonov
///     et al. 2023, equation 8 (`LI edge`); NaN where there is one label, or more than [#MOST_LABELS]
/// @param labels how many different labels there are
public record Homophily(
        double edge, double node, double adjusted, double classInsensitive, double informativeness, int labels) {
    /// Labels up to which pairs of them are counted.
    public static final int MOST_LABELS = 2048;

    /// Of the edges of one type within one node type.
    ///
    /// @param labels integers or text
    static Homophily of(Adjacency adjacency, Column labels) {
        return of(adjacency, classes(labels));
    }

    /// Of any graph.
    ///
    /// @param classes each node's label as a number from 0 on, -1 where it is missing
    public static Homophily of(Neighbors graph, int[] classes) {
        return new Count(graph, classes).homophily();
    }

    /// One walk over all edges.
    private static final class Count {
        private final int[] classes;
        private final int labels;
        private final long[] ends;
        private final long[] neighbors;
        private final long[] equal;
        private final long[] nodes;
        private final long[] pairs;
        private long all;
        private double parts;
        private long withNeighbors;

        Count(Neighbors graph, int[] classes) {
            this.classes = classes;
            labels = Arrays.stream(classes).max().orElse(-1) + 1;
            ends = new long[labels];
            neighbors = new long[labels];
            equal = new long[labels];
            nodes = new long[labels];
            pairs = new long[labels <= MOST_LABELS ? labels * labels : 0];
            for (int node = 0; node < classes.length; node++) {
                if (classes[node] >= 0) {
                    nodes[classes[node]]++;
                    count(graph, node);
                }
            }
        }

        private void count(Neighbors graph, int target) {
            int own = classes[target];
            int counted = 0;
            int same = 0;
            for (long i = graph.begin(target); i < graph.end(target); i++) {
                int source = graph.source(i);
                int other = classes[source];
                if (source != target && other >= 0) {
                    counted++;
                    same += own == other ? 1 : 0;
                    ends[own]++;
                    ends[other]++;
                    if (pairs.length > 0) {
                        pairs[own * labels + other]++;
                    }
                }
            }
            all += counted;
            neighbors[own] += counted;
            equal[own] += same;
            parts += counted == 0 ? 0 : (double) same / counted;
            withNeighbors += counted == 0 ? 0 : 1;
        }

        Homophily homophily() {
            double edge = (double) Arrays.stream(equal).sum() / all;
            double chance = 0;
            for (long each : ends) {
                chance += Math.pow(each / (2.0 * all), 2);
            }
            return new Homophily(
                    edge,
                    parts / withNeighbors,
                    chance < 1 ? (edge - chance) / (1 - chance) : Double.NaN,
                    classInsensitive(),
                    informativeness(),
                    labels);
        }

        private double classInsensitive() {
            double labelled = Arrays.stream(nodes).sum();
            double sum = 0;
            for (int label = 0; label < labels; label++) {
                if (neighbors[label] > 0) {
                    sum += Math.max(0, (double) equal[label] / neighbors[label] - nodes[label] / labelled);
                }
            }
            return all == 0 ? Double.NaN : sum / (labels - 1);
        }

        private double informativeness() {
            if (all == 0 || labels < 2 || pairs.length == 0) {
                return Double.NaN;
            }
            double entropy = 0;
            double mutual = 0;
            for (int one = 0; one < labels; one++) {
                double first = ends[one] / (2.0 * all);
                entropy -= first > 0 ? first * Math.log(first) : 0;
                for (int other = 0; other < labels; other++) {
                    // Either end of an edge may be looked at first, so that both orders count.
                    double joint = (pairs[one * labels + other] + pairs[other * labels + one]) / (2.0 * all);
                    double second = ends[other] / (2.0 * all);
                    mutual += joint > 0 ? joint * Math.log(joint / (first * second)) : 0;
                }
            }
            return entropy > 0 ? mutual / entropy : Double.NaN;
        }
    }

    /// Each node's label as a number from 0 on, -1 where it is missing.
    private static int[] classes(Column labels) {
        int[] classes = new int[(int) labels.rows()];
        Map<Long, Integer> seen = new HashMap<>();
        for (int node = 0; node < classes.length; node++) {
            if (labels.type() == ColumnType.TEXT) {
                classes[node] = labels.code(node);
            } else {
                long label = labels.integer(node);
                classes[node] = label == Column.MISSING ? -1 : seen.computeIfAbsent(label, _ -> seen.size());
            }
        }
        return classes;
    }
}
