package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;
import java.util.Arrays;

/// Personalised PageRank of one seed, as far as it can be told by looking around it: where a walk is that
/// from each node goes on to a member of its list, in proportion to the weights, and at each step returns to
/// the seed with probability `restart`. At a node with an empty list it stays.
///
/// Forward push of Andersen, Chung and Lang, "Local graph partitioning using PageRank vectors", FOCS 2006,
/// section 3, for the walk that is not lazy. Scores are from below; what is missing lies in the residuals,
/// of which each is at most `threshold` times the degree of its node. So at most 1 / (restart threshold)
/// edges are looked at, however large the graph. In a graph that holds both directions of each edge a score
/// is too low by at most `threshold` times the degree.
///
/// Scratch, used for one seed after the other.
final class ForwardPush {
    private final NodeNumbers met = new NodeNumbers();
    private double[] scores = new double[64];
    private double[] residuals = new double[64];

    /// The residual that a node may keep.
    private double[] limits = new double[64];

    private boolean[] waiting = new boolean[64];
    private int[] queue = new int[64];
    private int head;
    private int length;

    /// Works out the scores of a seed.
    void run(Neighbors graph, int seed, double restart, double threshold) {
        met.clear();
        head = 0;
        length = 0;
        give(graph, seed, 1, threshold);
        while (length > 0) {
            int local = queue[head];
            head = (head + 1) % queue.length;
            length--;
            push(graph, local, restart, threshold);
        }
    }

    /// How many nodes were met, the seed first.
    int size() {
        return met.size();
    }

    /// The graph's number of a node that was met.
    int node(int local) {
        return met.node(local);
    }

    double score(int local) {
        return scores[local];
    }

    double residual(int local) {
        return residuals[local];
    }

    /// The score of a node of the graph, 0 if it was not met.
    double scoreOf(int node) {
        int local = met.find(node);
        return local < 0 ? 0 : scores[local];
    }

    /// The nodes with the highest scores, the highest first, equal ones by their numbers.
    ///
    /// @param seeds whether the seed is one of them
    int[] top(int most, boolean seeds, Smallest scratch) {
        scratch.clear(most);
        for (int local = seeds ? 0 : 1; local < size(); local++) {
            if (scores[local] > 0) {
                scratch.offer(-scores[local], met.node(local));
            }
        }
        return scratch.byKey();
    }

    private void push(Neighbors graph, int local, double restart, double threshold) {
        int node = met.node(local);
        double residual = residuals[local];
        residuals[local] = 0;
        waiting[local] = false;
        long begin = graph.begin(node);
        long end = graph.end(node);
        double sum = graph.weighted() ? sum(graph, begin, end) : end - begin;
        if (sum == 0) {
            scores[local] += residual;
            return;
        }
        scores[local] += restart * residual;
        for (long i = begin; i < end; i++) {
            double weight = graph.weight(i);
            if (weight > 0) {
                give(graph, graph.source(i), (1 - restart) * residual * weight / sum, threshold);
            }
        }
    }

    private static double sum(Neighbors graph, long begin, long end) {
        double sum = 0;
        for (long i = begin; i < end; i++) {
            sum += graph.weight(i);
        }
        return sum;
    }

    private void give(Neighbors graph, int node, double residual, double threshold) {
        int known = met.size();
        int local = met.number(node);
        if (local == known) {
            meet(local);
            limits[local] = threshold * graph.degree(node);
        }
        residuals[local] += residual;
        if (!waiting[local] && residuals[local] > limits[local]) {
            waiting[local] = true;
            queue[(head + length++) % queue.length] = local;
        }
    }

    /// Makes room for one more node, also in the queue, where each stands once at most.
    private void meet(int local) {
        if (local == scores.length) {
            scores = Arrays.copyOf(scores, local * 2);
            residuals = Arrays.copyOf(residuals, local * 2);
            limits = Arrays.copyOf(limits, local * 2);
            waiting = Arrays.copyOf(waiting, local * 2);
            int[] longer = new int[local * 2];
            for (int i = 0; i < length; i++) {
                longer[i] = queue[(head + i) % queue.length];
            }
            queue = longer;
            head = 0;
        }
        scores[local] = 0;
        residuals[local] = 0;
        waiting[local] = false;
    }
}
