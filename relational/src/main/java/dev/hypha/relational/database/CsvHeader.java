package dev.hypha.relational.database;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The first line of a text file: its separator and column names. Read here, not guessed by the embedded database, so
/// that the first line is always the header and every later line is held to it.
///
/// @param separator one of comma, semicolon, tab and bar: the most frequent one outside quotes
record CsvHeader(char separator, List<String> columns) {
    private static final String SEPARATORS = ",;\t|";

    /// @param plain the file's text, unpacked
    static CsvHeader read(DataFile file, Path plain) {
        String line = firstLine(file, plain);
        if (line.isBlank()) throw wrong(file, "has no header line");
        char separator = file.tabSeparated() ? '\t' : separator(line);
        List<String> columns =
                split(line, separator).stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (column.isEmpty()) throw wrong(file, "has a column without a name in its header");
            if (!seen.add(column.toLowerCase(Locale.ROOT))) throw wrong(file, "has the column " + column + " twice");
        }
        return new CsvHeader(separator, columns);
    }

    private static RuntimeException wrong(DataFile file, String what) {
        return file.unreadable(what, "the first line names each column once (upper and lower case do not differ)");
    }

    /// The line alone is decoded, since what is wrong with later ones is told with their own numbers.
    private static String firstLine(DataFile file, Path plain) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(plain))) {
            for (int b = in.read(); b >= 0 && b != '\n' && b != '\r'; b = in.read()) line.write(b);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
            return text.replaceFirst("^\uFEFF", "");
        } catch (CharacterCodingException e) {
            throw file.unreadable("is not UTF-8 text (line 1)", "convert it, for example with iconv -t UTF-8");
        } catch (IOException e) {
            throw file.unreadable("cannot be read (" + e.getMessage() + ")", "check its permissions");
        }
    }

    private static char separator(String line) {
        int[] counts = new int[SEPARATORS.length()];
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') quoted = !quoted;
            else if (!quoted && SEPARATORS.indexOf(c) >= 0) counts[SEPARATORS.indexOf(c)]++;
        }
        int best = 0;
        for (int i = 1; i < counts.length; i++) if (counts[i] > counts[best]) best = i;
        return SEPARATORS.charAt(best);
    }

    private static List<String> split(String line, char separator) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(line.charAt(i++));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
