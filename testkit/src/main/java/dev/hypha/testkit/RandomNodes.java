package dev.hypha.testkit;

import dev.hypha.learn.Directions;
import dev.hypha.learn.Keys;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.util.Arrays;
import java.util.Collections;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A small random graph as models over nodes see it: directed, with hubs, isolated nodes, loops and
/// repeated edges; four features and a label 0 or 1 per node. A function of its key.
public final class RandomNodes implements Trial<NodeBatch> {
    private static final int WIDTH = 4;

    private final Memory memory = Memory.unlimited();
    private final int layers;
    private final long key;
    private final int size;
    private final int[] numbers;
    private final LayerEdges edges;
    private final Matrix features;
    private final float[] labels;

    /// @param layers that batches have edges for
    /// @param key source of everything
    /// @param size number of nodes
    public RandomNodes(int layers, long key, int size) {
        this(layers, key, size, IntStream.range(0, size).toArray(), false);
    }

    private RandomNodes(int layers, long key, int size, int[] numbers, boolean backwards) {
        this.layers = layers;
        this.key = key;
        this.size = size;
        this.numbers = numbers;
        this.edges = edges(backwards);
        this.features = Matrix.of(memory, Purpose.FEATURES, size, WIDTH);
        this.labels = new float[size];
        SplittableRandom random = new SplittableRandom(Keys.split(key, "features"));
        for (int node = 0; node < size; node++) {
            for (int c = 0; c < WIDTH; c++) features.set(numbers[node], c, (float) random.nextGaussian());
            labels[numbers[node]] = random.nextInt(2);
        }
    }

    private LayerEdges edges(boolean backwards) {
        SplittableRandom random = new SplittableRandom(Keys.split(key, "edges"));
        long[] pairs = new long[5 * size];
        for (int e = 0; e < pairs.length; e++) {
            // A product of two draws leaves a few nodes with most edges; every seventh node gets none.
            int target = (int) (size * random.nextDouble() * random.nextDouble()) / 7 * 7 + 1 + random.nextInt(6);
            pairs[e] = pair(numbers[target % size], numbers[random.nextInt(size)]);
        }
        Long[] read = Arrays.stream(pairs).boxed().toArray(Long[]::new);
        if (backwards) Collections.reverse(Arrays.asList(read));
        Arrays.sort(read); // as a graph does, so that the order of reading is gone
        int[] offsets = new int[size + 1];
        int[] sources = new int[read.length];
        int[] degrees = new int[size];
        for (int e = 0; e < read.length; e++) {
            int target = (int) (read[e] >>> 32);
            sources[e] = (int) (long) read[e];
            offsets[target + 1]++;
            if (sources[e] != target) degrees[target]++;
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        Csr pattern = new Csr(size, size, offsets, sources);
        return new LayerEdges(pattern, degrees, Directions.of(pattern));
    }

    private static long pair(int target, int source) {
        return (long) target << 32 | source;
    }

    /// The edges, the same for every layer.
    public LayerEdges edges() {
        return edges;
    }

    /// The whole graph, answering for the given nodes.
    public NodeBatch answering(int... nodes) {
        float[] wanted = new float[nodes.length];
        for (int i = 0; i < nodes.length; i++) wanted[i] = labels[nodes[i]];
        return new NodeBatch(features, null, Collections.nCopies(layers, edges), nodes, wanted);
    }

    @Override
    public NodeBatch batch(int seeds) {
        return answering(drawn(seeds));
    }

    private int[] drawn(int seeds) {
        return new SplittableRandom(Keys.split(key, "seeds"))
                .ints(seeds, 0, size)
                .map(node -> numbers[node])
                .toArray();
    }

    @Override
    public NodeBatch alone(int seed) {
        return answering(drawn(seed + 1)[seed]);
    }

    @Override
    public NodeBatch bare() {
        LayerEdges none = new LayerEdges(new Csr(1, 1, new int[2], new int[0]), new int[1]);
        return new NodeBatch(features, new int[1], Collections.nCopies(layers, none), null, new float[1]);
    }

    @Override
    public RandomNodes renumbered(long order) {
        return new RandomNodes(layers, key, size, Keys.permutation(size, order), false);
    }

    @Override
    public RandomNodes readBackwards() {
        return new RandomNodes(layers, key, size, numbers, true);
    }

    @Override
    public RandomNodes ofSize(int other) {
        return new RandomNodes(layers, key, other);
    }

    @Override
    public void close() {
        memory.close();
    }
}
