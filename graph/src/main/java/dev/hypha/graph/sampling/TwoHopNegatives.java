package dev.hypha.graph.sampling;

import dev.hypha.graph.Neighbors;

/// Draws neighbors of neighbors that are no neighbors, as a walk of two steps meets them: near misses, which
/// a model that only knows what is close takes for links. For links between nodes of one type. An anchor
/// without such nodes gets uniform negatives.
public record TwoHopNegatives() implements NegativeSampler {
    @Override
    public int[] sample(Neighbors positives, int[] anchors, int[] partners, int count, long key) {
        Candidates candidates = Candidates.nodes(positives.targets());
        NegativeDraws.Proposals uniform = new UniformNegatives(candidates).proposals();
        return NegativeDraws.sample(proposals(positives, anchors), uniform, candidates, positives, anchors, count, key);
    }

    private static NegativeDraws.Proposals proposals(Neighbors graph, int[] anchors) {
        return new NegativeDraws.Proposals() {
            @Override
            public int propose(int index, long key) {
                int anchor = anchors[index];
                int middle = neighbor(graph, anchor, key, 0);
                int end = middle == NONE ? NONE : neighbor(graph, middle, key, 1);
                // A walk that ends early is tried again: an anchor is no negative of its own.
                return middle != NONE && end == NONE ? anchor : end;
            }

            @Override
            public void all(int index, NegativeDraws.Visitor visitor) {
                for (long i = graph.begin(anchors[index]); i < graph.end(anchors[index]); i++) {
                    int middle = graph.source(i);
                    for (long j = graph.begin(middle); j < graph.end(middle); j++) {
                        visitor.visit(graph.source(j), 1.0 / graph.degree(middle));
                    }
                }
            }
        };
    }

    private static int neighbor(Neighbors graph, int node, long key, int step) {
        int degree = graph.degree(node);
        return degree == 0 ? NONE : graph.source(graph.begin(node) + Mixing.below(degree, key, step));
    }
}
