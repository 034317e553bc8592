package dev.hypha.graph.statistics;

import dev.hypha.graph.Adjacency;
import dev.hypha.graph.store.Column;
import dev.hypha.graph.store.ColumnType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// How often edges join nodes of the same label. Edges with an end without label, and self-loops, do not count.
///
/// Platonov et al., "Characterizing graph datasets for node classification: homophily-heterophily dichotomy and
/// beyond", NeurIPS 2023: adjusted homophily.
///
/// @param edge the part of edges whose ends have the same label; NaN without edges
/// @param adjusted the same, set against what the labels' degrees would give by chance: 0 by chance, 1 at most;
///     NaN where there is one label
/// @param labels how many different labels there are
public record Homophily(double edge, double adjusted, int labels) {
    /// Of the edges of one type within one node type.
    ///
    /// @param labels integers or text
    static Homophily of(Adjacency adjacency, Column labels) {
        int[] classes = classes(labels);
        int count = Arrays.stream(classes).max().orElse(-1) + 1;
        long[] ends = new long[count];
        long same = 0;
        long all = 0;
        for (int target = 0; target < adjacency.targets(); target++) {
            for (long i = adjacency.begin(target); i < adjacency.end(target); i++) {
                int source = adjacency.source(i);
                if (source != target && classes[target] >= 0 && classes[source] >= 0) {
                    all++;
                    same += classes[target] == classes[source] ? 1 : 0;
                    ends[classes[target]]++;
                    ends[classes[source]]++;
                }
            }
        }
        double chance = 0;
        for (long each : ends) {
            chance += Math.pow(each / (2.0 * all), 2);
        }
        double edge = (double) same / all;
        return new Homophily(edge, chance < 1 ? (edge - chance) / (1 - chance) : Double.NaN, count);
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
