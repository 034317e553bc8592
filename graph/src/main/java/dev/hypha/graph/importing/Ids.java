package dev.hypha.graph.importing;

import dev.hypha.graph.reading.Field;
import dev.hypha.graph.store.StoreWriter;
import java.io.IOException;

/// The ids of one node type while they are being collected: as a [Field] it reads them and gives each a token,
/// a 64-bit stand-in; when all are known, tokens become node numbers, in the order of the ids.
interface Ids extends Field, AutoCloseable {
    /// Writes all ids, each once, in order.
    ///
    /// @param file where they go: [dev.hypha.graph.store.v1.FileNames#ids]; texts to its index and text
    /// @throws dev.hypha.graph.InputException where there are more nodes than a type can have
    Numbering finish(StoreWriter writer, String file) throws IOException;

    @Override
    void close();

    /// What tokens have become.
    interface Numbering extends AutoCloseable {
        /// How many nodes there are.
        int count();

        /// The number of the node with an id that was collected.
        ///
        /// @param token what [Ids#keep] gave for the id
        int number(long token);

        @Override
        void close();
    }
}
