package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import dev.hypha.graph.generating.PowerLaw;
import dev.hypha.graph.generating.PowerLawGraph;
import dev.hypha.graph.generating.PowerLawOutput;
import dev.hypha.learn.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hypha generate powerlaw`: a graph that is made up, of any size.
@Command(
        name = "generate",
        description = {
            "Makes a graph up, with power-law degrees, planted communities, labels and features.",
            "Labels follow the communities, features the labels. The defaults are the graph that benchmarks use."
        },
        footer = {
            "",
            "Examples:",
            "  hypha generate powerlaw --out pl200k                      200,000 nodes, 4,000,000 edges",
            "  hypha generate powerlaw --nodes 20000 --seed 7 --out pl20k --npy pl20k-arrays",
        })
final class GenerateCommand extends Verb {
    @Parameters(paramLabel = "KIND", description = "What to make: powerlaw.")
    private String kind;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "200000", description = "Nodes (default: 200000).")
    private int nodes;

    @Option(
            names = "--edges",
            paramLabel = "N",
            description = "Edges as they are stored, each both ways (default: 20 per node).")
    private Long edges;

    @Option(names = "--features", paramLabel = "N", description = "Numbers per node (default: 128).")
    private Integer features;

    @Option(names = "--classes", paramLabel = "N", description = "Labels (default: one per 5000 nodes, 2 to 40).")
    private Integer classes;

    @Option(
            names = "--communities",
            paramLabel = "N",
            description = "Planted communities (default: one per 500 nodes).")
    private Integer communities;

    @Option(
            names = "--mixing",
            paramLabel = "X",
            description = "The part of edges that ignore communities (default: 0.3).")
    private Double mixing;

    @Option(names = "--npy", paramLabel = "PATH", description = "Write the same graph as numpy arrays to this folder.")
    private Path numpy;

    /// Where arrays are being written, once they are.
    private Path writing;

    @Override
    Set<String> unused() {
        return Set.of("--seeds", "--resume");
    }

    @Override
    Answer answer(Progress progress) throws IOException {
        if (!kind.equals("powerlaw")) {
            throw new InputException(
                    "unknown-kind", "there is no kind of graph " + kind, Map.of("kind", kind), "Ask for powerlaw.");
        }
        PowerLaw law = law();
        if (common.estimate) {
            return estimate(law);
        }
        Path out = common.out().orElseThrow(() -> MissingOut.of("graph"));
        PowerLawOutput.requirePlaces(out, numpy);
        requireHeap(law);
        requireMemory(law);
        progress.stage("drawing edges", -1);
        PowerLawOutput output = new PowerLawOutput(law, PowerLawGraph.of(law));
        long left = common.memoryBytes - law.memoryBytes();
        long sortBytes = Math.min(left, Runtime.getRuntime().maxMemory() / 4);
        output.store(out, sortBytes, common.threads, new ImportProgress(progress));
        if (numpy != null) {
            writing = numpy;
            output.numpy(numpy, new ImportProgress(progress));
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("graph").put("nodes", law.nodes()).put("edges", law.edges());
        json.put("features", law.features()).put("classes", law.classes()).put("communities", law.communities());
        json.put("mixing", law.mixing()).put("seed", law.seed()).put("out", out.toString());
        if (numpy != null) {
            json.put("npy", numpy.toString());
        }
        String text = String.format(Locale.ROOT, "%,d nodes, %,d edges: %s", law.nodes(), law.edges(), out)
                + (numpy == null ? "" : " and " + numpy);
        return new Answer(json, text);
    }

    private PowerLaw law() {
        if (nodes < 2) {
            throw new InputException(
                    "bad-option", "--nodes is " + nodes, Map.of("option", "--nodes"), "Give at least 2.");
        }
        PowerLaw usual = PowerLaw.sized(nodes, common.seed);
        return new PowerLaw(
                nodes,
                edges == null ? usual.edges() : edges,
                features == null ? usual.features() : features,
                classes == null ? usual.classes() : classes,
                communities == null ? usual.communities() : communities,
                mixing == null ? usual.mixing() : mixing,
                common.seed);
    }

    private static Answer estimate(PowerLaw law) {
        long store = law.storeBytes();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("estimate").put("memoryBytes", law.memoryBytes()).put("storeBytes", store);
        String text = "memory " + MemorySize.format(law.memoryBytes()) + ", store " + MemorySize.format(store);
        return new Answer(json, text);
    }

    /// What is drawn is held, and sorted beside that.
    private void requireMemory(PowerLaw law) {
        long needed = law.memoryBytes() + ImportMemory.LEAST;
        if (needed > common.memoryBytes) {
            throw new InputException(
                    "too-little-memory",
                    "drawing this graph takes " + MemorySize.format(needed) + ", and --memory is "
                            + MemorySize.format(common.memoryBytes),
                    Map.of("option", "--memory", "neededBytes", needed),
                    "Give more with --memory, or ask for fewer edges.");
        }
    }

    @Override
    Optional<String> memoryHelp() {
        return Optional.of("Bound for what is held at once, in the Java heap (default: half of the machine's).");
    }

    @Override
    String smaller() {
        return "ask for fewer edges";
    }

    @Override
    Path writes() {
        return writing == null ? common.out().orElseGet(super::writes) : writing;
    }

    private static void requireHeap(PowerLaw law) {
        long most = Runtime.getRuntime().maxMemory();
        if (law.memoryBytes() > most) {
            throw new InputException(
                    "too-large",
                    "drawing this graph takes " + MemorySize.format(law.memoryBytes()) + ", and the Java heap has "
                            + MemorySize.format(most),
                    Map.of("option", "--edges"),
                    "Ask for fewer edges, or give more with HYPHA_JAVA_OPTS=-Xmx16g.");
        }
    }
}
