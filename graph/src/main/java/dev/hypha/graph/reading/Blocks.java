package dev.hypha.graph.reading;

import dev.hypha.graph.InputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipException;

/// The bytes of a text file in blocks of whole lines, read and decompressed on a thread of its own, a few
/// blocks ahead.
///
/// A gzipped file is known by its first two bytes, not by its name. A byte order mark of UTF-8 is left out. For
/// one reader.
public final class Blocks implements AutoCloseable {
    /// No line may be longer: a file without line ends is no text.
    public static final int LONGEST_LINE = 1 << 20;

    private static final int BLOCK_BYTES = 2 << 20;
    private static final int AHEAD = 3;
    private static final int INFLATER_BYTES = 1 << 16;

    private final Path file;
    private final long fileBytes;
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(AHEAD);
    private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(AHEAD + 2);
    private final Thread reader;
    private final AtomicLong bytesRead = new AtomicLong();
    private long line = 1;
    private Block last;

    private Blocks(Path file, InputStream raw, long fileBytes) {
        this.file = file;
        this.fileBytes = fileBytes;
        for (int i = 0; i < AHEAD + 2; i++) {
            empty.add(new byte[0]);
        }
        reader = Thread.ofPlatform()
                .daemon()
                .name("reading " + file.getFileName())
                .start(() -> read(raw));
    }

    /// Opens a file and starts reading it.
    ///
    /// @throws InputException if it is missing or cannot be read
    public static Blocks of(Path file) {
        try {
            requireFile(file);
            return new Blocks(file, Files.newInputStream(file), Files.size(file));
        } catch (NoSuchFileException e) {
            throw new InputException(
                    "no-file", "there is no file " + file, Map.of("file", file.toString()), "Check the path.");
        } catch (IOException e) {
            throw new InputException(
                    "unusable-file",
                    "cannot read " + file,
                    Map.of("file", file.toString()),
                    "Check the path and its rights.");
        }
    }

    /// What is no file on a disk cannot be read twice, and waits for whoever writes to it.
    private static void requireFile(Path file) {
        if (Files.isDirectory(file)) {
            throw new InputException(
                    "unusable-file", file + " is a folder", Map.of("file", file.toString()), "Name a file.");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new InputException(
                    "unusable-file",
                    file + " is a pipe or a device, and a file is read more than once",
                    Map.of("file", file.toString()),
                    "Save what comes out of it to a file; gzipped will do.");
        }
    }

    /// The next block; the one before it may not be used any more.
    ///
    /// @return null at the end of the file
    /// @throws InputException where the file is no text, its compression is damaged, or a line is too long
    public Block next() {
        try {
            if (last != null) {
                empty.put(last.bytes());
            }
            Block block = full.take();
            if (block.failure() != null) {
                throw failure(block.failure());
            }
            last = block.length() == 0 ? null : block;
            return last;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading " + file, e);
        }
    }

    /// The file.
    public Path file() {
        return file;
    }

    /// The line, from 1, that the next unread line is; kept by whoever takes the lines apart.
    public long line() {
        return line;
    }

    /// Says that lines were read.
    public void lines(long count) {
        line += count;
    }

    /// Bytes of the file as it lies on the disk, and how many of them are read.
    public long fileBytes() {
        return fileBytes;
    }

    public long bytesRead() {
        return bytesRead.get();
    }

    @Override
    public void close() {
        reader.interrupt();
    }

    /// Lines, the last of which may lack its end at the end of the file.
    ///
    /// @param failure why there are no more; otherwise null
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Block(byte[] bytes, int length, Exception failure) {}

    private InputException failure(Exception failure) {
        Map<String, Object> inFile = Map.of("file", file.toString());
        return switch (failure) {
            case TooLong e ->
                new InputException(
                        "line-too-long",
                        file + ":" + line + " is longer than " + (LONGEST_LINE >> 20) + " MiB",
                        Map.of("file", file.toString(), "line", line),
                        "Is this a text file, one edge or node per line?");
            case EOFException e ->
                new InputException(
                        "truncated",
                        file + " breaks off within its compression",
                        inFile,
                        "Get it again, it is not whole.");
            case ZipException e ->
                new InputException(
                        "corrupt-gzip",
                        file + " is damaged: " + e.getMessage(),
                        inFile,
                        "Get it again; gzip -t finds the same.");
            case Utf16 e -> new InputException("no-utf8", file + " is in UTF-16", inFile, "Save it as UTF-8.");
            default ->
                new InputException(
                        "unusable-file",
                        "cannot read " + file + ": " + failure.getMessage(),
                        inFile,
                        "Check the disk that it lies on.");
        };
    }

    private void read(InputStream raw) {
        try (InputStream counted = new Counted(raw);
                InputStream text = decompressed(counted)) {
            skipMark(text);
            byte[] rest = new byte[0];
            int carried = 0;
            boolean more = true;
            while (more) {
                byte[] bytes = empty.take();
                if (bytes.length == 0) {
                    bytes = new byte[BLOCK_BYTES];
                }
                System.arraycopy(rest, 0, bytes, 0, carried);
                int length = fill(text, bytes, carried);
                more = length == bytes.length;
                int whole = more ? lastLineEnd(bytes, length) : length;
                carried = length - whole;
                rest = Arrays.copyOfRange(bytes, whole, length);
                if (whole > 0) {
                    full.put(new Block(bytes, whole, null));
                }
                if (carried > LONGEST_LINE) {
                    throw new TooLong();
                }
            }
            full.put(new Block(rest, 0, null));
        } catch (InterruptedException e) {
            // Closed by the reader.
        } catch (IOException | UncheckedIOException e) {
            failed(e);
        }
    }

    private void failed(Exception e) {
        try {
            full.put(new Block(new byte[0], 0, e));
        } catch (InterruptedException interrupted) {
            // Closed by the reader, who does not wait for this any more.
        }
    }

    private static int fill(InputStream text, byte[] bytes, int from) throws IOException {
        return from + text.readNBytes(bytes, from, bytes.length - from);
    }

    private static int lastLineEnd(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static InputStream decompressed(InputStream raw) throws IOException {
        BufferedInputStream peeked = new BufferedInputStream(raw, INFLATER_BYTES);
        peeked.mark(2);
        boolean gzip = peeked.read() == GzipMembers.MAGIC_1 && peeked.read() == GzipMembers.MAGIC_2;
        peeked.reset();
        return gzip ? new BufferedInputStream(new GzipMembers(peeked)) : peeked;
    }

    private static void skipMark(InputStream text) throws IOException {
        text.mark(3);
        byte[] first = text.readNBytes(3);
        if (starts(first, 0xFE, 0xFF) || starts(first, 0xFF, 0xFE)) {
            throw new Utf16();
        }
        if (!starts(first, 0xEF, 0xBB, 0xBF)) {
            text.reset();
        }
    }

    private static boolean starts(byte[] bytes, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }

    /// A line that does not fit.
    private static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /// Text that begins with a byte order mark of 16 bits.
    private static final class Utf16 extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /// Counts what is read of the file itself.
    private final class Counted extends InputStream {
        private final InputStream in;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int count = in.read(bytes, from, length);
            bytesRead.addAndGet(Math.max(0, count));
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
