package dev.hypha.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.hypha.tensor.safetensors.Header;
import dev.hypha.tensor.safetensors.HeaderException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.CRC32C;

/// A safetensors file: named matrices of float32 or bfloat16 and some text about them.
///
/// Layout: 8 bytes with the header's length n, little endian; n bytes of JSON, from each name to dtype, shape and the
/// range of bytes in the data, and from `__metadata__` to strings; then the data, without gaps. Every file written
/// here carries a CRC-32C of the data in its metadata, under `hypha.crc32c`; it is checked on reading if it is there.
public final class Safetensors {
    private static final String CHECKSUM = "hypha.crc32c";
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final Header header;
    private final long dataStart;

    private Safetensors(Path file, Header header, long dataStart) {
        this.file = file;
        this.header = header;
        this.dataStart = dataStart;
    }

    /// Writes beside the file and then renames, so that a reader sees the old file or the new one, whole.
    ///
    /// @param metadata strings to keep with it
    /// @param tensors each a [Matrix] or a [Bfloat16Matrix]: the format has no place for sparse ones
    public static void write(Path file, Map<String, ? extends StoredMatrix> tensors, Map<String, String> metadata)
            throws IOException {
        CRC32C checksum = new CRC32C();
        for (StoredMatrix m : tensors.values()) update(checksum, segment(m));
        Map<String, String> described = new LinkedHashMap<>(metadata);
        described.put(CHECKSUM, Long.toHexString(checksum.getValue()));
        byte[] text = Header.write(entries(tensors), described);
        Path beside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel out = FileChannel.open(beside, CREATE_NEW, WRITE)) {
                ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                writeAll(out, length.putLong(text.length).flip());
                writeAll(out, ByteBuffer.wrap(text));
                for (StoredMatrix m : tensors.values()) writeAll(out, segment(m));
                out.force(true);
            }
            Files.move(beside, file, ATOMIC_MOVE, REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static MemorySegment segment(StoredMatrix matrix) {
        return switch (matrix) {
            case Matrix m -> m.segment();
            case Bfloat16Matrix m -> m.segment();
            case SparseMatrix m -> throw new IllegalArgumentException(m + " has no place in a safetensors file");
        };
    }

    /// One after the other.
    private static Map<String, Header.Entry> entries(Map<String, ? extends StoredMatrix> tensors) {
        Map<String, Header.Entry> entries = new LinkedHashMap<>();
        long start = 0;
        for (Map.Entry<String, ? extends StoredMatrix> t : tensors.entrySet()) {
            StoredMatrix m = t.getValue();
            entries.put(t.getKey(), new Header.Entry(type(m), m.rows(), m.cols(), start));
            start += m.bytes();
        }
        return entries;
    }

    private static Header.Type type(StoredMatrix matrix) {
        return matrix instanceof Bfloat16Matrix ? Header.Type.BF16 : Header.Type.F32;
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) out.write(bytes);
    }

    private static void writeAll(FileChannel out, MemorySegment segment) throws IOException {
        for (long at = 0; at < segment.byteSize(); at += BUFFER_BYTES) {
            long bytes = Math.min(BUFFER_BYTES, segment.byteSize() - at);
            writeAll(out, segment.asSlice(at, bytes).asByteBuffer());
        }
    }

    private static void update(CRC32C checksum, MemorySegment segment) {
        for (long at = 0; at < segment.byteSize(); at += BUFFER_BYTES) {
            checksum.update(segment.asSlice(at, Math.min(BUFFER_BYTES, segment.byteSize() - at))
                    .asByteBuffer());
        }
    }

    /// Reads and checks the header, the file's size, and the checksum if there is one.
    ///
    /// @throws SafetensorsException if anything in it is not sound
    public static Safetensors read(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, READ)) {
            long size = in.size();
            if (size < Long.BYTES) throw new SafetensorsException(file, "it is cut off within the header's length");
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            readAll(file, in, length, 0);
            long bytes = length.flip().getLong();
            if (bytes < 2 || bytes > Header.LIMIT_BYTES) {
                throw new SafetensorsException(file, "its header claims " + Long.toUnsignedString(bytes) + " bytes");
            }
            if (bytes > size - Long.BYTES) throw new SafetensorsException(file, "it is cut off within the header");
            ByteBuffer text = ByteBuffer.allocate((int) bytes);
            readAll(file, in, text, Long.BYTES);
            long dataStart = Long.BYTES + bytes;
            Header header = Header.read(text.array(), size - dataStart);
            Safetensors read = new Safetensors(file, header, dataStart);
            read.verify(in);
            return read;
        } catch (HeaderException e) {
            throw new SafetensorsException(file, e.getMessage());
        }
    }

    private static void readAll(Path file, FileChannel in, ByteBuffer into, long at) throws IOException {
        long position = at;
        while (into.hasRemaining()) {
            int n = in.read(into, position);
            if (n < 0) throw new SafetensorsException(file, "it became shorter while it was read");
            position += n;
        }
    }

    private void verify(FileChannel in) throws IOException {
        String expected = header.metadata().get(CHECKSUM);
        if (expected == null) return;
        CRC32C checksum = new CRC32C();
        try (Arena arena = Arena.ofConfined()) {
            long bytes = in.size() - dataStart;
            if (bytes > 0) update(checksum, in.map(FileChannel.MapMode.READ_ONLY, dataStart, bytes, arena));
        }
        if (!Long.toHexString(checksum.getValue()).equals(expected)) {
            throw new SafetensorsException(file, "its data does not have the checksum it was written with");
        }
    }

    /// The names of its matrices, in the file's order.
    public Set<String> names() {
        return header.entries().keySet();
    }

    /// The shape of one of its matrices; one of one dimension counts as a row.
    public Shape shape(String name) {
        Header.Entry entry = entry(name);
        return new Shape(entry.rows(), entry.cols());
    }

    /// Whether the numbers of one of its matrices are bfloat16; otherwise they are float32.
    public boolean isBfloat16(String name) {
        return entry(name).type() == Header.Type.BF16;
    }

    private Header.Entry entry(String name) {
        Header.Entry entry = header.entries().get(name);
        if (entry == null) throw new IllegalArgumentException("there is no tensor '" + name + "' in " + file);
        return entry;
    }

    /// Its strings, without those that this format adds.
    public Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>(header.metadata());
        metadata.remove(CHECKSUM);
        return metadata;
    }

    /// Reads all its matrices into matrices of the same names and shapes. Bfloat16 is widened where a
    /// [Matrix] is given; float32 is not rounded.
    ///
    /// @param targets each a [Matrix] or a [Bfloat16Matrix]
    /// @throws SafetensorsException if names, shapes or types differ; then nothing was changed
    public void copyTo(Map<String, ? extends StoredMatrix> targets) throws IOException {
        requireSameNames(targets.keySet());
        for (Map.Entry<String, ? extends StoredMatrix> target : targets.entrySet()) {
            requireFits(target.getKey(), target.getValue());
        }
        try (FileChannel in = FileChannel.open(file, READ)) {
            for (Map.Entry<String, ? extends StoredMatrix> target : targets.entrySet()) {
                Header.Entry entry = entry(target.getKey());
                if (type(target.getValue()) == entry.type()) copy(in, entry, segment(target.getValue()));
                else widen(in, entry, segment(target.getValue()));
            }
        }
    }

    private void requireFits(String name, StoredMatrix target) throws SafetensorsException {
        Shape shape = shape(name);
        if (!shape.equals(target.shape())) {
            throw new SafetensorsException(
                    file, "tensor '%s' has shape %s, wanted is %s".formatted(name, shape, target.shape()));
        }
        segment(target);
        if (type(target) == Header.Type.BF16 && entry(name).type() != Header.Type.BF16) {
            throw new SafetensorsException(file, "tensor '%s' is float32, wanted is bfloat16".formatted(name));
        }
    }

    private void copy(FileChannel in, Header.Entry entry, MemorySegment target) throws IOException {
        for (long at = 0; at < target.byteSize(); at += BUFFER_BYTES) {
            long bytes = Math.min(BUFFER_BYTES, target.byteSize() - at);
            readAll(file, in, target.asSlice(at, bytes).asByteBuffer(), dataStart + entry.start() + at);
        }
    }

    private void widen(FileChannel in, Header.Entry entry, MemorySegment target) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = 0; at < entry.bytes(); at += BUFFER_BYTES) {
            buffer.clear().limit((int) Math.min(BUFFER_BYTES, entry.bytes() - at));
            readAll(file, in, buffer, dataStart + entry.start() + at);
            buffer.flip();
            for (long i = at / 2; buffer.hasRemaining(); i++) {
                target.setAtIndex(JAVA_FLOAT, i, Bfloat16Matrix.widened(buffer.getShort()));
            }
        }
    }

    private void requireSameNames(Set<String> wanted) throws SafetensorsException {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(names());
        if (!missing.isEmpty())
            throw new SafetensorsException(
                    file, "it lacks tensor '" + missing.iterator().next() + "'");
        Set<String> surplus = new TreeSet<>(names());
        surplus.removeAll(wanted);
        if (!surplus.isEmpty()) {
            throw new SafetensorsException(
                    file,
                    "it has a tensor '%s' too many".formatted(surplus.iterator().next()));
        }
    }
}
