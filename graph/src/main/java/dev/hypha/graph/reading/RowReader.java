package dev.hypha.graph.reading;

import dev.hypha.graph.InputException;
import dev.hypha.graph.reading.Blocks.Block;
import java.util.function.LongConsumer;

/// Reads the rows of a text file: comments and blank lines left out, each wanted field given to its [Field],
/// and what these made of it handed on row by row. A wrong line leaves nothing behind but its mention.
public final class RowReader {
    private final TableShape shape;
    private final int[] wanted;
    private final Field[] fields;
    private final WrongLines wrong;
    private final Fields split;
    private final long[] row;

    /// @param wanted which column of the file each field reads
    public RowReader(TableShape shape, int[] wanted, Field[] fields, WrongLines wrong) {
        this.shape = shape;
        this.wanted = wanted.clone();
        this.fields = fields.clone();
        this.wrong = wrong;
        this.split = new Fields(shape.delimiter());
        this.row = new long[wanted.length];
    }

    /// Reads the whole file.
    ///
    /// @param rows receives each row; the array is used again
    /// @param progress told how many bytes of the file are read by now
    /// @return how many rows there were
    /// @throws InputException for a wrong line too many, or a file that cannot be read
    public long read(Rows rows, LongConsumer progress) {
        try (Blocks blocks = Blocks.of(shape.file())) {
            boolean fast = IntegerPairs.fit(shape, wanted, fields);
            long before = wrong.count();
            long header = shape.headerLines();
            long count = 0;
            for (Block block = blocks.next(); block != null; block = blocks.next()) {
                int at = 0;
                while (at < block.length()) {
                    if (header == 0 && fast) {
                        IntegerPairs pairs = new IntegerPairs(shape.delimiter(), fields, rows);
                        at = pairs.read(block.bytes(), at, block.length());
                        blocks.lines(pairs.lines());
                        count += pairs.lines();
                        if (at == block.length()) {
                            break;
                        }
                    }
                    int end = lineEnd(block, at);
                    if (header > 0) {
                        header -= shape.isBlankOrComment(block.bytes(), at, end) ? 0 : 1;
                    } else if (line(blocks, block.bytes(), at, end)) {
                        rows.row(row);
                        count++;
                    }
                    blocks.lines(1);
                    at = end + 1;
                }
                progress.accept(blocks.bytesRead());
            }
            shape.requireRows(count + wrong.count() - before);
            return count;
        }
    }

    /// What receives rows.
    @FunctionalInterface
    public interface Rows {
        /// @param values what each field kept, in their order
        void row(long[] values);
    }

    private static int lineEnd(Block block, int from) {
        int end = from;
        while (end < block.length() && block.bytes()[end] != '\n') {
            end++;
        }
        return end;
    }

    /// @return true if the line was a good row, which is in `row` now
    private boolean line(Blocks blocks, byte[] bytes, int from, int end) {
        int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
        if (shape.isBlankOrComment(bytes, from, to)) {
            return false;
        }
        try {
            split.split(bytes, from, to);
            shape.requireColumns(split.count());
        } catch (BadValue e) {
            wrong.add(blocks.file(), blocks.line(), e.getMessage());
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            try {
                row[i] = fields[i].look(split.bytes(), split.from(wanted[i]), split.to(wanted[i]));
            } catch (BadValue e) {
                wrong.add(blocks.file(), blocks.line(), e.getMessage(), remedy(i));
                return false;
            }
        }
        for (int i = 0; i < wanted.length; i++) {
            row[i] = fields[i].keep(row[i], split.bytes(), split.from(wanted[i]), split.to(wanted[i]));
        }
        return true;
    }

    private String remedy(int i) {
        String column = shape.names().get(wanted[i]);
        return fields[i].remedy(split.bytes(), split.from(wanted[i]), split.to(wanted[i]), column);
    }
}
