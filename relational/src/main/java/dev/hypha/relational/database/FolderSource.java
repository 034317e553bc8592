package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A folder of CSV, TSV or Parquet files, plain or gzipped, a table each; other files and folders within are left
/// alone.
final class FolderSource implements Source {
    private static final Pattern LINE = Pattern.compile("CSV Error on Line: (\\d+)");
    private static final Pattern FIELDS = Pattern.compile("Expected Number of Columns: (\\d+) Found: (\\d+)");

    private final Staging staging;
    private final Warnings warnings;
    private final RawTables raw;
    private final Map<String, DataFile> files = new TreeMap<>();

    FolderSource(Path folder, Staging staging, Warnings warnings) {
        this.staging = staging;
        this.warnings = warnings;
        this.raw = new RawTables(staging, warnings);
        Map<String, DataFile> anyCase = new TreeMap<>();
        for (Path path : entries(folder)) {
            DataFile.of(path).ifPresent(file -> {
                DataFile twin = anyCase.putIfAbsent(file.table().toLowerCase(Locale.ROOT), file);
                if (twin != null) throw twice(folder, twin, file);
                files.put(file.table(), file);
            });
        }
        if (files.isEmpty())
            throw new InputException(
                    "no-tables",
                    "the folder " + folder + " holds no table",
                    Map.of("folder", folder.toString()),
                    "put files ending in .csv, .tsv or .parquet (or those with .gz) into it");
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new InputException(
                    "unreadable-file",
                    "the folder " + folder + " cannot be read (" + e.getMessage() + ")",
                    Map.of("file", folder.toString()),
                    "check its permissions");
        }
    }

    private static InputException twice(Path folder, DataFile one, DataFile other) {
        return new InputException(
                "duplicate-table",
                "the files " + one.path().getFileName() + " and " + other.path().getFileName() + " are the same table",
                Map.of("folder", folder.toString(), "table", one.table()),
                "keep one of them");
    }

    @Override
    public String kind() {
        return "a folder of files";
    }

    @Override
    public List<String> tables() {
        return List.copyOf(files.keySet());
    }

    @Override
    public Declared copy(String table) {
        DataFile file = files.get(table);
        Path plain = file.plain(staging.folder());
        try {
            if (file.parquet(plain)) {
                raw.create(table, "read_parquet(" + Sql.text(plain.toString()) + ")");
                return new Declared(List.of(), List.of(), Set.of());
            }
            CsvHeader header = CsvHeader.read(file, plain);
            copyText(file, plain, header);
            return new Declared(List.of(), List.of(), Set.copyOf(header.columns()));
        } catch (SqlFailure e) {
            throw file.unreadable("cannot be read: " + e.firstLine(), "export it again");
        } finally {
            if (!plain.equals(file.path())) forget(plain);
        }
    }

    private void copyText(DataFile file, Path plain, CsvHeader header) {
        try {
            raw.create(file.table(), csv(plain, header));
        } catch (SqlFailure e) {
            copyUnified(file, plain, header, e);
        }
    }

    /// The embedded database refuses a file some of whose lines end otherwise than the others, for reasons of many
    /// kinds.
    ///
    /// @param refused why the file as it is cannot be read
    private void copyUnified(DataFile file, Path plain, CsvHeader header, SqlFailure refused) {
        Path unified = staging.folder().resolve(file.table() + ".lines");
        try {
            long line = new CsvLines(plain, header.separator()).unify(unified);
            if (line == 0) throw wrongFile(file, plain, header, refused);
            raw.create(file.table(), csv(unified, header));
            warnings.add(file.path() + ", line " + line + ", ends otherwise than the lines before it: read as if"
                    + " all line ends were the same");
        } catch (SqlFailure e) {
            throw wrongFile(file, unified, header, e);
        } catch (IOException e) {
            throw file.ioFailure(e, staging.folder());
        } finally {
            forget(unified);
        }
    }

    @Override
    public RowPlace place(String table, long row) {
        DataFile file = files.get(table);
        Path plain = file.plain(staging.folder());
        try {
            if (file.parquet(plain)) return Source.super.place(table, row);
            CsvHeader header = CsvHeader.read(file, plain);
            // Blank lines are no rows, unless a row is one field, which is then empty.
            boolean blanks = header.columns().size() == 1;
            long line = new CsvLines(plain, header.separator()).lineOf(row + 2, blanks);
            return new RowPlace(
                    file.path() + ", line " + line, Map.of("file", file.path().toString(), "line", line));
        } finally {
            if (!plain.equals(file.path())) forget(plain);
        }
    }

    private static void forget(Path unpacked) {
        try {
            Files.deleteIfExists(unpacked);
        } catch (IOException e) {
            // It lies in the staging folder and goes with that.
            return;
        }
    }

    /// Every column as text: types are decided over all rows afterwards, not from a sample.
    private static String csv(Path plain, CsvHeader header) {
        String columns = header.columns().stream()
                .map(c -> Sql.text(c) + ": 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        return "read_csv(" + Sql.text(plain.toString()) + ", columns=" + columns
                + ", auto_detect=false, header=true, delim=" + Sql.text(String.valueOf(header.separator()))
                + ", quote='\"', escape='\"', nullstr=['', '\\N', 'NULL', 'null'])";
    }

    private static InputException wrongFile(DataFile file, Path plain, CsvHeader header, SqlFailure e) {
        Matcher line = LINE.matcher(e.said());
        if (!line.find()) return file.unreadable("cannot be read: " + e.firstLine(), "export it again");
        String what = "has a row that is not understood";
        String hint = "correct the row; fields with separators, quotes or line breaks stand between double quotes";
        Matcher fields = FIELDS.matcher(e.said());
        if (e.said().contains("not utf-8")) {
            what = "is not UTF-8 text";
            hint = "convert it, for example with iconv -t UTF-8";
        } else if (fields.find()) {
            what = "has " + fields.group(2) + " fields where the header has " + fields.group(1);
        } else if (e.said().contains("unterminated quote")) {
            what = "has a quote that does not end";
        }
        long number = new CsvLines(plain, header.separator()).lineOf(Long.parseLong(line.group(1)), true);
        return new InputException(
                "csv-row",
                file.path() + ", line " + number + ", " + what,
                Map.of("file", file.path().toString(), "line", number),
                hint);
    }

    @Override
    public void close() {
        files.clear();
    }
}
