package dev.hypha.graph.store.v1;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One file of a store, mapped: header, payload, checksums.
///
///     at          bytes  what
///     0           8      magic: the letters HYPHAGRF
///     8           4      version, int32: 1
///     12          4      kind, int32: Kind.code
///     16          8      length of the payload in bytes, int64
///     24          36     zero
///     60          4      CRC-32C of the bytes 0..59
///     64          length payload: elements of the kind's width
///     64+length   4 n    CRC-32C of each of the n blocks of 1 MiB of the payload, the last one as long as it is
///     ...         4      CRC-32C of the 4 n bytes before it: the file's, which the metadata repeats
///
/// Everything is little-endian. [#open] verifies all but the payload, in a time that does not depend on its
/// length but for four bytes per MiB; [#firstBadBlock] reads the payload.
public final class DataFile {
    static final int VERSION = 1;
    static final int HEADER_BYTES = 64;
    static final int BLOCK_BYTES = 1 << 20;
    static final byte[] MAGIC = {'H', 'Y', 'P', 'H', 'A', 'G', 'R', 'F'};

    static final int VERSION_AT = 8;
    static final int KIND_AT = 12;
    static final int LENGTH_AT = 16;
    static final int HEADER_SUM_AT = 60;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path path;
    private final MemorySegment whole;
    private final long length;

    private DataFile(Path path, MemorySegment whole, long length) {
        this.path = path;
        this.whole = whole;
        this.length = length;
    }

    /// Maps a file and verifies its header, its length and its list of checksums against what the metadata
    /// says.
    ///
    /// @throws DamagedFile naming what does not agree
    /// @throws IOException if it cannot be read
    public static DataFile open(Path folder, FileEntry entry, Arena arena) throws IOException {
        Path path = folder.resolve(entry.name());
        MemorySegment whole = map(path, arena);
        require(path, "length in bytes", fileBytes(entry.length()), whole.byteSize());
        requireSum(path, "header", whole.get(INT, HEADER_SUM_AT), sum(whole.asSlice(0, HEADER_SUM_AT)));
        for (int i = 0; i < MAGIC.length; i++) {
            require(path, "magic byte " + i, MAGIC[i], whole.get(ValueLayout.JAVA_BYTE, i));
        }
        require(path, "version", VERSION, whole.get(INT, VERSION_AT));
        require(path, "kind", entry.kind().code(), whole.get(INT, KIND_AT));
        require(path, "payload length", entry.length(), whole.get(LONG, LENGTH_AT));
        DataFile file = new DataFile(path, whole, entry.length());
        int stored = whole.get(INT, whole.byteSize() - Integer.BYTES);
        requireSum(path, "list of checksums", stored, sum(file.sums()));
        requireSum(path, "file's checksum in the metadata", entry.checksum(), stored);
        return file;
    }

    /// The payload, aligned to 64 bytes in the mapping, to be read only.
    public MemorySegment payload() {
        return whole.asSlice(HEADER_BYTES, length);
    }

    /// Reads the payload and looks for a block that does not match its checksum.
    ///
    /// @return what is wrong with the first such block
    public Optional<DamagedFile> firstBadBlock() {
        long blocks = blocks(length);
        for (long block = 0; block < blocks; block++) {
            long from = block * BLOCK_BYTES;
            int expected = sums().getAtIndex(INT, block);
            int found = sum(payload().asSlice(from, Math.min(BLOCK_BYTES, length - from)));
            if (expected != found) {
                String part = "block " + block + " (from byte " + (HEADER_BYTES + from) + ")";
                return Optional.of(DamagedFile.sum(path, part, expected, found));
            }
        }
        return Optional.empty();
    }

    /// The length of a file whose payload has this length.
    static long fileBytes(long length) {
        return HEADER_BYTES + length + Integer.BYTES * (blocks(length) + 1);
    }

    private static long blocks(long length) {
        return length / BLOCK_BYTES + (length % BLOCK_BYTES == 0 ? 0 : 1);
    }

    private MemorySegment sums() {
        return whole.asSlice(HEADER_BYTES + length, Integer.BYTES * blocks(length));
    }

    private static MemorySegment map(Path path, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (NoSuchFileException e) {
            throw new DamagedFile(path, "is missing", "", "");
        } catch (IOException e) {
            if (Files.isDirectory(path)) {
                throw new DamagedFile(path, "is a folder", "", "");
            }
            throw e;
        }
    }

    private static int sum(MemorySegment bytes) {
        CRC32C sum = new CRC32C();
        ByteBuffer buffer = bytes.asByteBuffer();
        sum.update(buffer);
        return (int) sum.getValue();
    }

    private static void require(Path path, String what, long expected, long found) {
        if (expected != found) {
            throw new DamagedFile(path, "has another " + what, Long.toString(expected), Long.toString(found));
        }
    }

    private static void requireSum(Path path, String part, int expected, int found) {
        if (expected != found) {
            throw DamagedFile.sum(path, part, expected, found);
        }
    }
}
