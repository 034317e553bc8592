package dev.hypha.relational.database;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Lines and records of a text file, which are not the same where quoted fields hold line breaks. A line ends with LF,
/// CR or both.
///
/// @param plain the file's text, unpacked
/// @param separator between fields: a quote counts only where a field begins
record CsvLines(Path plain, char separator) {
    /// @param record counted from 1, the header being the first
    /// @param blanks whether a blank line counts as a record
    /// @return the line on which it begins, counted from 1; the last one where there are fewer
    long lineOf(long record, boolean blanks) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(plain))) {
            Scan scan = new Scan(separator);
            long seen = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                boolean ended = scan.step(b);
                if (ended && (blanks || !scan.lastWasBlank) && ++seen == record) return scan.lastStart;
            }
            return scan.start;
        } catch (IOException e) {
            return record;
        }
    }

    /// Writes the text with LF at the end of each line; line breaks within quotes stay as they are.
    ///
    /// @return the first line that ends otherwise than the one before it, 0 where none does
    long unify(Path to) throws IOException {
        try (PushbackInputStream in = new PushbackInputStream(new BufferedInputStream(Files.newInputStream(plain)));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
            Scan scan = new Scan(separator);
            int before = 0;
            long different = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                boolean ended = scan.step(b);
                if (scan.quoted || (b != '\n' && b != '\r')) {
                    out.write(b);
                    continue;
                }
                int end = b;
                if (b == '\r') {
                    int next = in.read();
                    if (next == '\n') {
                        scan.step(next);
                        end = '\r' + '\n';
                    } else if (next >= 0) {
                        in.unread(next);
                    }
                }
                if (ended && different == 0 && before != 0 && before != end) different = scan.line - 1;
                before = end;
                out.write('\n');
            }
            return different;
        }
    }

    /// Where in a text one is.
    private static final class Scan {
        /// The bytes that some programs begin a text in UTF-8 with.
        private static final int[] MARK = {0xef, 0xbb, 0xbf};

        private final char separator;
        private int marks;
        private long line = 1;
        /// The line on which the record at hand begins.
        private long start = 1;
        private boolean blank = true;
        private boolean quoted;
        private boolean fieldBegins = true;
        private boolean justClosed;
        private boolean afterReturn;
        /// Of the record that ended last.
        private long lastStart;

        private boolean lastWasBlank;

        Scan(char separator) {
            this.separator = separator;
        }

        /// @return whether this byte ends a record
        boolean step(int b) {
            if (marks < MARK.length && b == MARK[marks]) {
                marks++;
                return false;
            }
            marks = MARK.length;
            boolean secondOfTwo = b == '\n' && afterReturn;
            afterReturn = b == '\r';
            if (secondOfTwo) return false;
            boolean lineEnds = b == '\n' || b == '\r';
            if (lineEnds) line++;
            if (lineEnds && !quoted) return end();
            blank = false;
            quotes(b);
            return false;
        }

        private void quotes(int b) {
            boolean quote = b == '"';
            if (quoted) {
                quoted = !quote;
                justClosed = quote;
            } else if (quote && (fieldBegins || justClosed)) {
                // Right after a closing quote it was a doubled one, within the field.
                quoted = true;
                justClosed = false;
            } else {
                justClosed = false;
            }
            fieldBegins = !quoted && b == separator;
        }

        private boolean end() {
            lastStart = start;
            lastWasBlank = blank;
            start = line;
            blank = true;
            fieldBegins = true;
            justClosed = false;
            return true;
        }
    }
}
