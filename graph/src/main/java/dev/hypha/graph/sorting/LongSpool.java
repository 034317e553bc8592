package dev.hypha.graph.sorting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/// Any number of longs in the order of adding: in memory while there is some, then on disk. For one thread.
public final class LongSpool implements AutoCloseable {
    private static final int CHUNK = 1 << 14;
    private static final int CHUNK_BYTES = CHUNK * Long.BYTES;

    private final Scratch scratch;
    /// Those in memory; the ones on disk follow them.
    private final List<long[]> chunks = new ArrayList<>();

    private long[] chunk = new long[CHUNK];
    private int used;
    private long size;
    private FileChannel file;
    /// Where in the file the chunks that were in memory lie, and how many they are; the others are before them.
    private long movedTo;

    private int moved;
    private ByteBuffer buffer;
    private Arena arena;
    private MemorySegment mapped;

    public LongSpool(Scratch scratch) {
        this.scratch = scratch;
        scratch.know(this);
    }

    public void add(long value) {
        if (used == CHUNK) {
            put();
        }
        chunk[used++] = value;
        size++;
    }

    public long size() {
        return size;
    }

    /// The value at an index. After the first call nothing may be added.
    public long get(long index) {
        long at = index / CHUNK;
        if (at < chunks.size()) {
            return chunks.get((int) at)[(int) (index % CHUNK)];
        }
        if (index >= size - used) {
            return chunk[(int) (index % CHUNK)];
        }
        return disk().getAtIndex(ValueLayout.JAVA_LONG, inFile(index));
    }

    /// Copies values from an index on, as many as there are and fit.
    ///
    /// @return how many; 0 at the end
    public int read(long from, long[] into) {
        int done = 0;
        while (done < into.length && from + done < size) {
            long at = from + done;
            int inChunk = (int) (at % CHUNK);
            int part = (int) Math.min(Math.min(CHUNK - inChunk, into.length - done), size - at);
            copy(at, inChunk, into, done, part);
            done += part;
        }
        return done;
    }

    private void copy(long at, int inChunk, long[] into, int to, int count) {
        if (at / CHUNK < chunks.size()) {
            System.arraycopy(chunks.get((int) (at / CHUNK)), inChunk, into, to, count);
        } else if (at >= size - used) {
            System.arraycopy(chunk, inChunk, into, to, count);
        } else {
            load(inFile(at), into, to, count);
        }
    }

    /// Where in the file, in longs, the value at an index is.
    private long inFile(long index) {
        long chunkAt = index / CHUNK;
        long place = chunkAt < moved ? movedTo + chunkAt : chunkAt - moved - chunks.size();
        return place * CHUNK + index % CHUNK;
    }

    /// Puts what is in memory on disk. Nothing may be added afterwards.
    void toDisk() throws IOException {
        if (chunks.isEmpty()) {
            return;
        }
        movedTo = file == null ? 0 : file.size() / CHUNK_BYTES;
        for (long[] each : chunks) {
            write(each);
        }
        moved = chunks.size();
        chunks.clear();
        scratch.give((long) moved * CHUNK_BYTES);
        if (arena != null) {
            arena.close();
            arena = null;
            mapped = null;
        }
    }

    /// Reads from disk without mapping it: who goes through in order does not need the pages again.
    private void load(long offset, long[] into, int to, int count) {
        buffer.clear().limit(count * Long.BYTES);
        try {
            while (buffer.hasRemaining()) {
                if (file.read(buffer, offset * Long.BYTES + buffer.position()) < 0) {
                    throw new IOException("a scratch file ends at " + offset);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.flip().asLongBuffer().get(into, to, count);
    }

    /// Gives memory and disk back.
    @Override
    public void close() {
        scratch.forget(this);
        scratch.give((long) chunks.size() * CHUNK_BYTES);
        chunks.clear();
        try {
            if (arena != null) {
                arena.close();
                arena = null;
            }
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts a full chunk away.
    private void put() {
        if (file == null && scratch.take(CHUNK_BYTES)) {
            chunks.add(chunk);
            chunk = new long[CHUNK];
        } else {
            spill();
        }
        used = 0;
    }

    private void spill() {
        try {
            write(chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(long[] full) throws IOException {
        if (file == null) {
            file = scratch.file();
            buffer = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.nativeOrder());
        }
        buffer.clear();
        buffer.asLongBuffer().put(full);
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        scratch.spilled(CHUNK_BYTES);
    }

    private MemorySegment disk() {
        if (mapped == null) {
            try {
                arena = Arena.ofShared();
                mapped = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return mapped;
    }
}
