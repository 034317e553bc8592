package dev.hypha.graph;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The edges of one type while a graph is being built, in any order; off-heap, freed when the builder is closed.
public final class EdgeList {
    private static final int FIRST_CHUNK = 1 << 10;
    private static final int LARGEST_CHUNK = 1 << 20;

    private final Arena arena;
    private final int sources;
    private final int targets;
    private final List<MemorySegment> chunks = new ArrayList<>();
    private MemorySegment chunk = MemorySegment.NULL;
    private int capacity;
    private int used;
    private long size;

    EdgeList(Arena arena, int sources, int targets) {
        this.arena = arena;
        this.sources = sources;
        this.targets = targets;
    }

    /// Adds an edge along which a message goes from `source` to `target`. The same pair may be added more than once.
    ///
    /// @throws IndexOutOfBoundsException if either is no node of its type
    public void add(int source, int target) {
        Objects.checkIndex(source, sources);
        Objects.checkIndex(target, targets);
        if (used == capacity) {
            grow();
        }
        chunk.setAtIndex(ValueLayout.JAVA_LONG, used++, (long) source << 32 | target);
        size++;
    }

    /// How many edges were added.
    public long size() {
        return size;
    }

    Edges asGiven() {
        return this::forEach;
    }

    Edges reversed() {
        return visitor -> forEach((source, target) -> visitor.visit(target, source));
    }

    private void forEach(Visitor visitor) {
        long left = size;
        for (MemorySegment each : chunks) {
            long here = Math.min(left, each.byteSize() / Long.BYTES);
            for (long i = 0; i < here; i++) {
                long pair = each.getAtIndex(ValueLayout.JAVA_LONG, i);
                visitor.visit((int) (pair >>> 32), (int) pair);
            }
            left -= here;
        }
    }

    private void grow() {
        capacity = capacity == 0 ? FIRST_CHUNK : Math.min(LARGEST_CHUNK, capacity * 2);
        chunk = arena.allocate(ValueLayout.JAVA_LONG, capacity);
        chunks.add(chunk);
        used = 0;
    }

    /// Edges in one of their two directions, to be walked any number of times.
    @FunctionalInterface
    interface Edges {
        void forEach(Visitor visitor);
    }

    /// What is done with each edge.
    @FunctionalInterface
    interface Visitor {
        void visit(int source, int target);
    }
}
