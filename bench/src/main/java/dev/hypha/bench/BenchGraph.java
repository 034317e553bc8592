package dev.hypha.bench;

import dev.hypha.learn.FeatureStorage;
import dev.hypha.learn.LayerEdges;
import dev.hypha.tensor.Bfloat16Matrix;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;
import java.util.Arrays;

/// A graph with features and classes to train on, held in memory.
///
/// @param name of it
/// @param edges all of them; targets and sources are all nodes
/// @param features shape [nodes, width], as they are stored; closed with this
/// @param classes of each node, from 0
/// @param classCount how many classes there are
/// @param training nodes whose class is learned from
@SuppressWarnings("ArrayRecordComponent") // Two of these are never compared.
public record BenchGraph(
        String name, LayerEdges edges, StoredMatrix features, int[] classes, int classCount, int[] training)
        implements AutoCloseable {
    private static final int MOST_CHECKED = 20_000;

    /// Number of nodes.
    public int nodes() {
        return features.rows();
    }

    /// Number of directed edges.
    public int edgeCount() {
        return edges.pattern().edges();
    }

    /// The classes of the training nodes as labels.
    public float[] labels() {
        float[] labels = new float[training.length];
        for (int i = 0; i < labels.length; i++) labels[i] = classes[training[i]];
        return labels;
    }

    /// In words.
    public String size() {
        String stored = switch (FeatureStorage.of(features)) {
            case FLOAT32 -> "";
            case BFLOAT16 -> " in bfloat16";
            case SPARSE -> " of which %,d are not 0".formatted(storedFeatures());
        };
        return "%s, %,d nodes, %,d edges, %,d features%s"
                .formatted(name, nodes(), edgeCount(), features.cols(), stored);
    }

    /// The same graph with features stored in this way; this one is closed if they were stored otherwise.
    ///
    /// @throws dev.hypha.tensor.MemoryLimitException if the memory's limit would be passed
    public BenchGraph stored(FeatureStorage storage, Memory memory) {
        StoredMatrix other = storage.of(memory, features);
        if (other != features) features.close();
        return new BenchGraph(name, edges, other, classes, classCount, training);
    }

    /// The first nodes of this graph with the edges among them: what a slow checker can go over. The features are
    /// shared.
    BenchGraph part() {
        int count = Math.min(nodes(), MOST_CHECKED);
        Csr all = edges.pattern();
        int[] offsets = new int[count + 1];
        int[] sources = new int[all.offsets()[count]];
        int[] degrees = new int[count];
        for (int i = 0; i < count; i++) {
            int at = offsets[i];
            for (int e = all.offsets()[i]; e < all.offsets()[i + 1]; e++) {
                if (all.indices()[e] < count) sources[at++] = all.indices()[e];
            }
            degrees[i] = at - offsets[i];
            offsets[i + 1] = at;
        }
        LayerEdges some = new LayerEdges(new Csr(count, count, offsets, sources), degrees);
        int[] known = Arrays.stream(training).filter(node -> node < count).toArray();
        return new BenchGraph(name + " in part", some, firstFeatures(count), classes, classCount, known);
    }

    private StoredMatrix firstFeatures(int count) {
        return switch (features) {
            case Matrix dense -> dense.slice(0, count);
            case Bfloat16Matrix half -> half.slice(0, count);
            case SparseMatrix sparse -> {
                Csr rows = sparse.pattern().prefix(count, sparse.cols());
                yield new SparseMatrix(rows, sparse.values().slice(0, rows.edges()));
            }
        };
    }

    /// Features that are stored: with sparse ones, those that are not zero.
    long storedFeatures() {
        return features instanceof SparseMatrix sparse
                ? sparse.pattern().edges()
                : features.shape().elements();
    }

    @Override
    public String toString() {
        return size() + ", " + Arrays.stream(training).count() + " for training";
    }

    @Override
    public void close() {
        features.close();
    }
}
