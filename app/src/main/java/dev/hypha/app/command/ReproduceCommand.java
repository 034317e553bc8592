package dev.hypha.app.command;

import dev.hypha.app.Version;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Place;
import dev.hypha.learn.Progress;
import dev.hypha.learn.papers.Kept;
import dev.hypha.learn.papers.Measured;
import dev.hypha.learn.papers.NodeExperiment;
import dev.hypha.learn.papers.Recorded;
import dev.hypha.learn.papers.Records;
import dev.hypha.learn.papers.Reproduction;
import dev.hypha.learn.papers.Setting;
import dev.hypha.learn.papers.Settings;
import dev.hypha.learn.papers.Verdict;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hypha reproduce NAME`: a published number, measured again.
@Command(
        name = "reproduce",
        description = "Trains a published method as it was published and sets what is measured beside what is printed.",
        footer = {
            "",
            "Examples:",
            "  hypha reproduce                              what can be reproduced; with --only cora, what on Cora",
            "  hypha reproduce dagnn                        all of its trials, all seeds",
            "  hypha reproduce gcn --only cora --seeds 3    a first look",
            "  hypha reproduce gat --resume --json          goes on with the seed it was at; a line of JSON per trial",
            "",
            "Each seed that is done is kept in a file (--out). Exit status 3 where a mean falls short of its check,",
            "be it of fewer seeds than the check is about."
        })
final class ReproduceCommand extends Verb {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "A setting (default: list what there is).")
    private String name;

    @Option(names = "--only", paramLabel = "DATA", description = "Trials on this data, or the trial of this name.")
    private String only;

    @Option(
            names = "--record",
            description = "In a checkout: write what was measured among the recorded results, and PAPERS.md anew.")
    private boolean record;

    @Override
    boolean computes() {
        return name != null && !common.estimate;
    }

    @Override
    String afterInterrupt() {
        return "Seeds that are done are kept; the same command with --resume goes on.";
    }

    @Override
    Answer answer(Progress progress) {
        if (name == null) return listed();
        Setting setting = Settings.named(name);
        Reproduction work = new Reproduction(
                setting, Reproduction.chosen(setting, Optional.ofNullable(only)), common.seed, seeds(setting));
        if (common.estimate) return ReproduceRows.plan(work);
        Optional<Records.Sources> sources = record ? Optional.of(sources(work)) : Optional.empty();
        Version version = Version.current();
        Map<String, Measured> measured = run(work, version, progress);
        sources.map(each -> each.write(setting, entries(measured, setting, version)))
                .ifPresent(file -> progress.note("recorded in " + file));
        List<Verdict> verdicts = Verdict.of(setting, measured);
        boolean pass = verdicts.stream().allMatch(Verdict::pass);
        return ReproduceRows.answer(work, measured, verdicts, pass ? Exit.DONE : Exit.SHORT);
    }

    private Answer listed() {
        if (record) {
            throw new InputException(
                    "missing-argument",
                    "--record records what a setting reaches, and none is named",
                    Map.of("option", "--record"),
                    "Name one of those that hypha reproduce lists.");
        }
        return ReproduceRows.list(Optional.ofNullable(only));
    }

    /// Those of the setting, unless the user asks for another number.
    private int seeds(Setting setting) {
        return spec.commandLine().getParseResult().hasMatchedOption("--seeds") ? common.seeds : setting.seeds();
    }

    private Map<String, Measured> run(Reproduction work, Version version, Progress progress) {
        Path file =
                common.out().orElse(Path.of("hypha-reproduce", work.setting().name() + ".json"));
        String program = version.toString();
        Kept kept =
                common.resume ? Kept.resumed(file, work.setting(), program) : Kept.fresh(file, work.setting(), program);
        try (Memory memory = new Memory(common.memoryBytes);
                KernelProvider provider = KernelProvider.choose(common.threads)) {
            return work.run(trial -> new NodeExperiment(trial, new Place(provider, memory, progress)), kept, progress);
        }
    }

    /// @throws InputException where that cannot be recorded, before any work is done
    private static Records.Sources sources(Reproduction work) {
        if (work.firstSeed() != 0 || work.seeds() < work.setting().seeds()) {
            throw new InputException(
                    "bad-option",
                    "--record wants the seeds of the setting, 0 to "
                            + (work.setting().seeds() - 1),
                    Map.of("option", "--record"),
                    "Leave out --seed and --seeds.");
        }
        return Records.in(
                Path.of(System.getProperty("hypha.home", ".")).toAbsolutePath().normalize());
    }

    /// The arguments without where seeds were kept and whether they were: whoever measures again has other places.
    static List<String> recorded(List<String> arguments) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--out")) i++;
            else if (!argument.startsWith("--out=") && !argument.equals("--resume")) kept.add(argument);
        }
        return kept;
    }

    private Map<String, Recorded.Entry> entries(Map<String, Measured> measured, Setting setting, Version version) {
        String revision = version.revision() + (version.dirty() ? " and changes" : "");
        String command = "hypha " + String.join(" ", recorded(arguments()));
        return Recorded.entries(
                setting, measured, revision, LocalDate.now(ZoneOffset.UTC).toString(), command);
    }
}
