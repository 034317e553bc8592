package dev.hypha.relational.database;

import dev.hypha.graph.InputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A file of a folder that holds one table. Its ending says that it is meant as one; its first bytes say how it is
/// read.
///
/// @param path where it is
/// @param table the file's name without its endings
record DataFile(Path path, String table) {
    private static final Pattern NAME =
            Pattern.compile("(?<table>.+?)\\.(csv|tsv|parquet)(\\.gz)?", Pattern.CASE_INSENSITIVE);
    private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);

    /// @return absent for a file that is not a table by its ending, or hidden
    static Optional<DataFile> of(Path path) {
        String name = path.getFileName().toString();
        Matcher m = NAME.matcher(name);
        if (name.startsWith(".") || !Files.isRegularFile(path) || !m.matches()) return Optional.empty();
        return Optional.of(new DataFile(path, m.group("table")));
    }

    boolean tabSeparated() {
        return path.getFileName().toString().toLowerCase(Locale.ROOT).contains(".tsv");
    }

    boolean namedParquet() {
        return path.getFileName().toString().toLowerCase(Locale.ROOT).contains(".parquet");
    }

    /// @return the path itself, or that of an unpacked copy in `folder` where the file is gzipped; unpacking here and
    /// not
    ///     in the embedded database finds truncated files for certain
    Path plain(Path folder) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            in.mark(4);
            byte[] start = in.readNBytes(2);
            in.reset();
            boolean gzipped = start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
            if (!gzipped) return path;
            Path copy = folder.resolve(table + ".plain");
            try (InputStream unpacked = new GZIPInputStream(in, 1 << 16)) {
                Files.copy(unpacked, copy);
            }
            return copy;
        } catch (EOFException e) {
            throw unreadable("is truncated: its gzip stream ends too early", "copy or download it again");
        } catch (ZipException e) {
            throw unreadable("is damaged: " + e.getMessage(), "copy or download it again");
        } catch (IOException e) {
            throw ioFailure(e, folder);
        }
    }

    /// @return whether the content is Parquet; false means text
    /// @throws InputException where the ending promises Parquet and the content is something else, or is cut off
    boolean parquet(Path plain) {
        try (InputStream in = Files.newInputStream(plain)) {
            boolean magic = java.util.Arrays.equals(in.readNBytes(4), PARQUET);
            if (!magic && namedParquet())
                throw unreadable("is not a Parquet file", "export it again, or give it the ending of what it is");
            return magic;
        } catch (IOException e) {
            throw unreadable("cannot be read (" + e.getMessage() + ")", "check its permissions");
        }
    }

    InputException ioFailure(IOException e, Path folder) {
        if (DiskFull.says(e))
            return new InputException(
                    "disk-full",
                    "the disk is full: " + path + " cannot be unpacked into " + folder,
                    Map.of("folder", folder.toString()),
                    "free some space there or set TMPDIR to a folder on a larger disk");
        return unreadable("cannot be read (" + e.getMessage() + ")", "check its permissions");
    }

    InputException unreadable(String what, String hint) {
        return new InputException("unreadable-file", path + " " + what, Map.of("file", path.toString()), hint);
    }
}
