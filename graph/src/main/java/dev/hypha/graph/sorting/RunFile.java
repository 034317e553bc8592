package dev.hypha.graph.sorting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicLong;

/// The file that sorted runs go to when memory is short; one for all runs of a sorter. For any number of
/// threads.
final class RunFile implements AutoCloseable {
    private static final int PIECE = 1 << 13;

    private final Scratch scratch;
    private final FileChannel channel;
    private final AtomicLong end = new AtomicLong();

    RunFile(Scratch scratch) {
        this.scratch = scratch;
        try {
            channel = scratch.file();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Run write(long[] keys, long[] values, int count) {
        long bytes = (long) count * Long.BYTES * (values == null ? 1 : 2);
        long at = end.getAndAdd(bytes);
        write(at, keys, count);
        if (values != null) {
            write(at + (long) count * Long.BYTES, values, count);
        }
        scratch.spilled(bytes);
        return new Run.OnDisk(this, at, count);
    }

    private void write(long at, long[] from, int count) {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE * Long.BYTES).order(ByteOrder.nativeOrder());
        for (int done = 0; done < count; done += PIECE) {
            int part = Math.min(PIECE, count - done);
            buffer.clear().limit(part * Long.BYTES);
            buffer.asLongBuffer().put(from, done, part);
            long position = at + (long) done * Long.BYTES;
            try {
                while (buffer.hasRemaining()) {
                    position += channel.write(buffer, position);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void read(long at, long[] into, int count) {
        ByteBuffer buffer = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.nativeOrder());
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, at + buffer.position()) < 0) {
                    throw new IOException("a scratch file ends at " + at);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.flip().asLongBuffer().get(into, 0, count);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
