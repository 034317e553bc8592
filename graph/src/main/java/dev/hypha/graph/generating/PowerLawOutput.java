package dev.hypha.graph.generating;

import dev.hypha.graph.InputException;
import dev.hypha.graph.importing.ImportListener;
import dev.hypha.graph.importing.Imported;
import dev.hypha.graph.importing.OneTypeWriter;
import dev.hypha.graph.reading.NumpyType;
import dev.hypha.graph.reading.NumpyWriter;
import dev.hypha.graph.store.ColumnType;
import dev.hypha.graph.store.v1.DataFileWriter;
import dev.hypha.graph.store.v1.PartialFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntToLongFunction;

/// Writes a [PowerLawGraph] as a store, or as a folder of numpy arrays: `indptr`, `indices`, `x` (features),
/// `y` (labels), `comm` (communities), `train_mask`. Both hold the same graph.
public final class PowerLawOutput {
    private final PowerLaw law;
    private final PowerLawGraph graph;

    public PowerLawOutput(PowerLaw law, PowerLawGraph graph) {
        this.law = law;
        this.graph = graph;
    }

    /// Both places must be free, and two.
    ///
    /// @param arrays of [#numpy], or null
    /// @throws dev.hypha.graph.InputException if there is something at one of them
    public static void requirePlaces(Path store, Path arrays) {
        PartialFolder.requireFree(store, "--out");
        if (arrays == null) {
            return;
        }
        PartialFolder.requireFree(arrays, "--npy");
        if (arrays.toAbsolutePath().normalize().equals(store.toAbsolutePath().normalize())) {
            throw new InputException(
                    "bad-option",
                    "--npy and --out are both " + store,
                    Map.of("option", "--npy"),
                    "Give another --npy; a store and arrays are two folders.");
        }
    }

    /// Makes a store with the columns `x`, `y`, `comm` and `train_mask`.
    ///
    /// @param memoryBytes bound for edges that are being sorted
    public Imported store(Path out, long memoryBytes, int threads, ImportListener listener) throws IOException {
        try (OneTypeWriter writer = new OneTypeWriter(out, law.nodes(), memoryBytes, threads)) {
            for (long pair : graph.pairs()) {
                int one = (int) (pair >>> Integer.SIZE);
                int other = (int) pair;
                writer.edge(one, other);
                writer.edge(other, one);
            }
            if (law.features() > 0) {
                listener.stage("writing features", law.nodes());
                writer.column("x", ColumnType.FLOAT32, law.features(), file -> features(file, listener));
            }
            writer.column("y", ColumnType.INT64, 1, file -> integers(file, graph::label));
            writer.column("comm", ColumnType.INT64, 1, file -> integers(file, graph::community));
            writer.column("train_mask", ColumnType.INT64, 1, file -> integers(file, this::mask));
            return writer.commit(true, listener);
        }
    }

    /// Makes a folder of arrays.
    ///
    /// @throws dev.hypha.graph.InputException if there is something at its place
    public void numpy(Path out, ImportListener listener) throws IOException {
        try (PartialFolder folder = PartialFolder.create(out, "--npy")) {
            Path partial = folder.partial();
            long[] offsets = offsets();
            array(partial, "indptr", NumpyType.INT64, offsets.length, i -> offsets[i]);
            int[] indices = indices(offsets);
            array(partial, "indices", NumpyType.INT32, indices.length, i -> indices[i]);
            array(partial, "y", NumpyType.INT32, law.nodes(), graph::label);
            array(partial, "comm", NumpyType.INT32, law.nodes(), graph::community);
            array(partial, "train_mask", NumpyType.UINT8, law.nodes(), this::mask);
            listener.stage("writing features", law.nodes());
            Path x = partial.resolve("x.npy");
            try (NumpyWriter file = new NumpyWriter(x, NumpyType.FLOAT32, law.nodes(), law.features())) {
                float[] row = new float[law.features()];
                for (int node = 0; node < law.nodes(); node++) {
                    graph.features(node, row);
                    file.floats(row);
                    listener.at(node);
                }
                file.finish();
            }
            folder.commit();
        }
    }

    private long mask(int node) {
        return graph.inTraining(node) ? 1 : 0;
    }

    private long[] offsets() {
        long[] offsets = new long[law.nodes() + 1];
        for (long pair : graph.pairs()) {
            offsets[(int) (pair >>> Integer.SIZE) + 1]++;
            offsets[(int) pair + 1]++;
        }
        for (int node = 0; node < law.nodes(); node++) {
            offsets[node + 1] += offsets[node];
        }
        return offsets;
    }

    /// Pairs are in order, so two walks over them fill each row in order: first what is below the node, then
    /// above it.
    private int[] indices(long[] offsets) {
        int[] indices = new int[Math.toIntExact(offsets[law.nodes()])];
        long[] next = offsets.clone();
        for (long pair : graph.pairs()) {
            indices[(int) next[(int) pair]++] = (int) (pair >>> Integer.SIZE);
        }
        for (long pair : graph.pairs()) {
            indices[(int) next[(int) (pair >>> Integer.SIZE)]++] = (int) pair;
        }
        return indices;
    }

    private void features(DataFileWriter file, ImportListener listener) throws IOException {
        float[] row = new float[law.features()];
        for (int node = 0; node < law.nodes(); node++) {
            graph.features(node, row);
            file.floats(row, 0, row.length);
            listener.at(node);
        }
    }

    private void integers(DataFileWriter file, IntToLongFunction values) throws IOException {
        long[] row = new long[1];
        for (int node = 0; node < law.nodes(); node++) {
            row[0] = values.applyAsLong(node);
            file.longs(row, 0, 1);
        }
    }

    private static void array(Path folder, String name, NumpyType type, int length, IntToLongFunction values)
            throws IOException {
        try (NumpyWriter file = new NumpyWriter(folder.resolve(name + ".npy"), type, length)) {
            for (int i = 0; i < length; i++) {
                file.integer(values.applyAsLong(i));
            }
            file.finish();
        }
    }
}
