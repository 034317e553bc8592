package dev.hypha.bench;

import dev.hypha.graph.InputException;
import dev.hypha.graph.generating.PowerLaw;
import dev.hypha.graph.generating.PowerLawGraph;
import dev.hypha.graph.reading.NumpyArray;
import dev.hypha.graph.reading.NumpyFolder;
import dev.hypha.graph.store.GraphStore;
import dev.hypha.learn.data.Arcs;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.NodeFiles;
import dev.hypha.learn.data.NodeLabels;
import dev.hypha.learn.data.NodeReader;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/// Where graphs to bench on come from.
public final class BenchGraphs {
    private static final int NODES = 200_000;

    private BenchGraphs() {}

    /// A power-law graph with planted communities: 200,000 nodes, 4,000,000 directed edges, 128 features, 40 classes.
    public static BenchGraph generated(Memory memory, long seed) {
        return of(PowerLaw.sized(NODES, seed), memory);
    }

    static BenchGraph of(PowerLaw law, Memory memory) {
        PowerLawGraph made = PowerLawGraph.of(law);
        int nodes = law.nodes();
        Matrix features = Matrix.of(memory, Purpose.FEATURES, nodes, law.features());
        float[] row = new float[law.features()];
        for (int node = 0; node < nodes; node++) {
            made.features(node, row);
            features.slice(node, node + 1).copyFrom(row);
        }
        int[] classes = IntStream.range(0, nodes).map(made::label).toArray();
        int[] training = IntStream.range(0, nodes).filter(made::inTraining).toArray();
        return new BenchGraph(
                "power law",
                Arcs.edges(Arcs.bothWays(nodes, made.pairs())),
                features,
                classes,
                law.classes(),
                training);
    }

    /// A folder of numpy arrays, or of tables as [NodeFiles] describes them.
    ///
    /// @throws InputException for a folder that is neither, and for what is wrong in it
    public static BenchGraph read(Path folder, Memory memory) throws IOException {
        if (NumpyFolder.is(folder)) return numpy(folder, memory);
        if (NodeFiles.in(folder)) return tables(folder, memory);
        throw new InputException(
                "no-graph",
                Files.isDirectory(folder)
                        ? folder + " holds neither indptr.npy nor nodes.csv"
                        : "there is no folder " + folder,
                Map.of("folder", folder.toString()),
                GraphStore.isStore(folder)
                        ? "It is a graph store, and arrays or tables are read here: see hypha bench --help."
                        : "Make one with hypha generate powerlaw --npy, or see hypha bench --help for what it may hold.");
    }

    /// All edges without direction; trained on are the training nodes of the first split, or else all with a label.
    private static BenchGraph tables(Path folder, Memory memory) {
        NodeData data = NodeReader.read(NodeFiles.of(folder, NodeFiles.Columns.USUAL), memory);
        NodeLabels target = data.target();
        int[] classes = new int[data.nodes()];
        for (int i = 0; i < classes.length; i++) classes[i] = target.known(i) ? (int) data.labels()[i] : 0;
        int[] training = data.splits().isEmpty()
                ? IntStream.range(0, data.nodes()).filter(target::known).toArray()
                : data.splits().getFirst().train();
        if (training.length == 0) {
            data.close();
            throw new InputException(
                    "no-training-nodes",
                    folder + " has no node to train on",
                    Map.of("folder", folder.toString()),
                    "Write train in the column split of some.");
        }
        int count = target.names().size();
        return new BenchGraph(data.name(), data.edges(), data.features(), classes, count, training);
    }

    /// A folder of numpy arrays: `indptr` and `indices` (row u, column v: u hears from v), `x` float32, `y` classes,
    /// `train_mask` where there is one (otherwise all nodes are trained on).
    ///
    /// @throws InputException for an array that is missing or does not fit
    static BenchGraph numpy(Path folder, Memory memory) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            NumpyFolder read = NumpyFolder.open(folder, arena);
            int nodes = read.nodes();
            int[] offsets = integers(read.indptr());
            int[] sources = integers(read.indices());
            NumpyArray x = column(read, "x");
            Matrix features = Matrix.of(memory, Purpose.FEATURES, nodes, (int) x.width());
            for (long i = 0; i < features.size(); i++) features.put(i, (float) x.number(i));
            int[] classes = classes(column(read, "y"));
            NumpyArray mask = read.columns().get("train_mask");
            int[] training = IntStream.range(0, nodes)
                    .filter(node -> mask == null || mask.integer(node) != 0)
                    .toArray();
            int count = Arrays.stream(classes).max().orElse(0) + 1;
            return new BenchGraph(
                    folder.toAbsolutePath().normalize().getFileName().toString(),
                    Arcs.edges(new Csr(nodes, nodes, offsets, sources)),
                    features,
                    classes,
                    count,
                    training);
        }
    }

    private static NumpyArray column(NumpyFolder folder, String name) {
        NumpyArray column = folder.columns().get(name);
        if (column != null) return column;
        throw new InputException(
                "no-array",
                folder.folder() + " has no array " + name + ".npy with a row per node",
                Map.of("folder", folder.folder().toString(), "array", name),
                "Make such a folder with hypha generate powerlaw --npy.");
    }

    /// Numbers from 0 on without large gaps: each number up to the largest is a class.
    private static int[] classes(NumpyArray y) {
        for (long node = 0; y.type().integer() && node < y.length(); node++) {
            long found = y.integer(node);
            if (found < 0 || found >= y.length()) throw noClass(y, "says class " + found + " of node " + node);
        }
        if (!y.type().integer() || y.width() > 1) throw noClass(y, "holds no integer per node");
        return integers(y);
    }

    private static InputException noClass(NumpyArray y, String problem) {
        return new InputException(
                "wrong-array",
                y.file() + " " + problem,
                Map.of("file", y.file().toString()),
                "Number the classes 0, 1, ..., fewer than there are nodes.");
    }

    private static int[] integers(NumpyArray array) {
        int[] all = new int[Math.toIntExact(array.length())];
        for (int i = 0; i < all.length; i++) all[i] = Math.toIntExact(array.integer(i));
        return all;
    }
}
