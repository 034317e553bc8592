package dev.hypha.graph.importing;

import dev.hypha.graph.importing.ImportRequest.Columns;
import dev.hypha.graph.importing.ImportRequest.EdgeTable;
import dev.hypha.graph.importing.ImportRequest.NodeTable;
import dev.hypha.graph.reading.ShapeFinder.Header;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Requests for imports, with everything guessed but what a test is about.
public final class Imports {
    public static final long MEMORY = 256 << 20;

    private Imports() {}

    /// The only edge type, `edge`, of the only node type, `node`.
    public static EdgeTable edges(Path... files) {
        return new EdgeTable("edge", "node", "node", List.of(files), false, false);
    }

    public static ImportRequest request(Path out, EdgeTable edges) {
        return request(out, List.of(), List.of(edges), Columns.guessed(), 0, MEMORY);
    }

    public static ImportRequest request(
            Path out, List<NodeTable> nodes, List<EdgeTable> edges, Columns columns, long skipBad, long memory) {
        return new ImportRequest(nodes, edges, out, columns, Header.GUESS, skipBad, memory, 2);
    }

    public static Imported run(ImportRequest request) throws IOException {
        return GraphImport.run(request, ImportListener.SILENT);
    }
}
