package dev.hypha.graph.reading;

/// The quick way through lines that are two short integers and nothing else, which most edge lists consist of.
/// It stops before any other line, which [RowReader] then reads the thorough way.
final class IntegerPairs {
    /// So many digits fit in 64 bits, whatever they are.
    private static final int DIGITS = 18;

    private final byte delimiter;
    private final Field source;
    private final Field target;
    private final RowReader.Rows rows;
    private final long[] row = new long[2];
    private long lines;

    IntegerPairs(byte delimiter, Field[] fields, RowReader.Rows rows) {
        this.delimiter = delimiter;
        this.source = fields[0];
        this.target = fields[1];
        this.rows = rows;
    }

    /// True if rows are the first two columns, both of them an [IntegerField].
    static boolean fit(TableShape shape, int[] wanted, Field[] fields) {
        return wanted.length == 2
                && wanted[0] == 0
                && wanted[1] == 1
                && shape.columns() == 2
                && fields[0] instanceof IntegerField
                && fields[1] instanceof IntegerField;
    }

    /// How many lines the last call of [#read] read.
    long lines() {
        return lines;
    }

    /// Reads whole lines. One loop, with its state in local variables, since this is where an import spends its
    /// time.
    ///
    /// @return where the first line begins that is something else, or `end`
    int read(byte[] bytes, int begin, int end) {
        int start = begin;
        long read = 0;
        while (true) {
            int at = start;
            long first = 0;
            while (at < end && digit(bytes[at])) {
                first = first * 10 + (bytes[at++] - '0');
            }
            int digits = at - start;
            if (digits == 0 || digits > DIGITS || at == end || !delimits(bytes[at])) {
                break;
            }
            int second = ++at;
            long last = 0;
            while (at < end && digit(bytes[at])) {
                last = last * 10 + (bytes[at++] - '0');
            }
            digits = at - second;
            if (at < end && bytes[at] == '\r') {
                at++;
            }
            if (digits == 0 || digits > DIGITS || at == end || bytes[at] != '\n') {
                break;
            }
            row[0] = source.keep(first, bytes, 0, 0);
            row[1] = target.keep(last, bytes, 0, 0);
            rows.row(row);
            read++;
            start = at + 1;
            if (start == end) {
                break;
            }
        }
        lines = read;
        return start;
    }

    private boolean delimits(byte b) {
        return b == delimiter || (delimiter == Fields.BLANKS && b == '\t');
    }

    private static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }
}
