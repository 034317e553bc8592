package dev.hypha.tensor.kernels.vector;

import java.lang.foreign.Arena;
import jdk.incubator.vector.FloatVector;

/// Puts the numbers of each head that entries refer to one after the other into scratch space, so that
/// vectors over them are full however few heads there are. The place of an entry has room for a number of
/// heads that is a power of two; what is left over in it holds anything.
///
/// One method per width, each with its own kind of vector: a kind that is a variable is not compiled to
/// instructions.
final class HeadGather {
    private static final long ZEROS =
            Arena.global().allocate(4L * Lanes.COUNT, 4L * Lanes.COUNT).address();

    private final int heads;
    private final int room;
    private final int[] offsets;
    private final int[] indices;

    /// @param room numbers from one entry's place to the next one's: a power of two, at least `heads`
    HeadGather(int heads, int room, int[] offsets, int[] indices) {
        this.heads = heads;
        this.room = room;
        this.offsets = offsets;
        this.indices = indices;
    }

    /// The others' numbers for the entries of a tile of rows.
    ///
    /// @param others address of the numbers of the first row that entries refer to, with its step in bytes
    /// @param out address of the place of the tile's first entry
    void copies(long others, long step, int start, int end, long out) {
        sums(ZEROS, 0, others, step, start, end, out);
    }

    /// own + others.
    ///
    /// @param own address of what would be the numbers of row 0, with its step in bytes
    void sums(long own, long ownStep, long others, long step, int start, int end, long out) {
        if (heads == room && room == 4) four(own, ownStep, others, step, start, end, out);
        else if (heads == room && room == 8) eight(own, ownStep, others, step, start, end, out);
        else if (heads == room && room == 16) sixteen(own, ownStep, others, step, start, end, out);
        else {
            for (int h = 0; h < heads; h++) {
                one(own + 4L * h, ownStep, others + 4L * h, step, start, end, out + 4L * h);
            }
        }
    }

    private void one(long own, long ownStep, long others, long step, int start, int end, long out) {
        int[] ends = offsets;
        int[] rows = indices;
        long bytes = 4L * room;
        long o = out;
        for (int r = start; r < end; r++) {
            float mine = Lanes.number((own + r * ownStep) & Lanes.ADDRESS);
            for (int e = ends[r]; e < ends[r + 1]; e++) {
                Lanes.put(mine + Lanes.number((others + rows[e] * step) & Lanes.ADDRESS), o & Lanes.ADDRESS);
                o += bytes;
            }
        }
    }

    private void four(long own, long ownStep, long others, long step, int start, int end, long out) {
        int[] ends = offsets;
        int[] rows = indices;
        long o = out;
        for (int r = start; r < end; r++) {
            FloatVector mine = Lanes.at(FloatVector.SPECIES_128, (own + r * ownStep) & Lanes.ADDRESS);
            for (int e = ends[r]; e < ends[r + 1]; e++) {
                FloatVector their = Lanes.at(FloatVector.SPECIES_128, (others + rows[e] * step) & Lanes.ADDRESS);
                Lanes.put(mine.add(their), o & Lanes.ADDRESS);
                o += 16;
            }
        }
    }

    private void eight(long own, long ownStep, long others, long step, int start, int end, long out) {
        int[] ends = offsets;
        int[] rows = indices;
        long o = out;
        for (int r = start; r < end; r++) {
            FloatVector mine = Lanes.at(FloatVector.SPECIES_256, (own + r * ownStep) & Lanes.ADDRESS);
            for (int e = ends[r]; e < ends[r + 1]; e++) {
                FloatVector their = Lanes.at(FloatVector.SPECIES_256, (others + rows[e] * step) & Lanes.ADDRESS);
                Lanes.put(mine.add(their), o & Lanes.ADDRESS);
                o += 32;
            }
        }
    }

    private void sixteen(long own, long ownStep, long others, long step, int start, int end, long out) {
        int[] ends = offsets;
        int[] rows = indices;
        long o = out;
        for (int r = start; r < end; r++) {
            FloatVector mine = Lanes.at(FloatVector.SPECIES_512, (own + r * ownStep) & Lanes.ADDRESS);
            for (int e = ends[r]; e < ends[r + 1]; e++) {
                FloatVector their = Lanes.at(FloatVector.SPECIES_512, (others + rows[e] * step) & Lanes.ADDRESS);
                Lanes.put(mine.add(their), o & Lanes.ADDRESS);
                o += 64;
            }
        }
    }
}
