package dev.hypha.graph;

/// The edges of another graph with weights beside them: see [Neighbors#withWeights].
final class WeightedNeighbors implements Neighbors {
    private final Neighbors edges;
    private final float[] weights;

    WeightedNeighbors(Neighbors edges, float[] weights) {
        if (weights.length != edges.edges()) {
            throw new IllegalArgumentException(weights.length + " weights for " + edges.edges() + " edges");
        }
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && weights[i] <= Float.MAX_VALUE)) {
                throw new IllegalArgumentException("edge " + i + " has the weight " + weights[i]);
            }
        }
        this.edges = edges;
        this.weights = weights;
    }

    @Override
    public int targets() {
        return edges.targets();
    }

    @Override
    public long edges() {
        return edges.edges();
    }

    @Override
    public long begin(int target) {
        return edges.begin(target);
    }

    @Override
    public long end(int target) {
        return edges.end(target);
    }

    @Override
    public int source(long position) {
        return edges.source(position);
    }

    @Override
    public boolean sorted() {
        return edges.sorted();
    }

    @Override
    public boolean weighted() {
        return true;
    }

    @Override
    public float weight(long position) {
        return weights[(int) position];
    }
}
