package dev.hypha.graph.reading;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/// The text of a gzipped file: all of its members, one after the other, each held against its own checksum and length.
///
/// `java.util.zip.GZIPInputStream` takes whatever follows a member and is no whole header for the end of the file,
/// so that a damaged member is lost without a word. Here only zeros may follow the last member, as they do on tapes
/// and for gzip itself.
///
/// Deutsch, "GZIP file format specification version 4.3", RFC 1952. For one thread.
final class GzipMembers extends InputStream {
    static final int MAGIC_1 = 0x1f;
    static final int MAGIC_2 = 0x8b;

    private static final int BUFFER = 1 << 16;
    private static final int DEFLATE = 8;
    private static final int HEADER_SUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer = new byte[BUFFER];
    private final CRC32 sum = new CRC32();
    private final CRC32 headerSum = new CRC32();
    /// What is read of the buffer by the headers and trailers, and how much is in it.
    private int at;

    private int filled;
    /// Of the file, before the buffer.
    private long before;

    private boolean ended;

    /// Reads the first header.
    ///
    /// @throws ZipException where it is none
    /// @throws EOFException where the file ends within it
    GzipMembers(InputStream in) throws IOException {
        this.in = in;
        header(next());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        while (!ended && length > 0) {
            int count = inflate(bytes, from, length);
            if (count > 0) {
                sum.update(bytes, from, count);
                return count;
            }
            if (inflater.finished()) {
                at = filled - inflater.getRemaining();
                trailer();
                nextMember();
            } else if (inflater.needsInput()) {
                require(fill());
                inflater.setInput(buffer, 0, filled);
            } else {
                throw damaged("wants a dictionary");
            }
        }
        return ended ? -1 : 0;
    }

    /// How much of the file what was read so far is made of.
    long bytesRead() {
        return before + filled - (inflater.finished() ? 0 : inflater.getRemaining());
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] bytes, int from, int length) throws ZipException {
        try {
            return inflater.inflate(bytes, from, length);
        } catch (DataFormatException e) {
            at = filled - inflater.getRemaining();
            throw damaged("is no compressed data" + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")"));
        }
    }

    /// Another header, or zeros to the end.
    private void nextMember() throws IOException {
        int first = more() ? next() : -1;
        if (first > 0) {
            header(first);
            return;
        }
        while (first >= 0) {
            first = more() ? next() : -1;
            if (first > 0) {
                throw damaged("follows the padding after the last member and is no zero");
            }
        }
        ended = true;
    }

    private void header(int first) throws IOException {
        headerSum.reset();
        headerSum.update(first);
        if (first != MAGIC_1 || summed() != MAGIC_2) {
            throw damaged("follows a whole member and begins no other");
        }
        if (summed() != DEFLATE) {
            throw damaged("names an unknown compression");
        }
        int flags = summed();
        if ((flags & RESERVED) != 0) {
            throw damaged("has flags that mean nothing");
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(summed() | summed() << Byte.SIZE);
        }
        for (int flag : new int[] {NAME, COMMENT}) {
            boolean more = (flags & flag) != 0;
            while (more) {
                more = summed() != 0;
            }
        }
        int expected = (int) headerSum.getValue() & 0xFFFF;
        if ((flags & HEADER_SUM) != 0 && (next() | next() << Byte.SIZE) != expected) {
            throw damaged("is a checksum that its header does not have");
        }
        sum.reset();
        inflater.reset();
        inflater.setInput(buffer, at, filled - at);
    }

    private void trailer() throws IOException {
        if (word() != (int) sum.getValue()) {
            throw damaged("is a checksum that the text before it does not have");
        }
        if (word() != (int) inflater.getBytesWritten()) {
            throw damaged("is a length that the text before it does not have");
        }
    }

    private int word() throws IOException {
        return next() | next() << 8 | next() << 16 | next() << 24;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            summed();
        }
    }

    private int summed() throws IOException {
        int value = next();
        headerSum.update(value);
        return value;
    }

    private int next() throws IOException {
        require(more());
        return buffer[at++] & 0xFF;
    }

    private boolean more() throws IOException {
        return at < filled || fill();
    }

    private boolean fill() throws IOException {
        before += filled;
        at = 0;
        filled = Math.max(0, in.read(buffer, 0, BUFFER));
        return filled > 0;
    }

    private static void require(boolean more) throws EOFException {
        if (!more) {
            throw new EOFException();
        }
    }

    private ZipException damaged(String what) {
        return new ZipException("what stands at byte " + (before + at) + " " + what);
    }
}
