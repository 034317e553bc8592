package dev.hypha.graph.importing;

import dev.hypha.graph.importing.Ids.Numbering;
import dev.hypha.graph.sorting.LongSpool;
import dev.hypha.graph.sorting.RunSorter;
import dev.hypha.graph.sorting.Scratch;
import dev.hypha.graph.sorting.Sorted;
import dev.hypha.graph.store.StoreWriter;
import dev.hypha.graph.store.v1.DataFileWriter;
import dev.hypha.graph.store.v1.FileNames;
import dev.hypha.graph.store.v1.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The second pass over the edges of one type: tokens become numbers, edges are sorted by target and written,
/// and again by source for the type that reverses them.
///
/// Where there are columns, the number of its row goes along with each edge in the first sort, and its position
/// there in the second.
final class EdgeSort {
    private static final int BUFFER = 1 << 13;
    /// What the reverse of an edge type is called.
    static final String REVERSED = " reversed";

    private final String name;
    private final EdgeRows rows;
    private final Ways ways;
    private final boolean deduplicate;
    private final StoreWriter writer;
    private final Scratch scratch;
    private final int threads;
    private final boolean valued;
    /// True where the second sort is fed by what the first one gives.
    private final boolean inTurn;

    private long selfLoops;
    private long duplicates;

    /// @param name of the edge type
    /// @param deduplicate true to store edges with the same ends once, with the first one's columns
    EdgeSort(
            String name,
            EdgeRows rows,
            Ways ways,
            boolean deduplicate,
            StoreWriter writer,
            Scratch scratch,
            int threads) {
        this.name = name;
        this.rows = rows;
        this.ways = ways;
        this.deduplicate = deduplicate;
        this.writer = writer;
        this.scratch = scratch;
        this.threads = threads;
        this.valued = !rows.columns().isEmpty();
        this.inTurn = valued || deduplicate;
    }

    /// One end of the edges.
    ///
    /// @param type its index
    /// @param ordering in which neighbors of this type are listed
    record End(int type, Numbering numbers, Ordering ordering) {}

    /// @param edgeType the index that the type gets; its reverse gets the next
    Imported.Edges write(int edgeType, End source, End target, ImportListener listener) throws IOException {
        boolean own = ways != Ways.DIRECTED;
        try (RunSorter byTarget = new RunSorter(scratch, threads, valued);
                RunSorter bySource = own ? null : new RunSorter(scratch, threads, valued)) {
            listener.stage("numbering edges", rows.count());
            number(source, target, byTarget, inTurn ? null : bySource, listener);
            listener.stage("writing edges", byTarget.size());
            int targets = target.numbers().count();
            int sources = source.numbers().count();
            int reverse = own ? edgeType : edgeType + 1;
            SideTask reversing = own || inTurn
                    ? SideTask.NONE
                    : SideTask.start(() -> writeReversed(bySource.finish(), reverse, sources, target.ordering()));
            long stored;
            try (reversing) {
                RunSorter next = inTurn ? bySource : null;
                stored = write(byTarget.finish(), edgeType, targets, source.ordering(), target.ordering(), next);
            }
            writer.edges(name, source.type(), target.type(), stored, reverse, false);
            columns(edgeType);
            if (!own) {
                if (inTurn) {
                    writeReversed(bySource.finish(), reverse, sources, target.ordering());
                }
                writer.edges(name + REVERSED, target.type(), source.type(), stored, edgeType, valued);
            }
            return new Imported.Edges(name, rows.count(), stored, selfLoops, duplicates);
        }
    }

    /// Turns tokens into the keys of the first sort, and of the second where it is given.
    private void number(End source, End target, RunSorter byTarget, RunSorter bySource, ImportListener listener) {
        boolean both = ways == Ways.BOTH;
        boolean sameType = source.type() == target.type();
        LongSpool ends = rows.ends();
        long[] tokens = new long[BUFFER];
        long row = 0;
        for (int count = ends.read(0, tokens); count > 0; count = ends.read(2 * row, tokens)) {
            for (int i = 0; i < count; i += 2, row++) {
                int from = source.numbers().number(tokens[i]);
                int to = target.numbers().number(tokens[i + 1]);
                byTarget.add(AdjacencyFiles.key(to, source.ordering().rankOf(from)), row);
                if (bySource != null) {
                    bySource.add(AdjacencyFiles.key(from, target.ordering().rankOf(to)));
                }
                boolean loop = sameType && from == to;
                selfLoops += loop ? 1 : 0;
                if (both && !loop) {
                    byTarget.add(AdjacencyFiles.key(from, target.ordering().rankOf(to)), row);
                }
            }
            listener.at(row);
        }
    }

    /// Writes edges by target, with their columns, and gives each to the second sort.
    private long write(
            Sorted edges, int edgeType, int targets, Ordering sources, Ordering ofTargets, RunSorter bySource)
            throws IOException {
        List<ValueWriter> values = begin(edgeType);
        long[] keys = new long[BUFFER];
        long[] rowOf = valued ? new long[BUFFER] : null;
        long last = -1;
        try (AdjacencyFiles files = new AdjacencyFiles(writer, edgeType, targets, sources)) {
            for (int count = edges.next(keys, rowOf); count > 0; count = edges.next(keys, rowOf)) {
                for (int i = 0; i < count; i++) {
                    boolean again = keys[i] == last;
                    last = keys[i];
                    duplicates += again ? 1 : 0;
                    if (again && deduplicate) {
                        continue;
                    }
                    long position = files.edges();
                    int source = files.add(keys[i]);
                    for (int column = 0; column < values.size(); column++) {
                        values.get(column).add(rows.columns().get(column).value(rowOf[i]));
                    }
                    if (bySource != null) {
                        int rank = ofTargets.rankOf((int) (keys[i] >>> Integer.SIZE));
                        bySource.add(AdjacencyFiles.key(source, rank), position);
                    }
                }
            }
            files.end();
            for (ValueWriter value : values) {
                writer.end(value.finished());
            }
            return files.edges();
        } finally {
            for (ValueWriter value : values) {
                value.close();
            }
        }
    }

    private void writeReversed(Sorted edges, int edgeType, int targets, Ordering sources) throws IOException {
        long[] keys = new long[BUFFER];
        long[] positions = valued ? new long[BUFFER] : null;
        DataFileWriter positionFile = valued ? writer.begin(FileNames.positions(edgeType), Kind.POSITIONS) : null;
        try (AdjacencyFiles files = new AdjacencyFiles(writer, edgeType, targets, sources);
                positionFile) {
            for (int count = edges.next(keys, positions); count > 0; count = edges.next(keys, positions)) {
                for (int i = 0; i < count; i++) {
                    files.add(keys[i]);
                }
                if (positionFile != null) {
                    positionFile.longs(positions, 0, count);
                }
            }
            files.end();
            if (positionFile != null) {
                writer.end(positionFile);
            }
        }
    }

    private List<ValueWriter> begin(int edgeType) throws IOException {
        List<ValueWriter> begun = new ArrayList<>();
        for (int i = 0; i < rows.columns().size(); i++) {
            String file = FileNames.column(FileNames.edges(edgeType), i);
            begun.add(rows.columns().get(i).begin(writer, file));
        }
        return begun;
    }

    private void columns(int edgeType) {
        for (ColumnSpool column : rows.columns()) {
            writer.edgeColumn(edgeType, column.name(), column.type(), 1);
        }
    }
}
