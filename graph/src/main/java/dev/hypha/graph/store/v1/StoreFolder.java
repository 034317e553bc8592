package dev.hypha.graph.store.v1;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A folder of version 1, opened: its metadata read and verified, its files mapped and their headers verified.
public final class StoreFolder {
    private static final long MOST_METADATA_BYTES = 1 << 26;

    private final Path path;
    private final Metadata metadata;
    private final Map<String, DataFile> files = new HashMap<>();

    private StoreFolder(Path path, Metadata metadata) {
        this.path = path;
        this.metadata = metadata;
    }

    /// Opens the metadata and every file that it names.
    ///
    /// @throws DamagedFile for the first file at fault
    public static StoreFolder open(Path path, Arena arena) throws IOException {
        StoreFolder folder = new StoreFolder(path, metadata(path));
        for (FileEntry entry : folder.metadata.files()) {
            folder.files.put(entry.name(), DataFile.open(path, entry, arena));
        }
        return folder;
    }

    /// Everything that is wrong with the metadata, the headers and the checksums, the payload of every file
    /// read.
    public static List<DamagedFile> damages(Path path) throws IOException {
        List<DamagedFile> damages = new ArrayList<>();
        Metadata metadata;
        try {
            metadata = metadata(path);
        } catch (DamagedFile e) {
            return List.of(e);
        }
        for (FileEntry entry : metadata.files()) {
            try (Arena arena = Arena.ofConfined()) {
                DataFile.open(path, entry, arena).firstBadBlock().ifPresent(damages::add);
            } catch (DamagedFile e) {
                damages.add(e);
            }
        }
        return damages;
    }

    public Path path() {
        return path;
    }

    public Metadata metadata() {
        return metadata;
    }

    /// The payload of a file that must be there, of this kind and with this many elements.
    ///
    /// @throws DamagedFile if the metadata contradicts that
    public MemorySegment payload(String name, Kind kind, long elements) {
        MemorySegment payload = payload(name, kind);
        if (payload.byteSize() != elements * kind.width()) {
            String found = String.valueOf(payload.byteSize() / kind.width());
            throw new DamagedFile(path.resolve(name), "has another length", String.valueOf(elements), found);
        }
        return payload;
    }

    /// The payload of a file that must be there, of this kind and any length.
    ///
    /// @throws DamagedFile if the metadata contradicts that
    public MemorySegment payload(String name, Kind kind) {
        Optional<FileEntry> entry = metadata.file(name);
        if (entry.isEmpty() || entry.get().kind() != kind) {
            String found = entry.map(file -> file.kind().word()).orElse("none");
            throw new DamagedFile(path.resolve(Metadata.FILE), "names another file " + name, kind.word(), found);
        }
        return files.get(name).payload();
    }

    private static Metadata metadata(Path path) throws IOException {
        Path file = path.resolve(Metadata.FILE);
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new DamagedFile(file, "is little-endian, which this processor does not read", "", "");
        }
        try {
            long bytes = Files.size(file);
            if (bytes > MOST_METADATA_BYTES) {
                throw new DamagedFile(file, "is too long for metadata", "at most " + MOST_METADATA_BYTES, "" + bytes);
            }
            return MetadataText.read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new DamagedFile(file, "is missing", "", "");
        } catch (MetadataText.Mismatch e) {
            throw new DamagedFile(file, e.getMessage(), e.expected, e.found);
        } catch (IllegalArgumentException e) {
            throw new DamagedFile(file, e.getMessage(), "", "");
        }
    }
}
