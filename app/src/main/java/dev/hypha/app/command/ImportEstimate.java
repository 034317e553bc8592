package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.terminal.Columns;
import dev.hypha.graph.importing.ImportPlan;
import dev.hypha.graph.importing.ImportRequest;
import java.util.Locale;

/// What an import would need, judged by the sizes of its files and their first rows.
record ImportEstimate(ImportRequest request, ImportPlan plan) {
    Answer answer() {
        long rows = plan.rowsAbout();
        long store = plan.storeBytesAbout();
        long scratch = plan.scratchBytesAbout();
        long held = Math.min(request.memoryBytes(), scratch);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("estimate")
                .put("rows", rows)
                .put("storeBytes", store)
                .put("memoryBytes", held)
                .put("scratchBytes", scratch - held);
        Columns table = new Columns();
        table.row("rows", String.format(Locale.ROOT, "%,d", rows), "about");
        table.row("store", MemorySize.format(store));
        table.row("memory", MemorySize.format(held), "of --memory " + MemorySize.format(request.memoryBytes()));
        table.row("scratch files", MemorySize.format(scratch - held), "beside the store, while it is made");
        return new Answer(json, table.text());
    }
}
