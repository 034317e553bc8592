package dev.hypha.app.command;

import dev.hypha.app.report.ProbePage;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Keys;
import dev.hypha.learn.Place;
import dev.hypha.learn.Progress;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Split;
import dev.hypha.learn.data.Splits;
import dev.hypha.learn.probe.Probe;
import dev.hypha.learn.probe.Squashing;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hypha probe DATA`: what a graph tells before anything is trained on it.
@Command(
        name = "probe",
        description = "Tells in seconds, before anything is trained, whether edges and features know anything of the"
                + " labels, and what is worth training.",
        footer = {
            "",
            "Examples:",
            "  hypha probe cora",
            "  hypha probe nodes.csv edges.csv --target label --json",
            "  hypha probe texas --out texas.html            a page to look at",
            "",
            "DATA is what hypha train takes: the name of a data set, a folder, a store, or a table of nodes with EDGES",
            "after it. Only labels of training and validation nodes are looked at.",
            "accuracy-... is what a linear model reads off one part of what there is, for labels that it was not fitted",
            "on; netinfof-... are the scores of NetInfoF (Lee et al., ICLR 2024), lower bounds of such an accuracy.",
            "hypha train DATA --model auto acts on the advice."
        })
final class ProbeCommand extends Verb {
    @Mixin
    private NodeDataOptions data;

    @Option(
            names = "--squashing",
            description = "Measure too how messages are squeezed on their way: curvature of edges, commute times, and"
                    + " how far an answer hears. On large graphs from samples; it may take minutes there.")
    private boolean squashing;

    @Override
    Set<String> unused() {
        return Set.of("--seeds", "--estimate", "--resume");
    }

    @Override
    boolean computes() {
        return true;
    }

    @Override
    Answer answer(Progress progress) {
        common.out().ifPresent(ProbeCommand::requirePage);
        try (Memory memory = new Memory(common.memoryBytes);
                KernelProvider provider = KernelProvider.choose(common.threads)) {
            progress.stage("reading", -1);
            try (NodeData graph = data.source().open(memory)) {
                progress.done();
                progress.note(graph.toString());
                graph.notes().forEach(progress::note);
                return answer(graph, new Place(provider, memory, progress));
            }
        }
    }

    private Answer answer(NodeData graph, Place place) {
        Split split = Splits.of(graph, data.split().orElseGet(() -> Splits.usual(graph)), common.seed);
        Probe probe = Probe.of(graph, split, common.seed, place);
        if (squashing) probe = probe.with(Squashing.of(graph, Keys.split(common.seed, "squashing"), place));
        String page = ProbePage.of(graph + ".", "Split " + split + ".", probe);
        common.out().ifPresent(file -> UserFiles.write("--out", file, page));
        return Probed.answer(graph, split, probe, common.out());
    }

    /// So that nobody's tables are written over.
    private static void requirePage(Path file) {
        if (file.getFileName().toString().endsWith(".html")) return;
        throw new InputException(
                "bad-option",
                "--out is " + file + ", and what is written is a page of HTML",
                Map.of("option", "--out"),
                "Give a name that ends with .html.");
    }
}
