package dev.hypha.graph.importing;

import dev.hypha.graph.store.StoreWriter;
import dev.hypha.graph.store.v1.DataFileWriter;
import dev.hypha.graph.store.v1.FileNames;
import dev.hypha.graph.store.v1.Kind;
import java.io.IOException;

/// Writes the offsets and sources of one edge type from its edges in order.
final class AdjacencyFiles implements AutoCloseable {
    private static final int BUFFER = 1 << 13;

    private final StoreWriter writer;
    private final DataFileWriter offsetFile;
    private final DataFileWriter sourceFile;
    private final Ordering ordering;
    private final int targets;
    private final long[] offsets = new long[BUFFER];
    private final int[] sources = new int[BUFFER];
    private int usedOffsets;
    private int usedSources;
    /// The target whose list is being written; its offset is written already.
    private int target = -1;
    private long edges;

    /// @param ordering of the sources
    AdjacencyFiles(StoreWriter writer, int edgeType, int targets, Ordering ordering) throws IOException {
        this.writer = writer;
        this.offsetFile = writer.begin(FileNames.offsets(edgeType), Kind.OFFSETS);
        this.sourceFile = writer.begin(FileNames.sources(edgeType), Kind.SOURCES);
        this.targets = targets;
        this.ordering = ordering;
    }

    /// The key by which edges come in order.
    static long key(int target, int rankOfSource) {
        return (long) target << Integer.SIZE | rankOfSource;
    }

    /// Writes the edge of a key and all offsets up to its target's.
    ///
    /// @return the source
    int add(long key) throws IOException {
        reach((int) (key >>> Integer.SIZE));
        if (usedSources == BUFFER) {
            flushSources();
        }
        int source = ordering.nodeAt((int) key);
        sources[usedSources++] = source;
        edges++;
        return source;
    }

    long edges() {
        return edges;
    }

    /// Completes both files.
    void end() throws IOException {
        reach(targets);
        offsetFile.longs(offsets, 0, usedOffsets);
        flushSources();
        writer.end(offsetFile);
        writer.end(sourceFile);
    }

    @Override
    public void close() throws IOException {
        offsetFile.close();
        sourceFile.close();
    }

    private void reach(int next) throws IOException {
        while (target < next) {
            if (usedOffsets == BUFFER) {
                offsetFile.longs(offsets, 0, usedOffsets);
                usedOffsets = 0;
            }
            offsets[usedOffsets++] = edges;
            target++;
        }
    }

    private void flushSources() throws IOException {
        sourceFile.ints(sources, 0, usedSources);
        usedSources = 0;
    }
}
