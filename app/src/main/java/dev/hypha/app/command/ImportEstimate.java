package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.terminal.Columns;
import dev.hypha.graph.importing.ImportPlan;
import dev.hypha.graph.importing.NumpyImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// What an import would need.
///
/// @param leastStoreBytes where there are few nodes
/// @param mostStoreBytes where each end of an edge is a node of its own
/// @param scratchBytes in memory and in files
/// @param boundBytes of what may be in memory
record ImportEstimate(long rows, long leastStoreBytes, long mostStoreBytes, long scratchBytes, long boundBytes) {
    /// Of tables, judged by their sizes and pieces of them.
    static ImportEstimate of(ImportPlan plan, long boundBytes) {
        return new ImportEstimate(
                plan.rowsAbout(),
                plan.leastStoreBytesAbout(),
                plan.mostStoreBytesAbout(),
                plan.scratchBytesAbout(),
                boundBytes);
    }

    /// Of a folder of numpy arrays, by their lengths.
    static ImportEstimate ofArrays(Path folder, long boundBytes) throws IOException {
        NumpyImport.Needs needs = NumpyImport.needs(folder);
        return new ImportEstimate(
                needs.edges(), needs.storeBytes(), needs.storeBytes(), needs.scratchBytes(), boundBytes);
    }

    Answer answer() {
        long held = Math.min(boundBytes, Math.max(ImportMemory.LEAST, scratchBytes));
        long files = Math.max(0, scratchBytes - held);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("estimate")
                .put("rows", rows)
                .put("storeBytes", mostStoreBytes)
                .put("leastStoreBytes", leastStoreBytes)
                .put("memoryBytes", held)
                .put("boundBytes", boundBytes)
                .put("scratchBytes", files);
        Columns table = new Columns();
        table.row("rows", String.format(Locale.ROOT, "%,d", rows), "about");
        if (leastStoreBytes == mostStoreBytes) {
            table.row("store", MemorySize.format(mostStoreBytes));
        } else {
            String least = MemorySize.format(leastStoreBytes);
            table.row("store", MemorySize.format(mostStoreBytes), "at most, " + least + " where nodes are few");
        }
        table.row("memory", MemorySize.format(held), "in the Java heap, of " + MemorySize.format(boundBytes));
        table.row("scratch files", MemorySize.format(files), "beside the store, while it is made");
        return new Answer(json, table.text());
    }
}
