package dev.hypha.graph.store.v1;

/// A file as the metadata knows it.
///
/// @param name within the folder
/// @param length of the payload in bytes
/// @param checksum over its list of checksums
public record FileEntry(String name, Kind kind, long length, int checksum) {
    /// How many elements the payload has.
    public long elements() {
        return length / kind.width();
    }
}
