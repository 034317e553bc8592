/// Version 1 of a graph on disk: the byte layout of its files. No options: a change is a new version, a new
/// package.
///
/// A store is a folder; N numbers node or edge types, C their columns:
///
/// | file | kind | holds |
/// |---|---|---|
/// | `graph.txt` | metadata | types, counts, columns, every other file with length and checksum: [MetadataText] |
/// | `nodes-N.ids` | ids | int64 per node, rising: the ids outside of the nodes 0, 1, ... |
/// | `nodes-N.ids.index`, `.text` | text | the same where ids are text, rising as unsigned bytes |
/// | `nodes-N.times` | times | int64 per node, microseconds since 1970-01-01 UTC |
/// | `nodes-N.column-C`, `edges-N.column-C` | by type | a value, or a row of a matrix, per node or edge position |
/// | `....column-C.index`, `.text` | text | the words that a text column's codes stand for |
/// | `edges-N.offsets` | offsets | int64 per target and one more: where each target's sources begin |
/// | `edges-N.sources` | sources | int32 per edge: by target, then by (time, number) of the source |
/// | `edges-N.positions` | positions | int64 per edge, where N reverses a type with columns: its position there |
///
/// A text is found through its index: int64 per text and one more, where each begins. Every file but the
/// metadata has the header and checksums of [DataFile]. All numbers are little-endian.
package dev.hypha.graph.store.v1;
