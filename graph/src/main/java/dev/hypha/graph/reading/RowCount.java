package dev.hypha.graph.reading;

import dev.hypha.graph.InputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipException;

/// How many lines a text file has, judged by pieces of it: at even distances in plain text; in compressed text, which
/// is read from the beginning only, the first [#MOST_TEXT] bytes and the length that its last member says it has.
///
/// Exact where a file is no longer than that. Lines that grow longer towards the end of compressed text, as
/// ids in rising order do, make it say too many: by a tenth or so.
final class RowCount {
    /// Bytes of text that are looked at.
    static final int MOST_TEXT = 32 << 20;

    private static final int PIECES = 128;
    private static final int PIECE = MOST_TEXT / PIECES;
    /// Where the length of the last member differs by more from what the ratio says, there are several members.
    private static final double LIKELY = 0.25;

    private RowCount() {}

    /// @throws InputException where a file cannot be read
    static long about(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer first = ByteBuffer.allocate(2);
            channel.read(first, 0);
            boolean gzip = first.get(0) == (byte) GzipMembers.MAGIC_1 && first.get(1) == (byte) GzipMembers.MAGIC_2;
            return gzip ? compressed(file, channel) : plain(channel);
        } catch (EOFException | ZipException e) {
            throw new InputException(
                    "corrupt-gzip", file + " is damaged", Map.of("file", file.toString()), "Get it again.");
        } catch (IOException e) {
            throw new InputException(
                    "unusable-file", "cannot read " + file, Map.of("file", file.toString()), "Check its rights.");
        }
    }

    private static long plain(FileChannel channel) throws IOException {
        long size = channel.size();
        int pieces = size <= MOST_TEXT ? Math.toIntExact(Math.ceilDiv(size, PIECE)) : PIECES;
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        Lines lines = new Lines();
        for (int i = 0; i < pieces; i++) {
            long at = size <= MOST_TEXT ? (long) i * PIECE : (size - PIECE) / (pieces - 1) * i;
            int read = channel.read(piece.clear(), at);
            lines.count(piece.array(), Math.max(0, read));
        }
        return lines.inText(size);
    }

    private static long compressed(Path file, FileChannel channel) throws IOException {
        Lines lines = new Lines();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                GzipMembers members = new GzipMembers(raw)) {
            byte[] piece = new byte[PIECE];
            int read = members.readNBytes(piece, 0, PIECE);
            while (read > 0 && lines.bytes < MOST_TEXT) {
                lines.count(piece, read);
                read = members.readNBytes(piece, 0, PIECE);
            }
            if (read == 0) {
                return lines.inText(lines.bytes);
            }
            lines.count(piece, read);
            double text = (double) lines.bytes * channel.size() / members.bytesRead();
            return lines.inText(nearest(text, lastLength(channel)));
        }
    }

    /// The length of the text of the last member, but for multiples of 2^32.
    private static long lastLength(FileChannel channel) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        channel.read(last, channel.size() - Integer.BYTES);
        return last.getInt(0) & 0xFFFFFFFFL;
    }

    private static long nearest(double text, long modulo) {
        long multiples = Math.max(0, Math.round((text - modulo) / 0x1p32));
        long length = modulo + (multiples << Integer.SIZE);
        return Math.abs(length - text) < LIKELY * text ? length : Math.round(text);
    }

    /// Lines and bytes seen so far.
    private static final class Lines {
        private long ends;
        private long bytes;
        private byte last = '\n';

        void count(byte[] piece, int length) {
            for (int i = 0; i < length; i++) {
                ends += piece[i] == '\n' ? 1 : 0;
            }
            bytes += length;
            last = length > 0 ? piece[length - 1] : last;
        }

        /// How many there are in a text of a length of which this is a part.
        long inText(long length) {
            long seen = length == bytes && last != '\n' ? ends + 1 : ends;
            return bytes == 0 ? 0 : Math.round((double) seen / bytes * length);
        }
    }
}
