package dev.hypha.graph.importing;

import dev.hypha.graph.importing.Ids.Numbering;
import dev.hypha.graph.store.StoreWriter;
import dev.hypha.graph.store.v1.DataFileWriter;
import dev.hypha.graph.store.v1.FileNames;
import dev.hypha.graph.store.v1.Kind;
import java.io.IOException;

/// Ids that are the numbers of nodes already.
///
/// @param count nodes
record DenseIds(int count) implements Numbering {
    /// Writes the ids 0, 1, ... of a node type.
    void write(StoreWriter writer, int nodeType) throws IOException {
        try (DataFileWriter file = writer.begin(FileNames.ids(nodeType), Kind.IDS)) {
            RisingIds ids = new RisingIds(file);
            for (int node = 0; node < count; node++) {
                ids.add(node);
            }
            ids.flush();
            writer.end(file);
        }
    }

    @Override
    public int number(long token) {
        return (int) token;
    }

    @Override
    public void close() {}
}
