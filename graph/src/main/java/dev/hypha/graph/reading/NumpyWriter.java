package dev.hypha.graph.reading;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/// Writes a numpy array to a `.npy` file of version 1, element by element in row-major order. For one thread.
public final class NumpyWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 18;
    private static final int ALIGNMENT = 64;
    private static final int BEFORE_HEAD = 10;

    private final NumpyType type;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long left;

    /// Begins a file, which must not be there yet.
    ///
    /// @param shape one or two lengths
    public NumpyWriter(Path file, NumpyType type, long... shape) throws IOException {
        this.type = type;
        this.left = 1;
        StringBuilder lengths = new StringBuilder();
        for (long length : shape) {
            left *= length;
            lengths.append(length).append(shape.length == 1 ? "," : ", ");
        }
        String tuple = shape.length == 1 ? lengths.toString() : lengths.substring(0, lengths.length() - 2);
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        head(String.format(
                Locale.ROOT, "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", type.descr(), tuple));
    }

    /// Adds an element of an array of integers.
    public void integer(long value) throws IOException {
        room();
        switch (type) {
            case INT8, UINT8, BOOL -> buffer.put((byte) value);
            case INT16 -> buffer.putShort((short) value);
            case INT32 -> buffer.putInt((int) value);
            case INT64 -> buffer.putLong(value);
            case FLOAT32, FLOAT64 -> throw new IllegalStateException("an array of " + type + " holds no integers");
        }
    }

    /// Adds elements of an array of float32.
    public void floats(float[] values) throws IOException {
        for (float value : values) {
            room();
            buffer.putFloat(value);
        }
    }

    /// Completes the file.
    ///
    /// @throws IllegalStateException if elements are missing
    public void finish() throws IOException {
        if (left != 0) {
            throw new IllegalStateException(left + " elements are missing");
        }
        flush();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Elements begin at a multiple of 64 bytes.
    private void head(String dictionary) {
        int length = dictionary.length() + 1;
        int padding = (ALIGNMENT - (BEFORE_HEAD + length) % ALIGNMENT) % ALIGNMENT;
        buffer.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        buffer.putShort((short) (length + padding));
        buffer.put((dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void room() throws IOException {
        if (left-- <= 0) {
            throw new IllegalStateException("more elements than the shape has");
        }
        if (buffer.remaining() < type.bytes()) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
