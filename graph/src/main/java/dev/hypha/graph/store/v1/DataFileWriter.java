package dev.hypha.graph.store.v1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Writes one file of a store from its beginning to its end, block by block; see [DataFile] for the layout.
///
/// Whoever writes a file of a kind calls the method of its element type only. For one thread.
public final class DataFileWriter implements AutoCloseable {
    private final String name;
    private final Kind kind;
    private final FileChannel channel;
    private final ByteBuffer block =
            ByteBuffer.allocateDirect(DataFile.BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private int[] sums = new int[16];
    private int blocks;
    private long length;

    /// Begins a file, which must not be there yet.
    public DataFileWriter(Path folder, String name, Kind kind) throws IOException {
        this.name = name;
        this.kind = kind;
        this.channel = FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.position(DataFile.HEADER_BYTES);
    }

    public void longs(long[] values, int from, int count) throws IOException {
        for (int done = 0; done < count; ) {
            int part = Math.min(count - done, block.remaining() / Long.BYTES);
            block.asLongBuffer().put(values, from + done, part);
            done += advance(part, Long.BYTES);
        }
    }

    public void ints(int[] values, int from, int count) throws IOException {
        for (int done = 0; done < count; ) {
            int part = Math.min(count - done, block.remaining() / Integer.BYTES);
            block.asIntBuffer().put(values, from + done, part);
            done += advance(part, Integer.BYTES);
        }
    }

    public void floats(float[] values, int from, int count) throws IOException {
        for (int done = 0; done < count; ) {
            int part = Math.min(count - done, block.remaining() / Float.BYTES);
            block.asFloatBuffer().put(values, from + done, part);
            done += advance(part, Float.BYTES);
        }
    }

    public void doubles(double[] values, int from, int count) throws IOException {
        for (int done = 0; done < count; ) {
            int part = Math.min(count - done, block.remaining() / Double.BYTES);
            block.asDoubleBuffer().put(values, from + done, part);
            done += advance(part, Double.BYTES);
        }
    }

    public void bytes(byte[] values, int from, int count) throws IOException {
        for (int done = 0; done < count; ) {
            int part = Math.min(count - done, block.remaining());
            block.put(values, from + done, part);
            done += advance(part, 0);
        }
    }

    /// Writes what is left, the checksums and the header. Nothing may be written afterwards.
    public FileEntry finish() throws IOException {
        if (block.position() > 0) {
            flush();
        }
        ByteBuffer list = ByteBuffer.allocate((blocks + 1) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < blocks; i++) {
            list.putInt(sums[i]);
        }
        int checksum = sum(list.duplicate().flip());
        write(list.putInt(checksum).flip());
        channel.position(0);
        write(header());
        return new FileEntry(name, kind, length, checksum);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(DataFile.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(DataFile.MAGIC);
        header.putInt(DataFile.VERSION_AT, DataFile.VERSION);
        header.putInt(DataFile.KIND_AT, kind.code());
        header.putLong(DataFile.LENGTH_AT, length);
        int sum = sum(header.duplicate().position(0).limit(DataFile.HEADER_SUM_AT));
        return header.putInt(DataFile.HEADER_SUM_AT, sum).rewind();
    }

    /// Counts elements that were put through a view of the block, which does not move the block itself.
    private int advance(int elements, int width) throws IOException {
        block.position(block.position() + elements * width);
        if (!block.hasRemaining()) {
            flush();
        }
        return elements;
    }

    private void flush() throws IOException {
        block.flip();
        if (blocks == sums.length) {
            sums = Arrays.copyOf(sums, 2 * blocks);
        }
        sums[blocks++] = sum(block.duplicate());
        length += block.remaining();
        write(block);
        block.clear();
    }

    private static int sum(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
