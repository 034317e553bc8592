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
    private final RawTables raw;
    private final Map<String, DataFile> files = new TreeMap<>();

    FolderSource(Path folder, Staging staging, Warnings warnings) {
        this.staging = staging;
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
            raw.create(table, csv(plain, header));
            return new Declared(List.of(), List.of(), Set.copyOf(header.columns()));
        } catch (SqlFailure e) {
            throw wrongFile(file, plain, e);
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

    private static InputException wrongFile(DataFile file, Path plain, SqlFailure e) {
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
        long number = CsvHeader.lineOfRecord(plain, Long.parseLong(line.group(1)));
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
