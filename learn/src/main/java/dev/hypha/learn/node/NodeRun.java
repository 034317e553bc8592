package dev.hypha.learn.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Place;
import dev.hypha.learn.Progress;
import dev.hypha.learn.Run;
import dev.hypha.learn.RunDraft;
import dev.hypha.learn.RunPlace;
import dev.hypha.learn.Trainer;
import dev.hypha.learn.Weights;
import dev.hypha.learn.data.NodeData;
import dev.hypha.learn.data.Split;
import dev.hypha.learn.data.Splits;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.learn.probe.Probe;
import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// `hypha train`: from a request to a run folder. Several values of an option are all tried, with every
/// seed, and validation nodes choose; test nodes are measured for what was chosen alone.
public final class NodeRun {
    /// Checkpoints of whole-graph epochs of milliseconds would take longer than the epochs.
    private static final long CHECKPOINT_MILLIS = 5_000;

    private final NodeRequest request;
    private final NodeData data;
    private final List<Method> methods;
    private final Optional<Probe> probe;
    private final Place place;
    private final RunDraft.Pages pages;

    /// @param probe by which the model was chosen
    private NodeRun(NodeRequest request, NodeData data, Optional<Probe> probe, Place place, RunDraft.Pages pages) {
        this.request = request;
        this.data = data;
        this.methods = Method.of(request.model(), request.options());
        this.probe = probe;
        this.place = place;
        this.pages = pages;
    }

    /// Does what is asked, without pages for people.
    public static ObjectNode run(NodeRequest request, Progress progress) {
        return run(request, progress, RunDraft.Pages.NONE);
    }

    /// Does what is asked.
    ///
    /// @param pages of the run
    /// @return the tree of the run, with its folder in `run`; of an estimate, the estimate
    /// @throws InputException for anything wrong with what the user gave; nothing is written then
    /// @throws java.util.concurrent.CancellationException when interrupted; what is finished is kept
    public static ObjectNode run(NodeRequest request, Progress progress, RunDraft.Pages pages) {
        checkOptions(request);
        try (Memory memory = new Memory(request.memoryBytes());
                KernelProvider provider = KernelProvider.choose(request.threads())) {
            progress.stage("reading", -1);
            try (NodeData data = request.data().open(memory)) {
                progress.done();
                progress.note(data.toString());
                data.notes().forEach(progress::note);
                return of(request, data, new Place(provider, memory, progress), pages)
                        .run();
            }
        }
    }

    /// Mistakes are told before data is read.
    private static void checkOptions(NodeRequest request) {
        if (request.auto()) Method.checkForAuto(request.options());
        else Method.of(request.model(), request.options());
    }

    /// The model is chosen by the labels of the first seed's training and validation nodes.
    private static NodeRun of(NodeRequest request, NodeData data, Place place, RunDraft.Pages pages) {
        if (!request.auto()) return new NodeRun(request, data, Optional.empty(), place, pages);
        Split split = splits(request, data).getFirst();
        new Measures(data).requireKnown(split);
        Probe probe = Probe.of(data, split, request.seed(), place);
        place.progress().done();
        place.progress().note(probe.advice().line());
        return new NodeRun(chosen(request, probe.advice().model(), place), data, Optional.of(probe), place, pages);
    }

    private static NodeRequest chosen(NodeRequest request, String model, Place place) {
        Map<String, List<String>> read = Method.read(model, request.options());
        Set<String> unread = new TreeSet<>(request.options().keySet());
        unread.removeAll(read.keySet());
        if (!unread.isEmpty()) {
            place.progress().warn(model + " has no use for " + String.join(", ", unread) + ", which is left out");
        }
        return request.with(model, read);
    }

    private ObjectNode run() {
        List<Split> splits = splits(request, data);
        if (methods.size() > 1) splits.forEach(this::requireJudges);
        if (request.estimateOnly()) return estimate(splits.getFirst());
        requireRoom(splits);
        try (RunPlace folder = RunPlace.take(folder())) {
            RunDraft draft = RunDraft.begin(folder.folder(), request.resume());
            if (request.resume() && !Files.isDirectory(draft.checkpoints())) {
                place.progress().note("nothing to go on with beside " + folder.folder() + ": training begins anew");
            }
            return finish(draft, candidates(draft, splits), splits, folder.folder());
        }
    }

    private void requireJudges(Split split) {
        if (split.validation().length > 0) return;
        throw new InputException(
                "no-validation",
                "%d combinations of options are to be tried, and the split %s has no validation nodes to choose by"
                        .formatted(methods.size(), split.name()),
                Map.of("option", "--split"),
                "Give each option one value, or a split with validation nodes, such as --split 60/20/20.");
    }

    /// What does not fit is said before anything is trained, whichever of the options it is with.
    private void requireRoom(List<Split> splits) {
        boolean said = false;
        splits.getFirst().notes().forEach(place.progress()::note);
        for (Method method : methods) {
            try (NodeLearner learner = learner(method)) {
                splits.forEach(learner::check);
                NodePlan plan = learner.plan(splits.getFirst(), request.seed());
                if (!said) place.progress().note(plan.line());
                said = true;
                plan.require(place.memory());
            }
        }
    }

    private static List<Split> splits(NodeRequest request, NodeData data) {
        String asked = request.split().orElseGet(() -> Splits.usual(data));
        return LongStream.range(0, request.seeds())
                .mapToObj(i -> Splits.of(data, asked, request.seed() + i))
                .toList();
    }

    private Path folder() {
        return request.out()
                .orElseGet(() -> RunPlace.usual(
                        request.data().subject() + "-" + request.model(),
                        List.of(
                                request.data().toString(),
                                request.model(),
                                new TreeMap<>(request.options()).toString(),
                                request.split().orElse(""),
                                request.seed() + " " + request.seeds())));
    }

    private NodeLearner learner(Method method) {
        return NodeLearner.of(method, data, place);
    }

    private ObjectNode estimate(Split split) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("data", data.name()).put("model", request.model());
        try (NodeLearner learner = learner(methods.getFirst())) {
            json.set("estimate", learner.plan(split, request.seed()).json(place.memory()));
        }
        return json;
    }

    private List<Candidate> candidates(RunDraft draft, List<Split> splits) {
        List<Candidate> candidates = new ArrayList<>();
        for (int m = 0; m < methods.size(); m++) {
            if (methods.size() > 1) {
                place.progress().note("options %d of %d: %s".formatted(m + 1, methods.size(), varied(methods.get(m))));
            }
            List<Trial> trials = new ArrayList<>();
            List<Path> folders = new ArrayList<>();
            try (NodeLearner learner = learner(methods.get(m))) {
                for (int i = 0; i < splits.size(); i++) {
                    Path folder = draft.checkpoints().resolve("options-" + m + "-seed-" + (request.seed() + i));
                    trials.add(trial(learner, methods.get(m), splits.get(i), request.seed() + i, folder));
                    folders.add(folder);
                }
            }
            candidates.add(new Candidate(methods.get(m), trials, folders));
        }
        return candidates;
    }

    /// The options that several values were given for, with a method's own.
    private Map<String, String> varied(Method method) {
        Map<String, String> varied = new TreeMap<>(method.written());
        varied.keySet()
                .removeIf(
                        name -> request.options().getOrDefault(name, List.of()).size() < 2);
        return varied;
    }

    private Trial trial(NodeLearner learner, Method method, Split split, long seed, Path folder) {
        String identity = data.fingerprint() + " " + method + " " + split + " seed " + seed;
        var kept = request.resume() ? Trial.read(folder, identity) : Optional.<Trial>empty();
        if (kept.isPresent()) {
            place.progress().note("seed " + seed + " is done already: its weights and measurement are kept");
            return kept.get();
        }
        if (request.seeds() > 1 || request.resume()) {
            place.progress().note("seed " + seed + ", split " + split.name());
        }
        var control = new Trainer.Control(
                folder.resolve("checkpoint"),
                request.resume(),
                RewiredData.of(method, data, place).fingerprint(),
                place.progress(),
                () -> false,
                method.options().keep(),
                CHECKPOINT_MILLIS);
        try (NodeOutcome outcome = learner.run(split, seed, control)) {
            Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
            outcome.metrics().forEach((part, values) -> metrics.put(part.label(), values));
            Trial trial = new Trial(
                    identity, seed, split.name(), metrics, outcome.history(), outcome.bestEpoch(), outcome.seconds());
            trial.write(folder, outcome);
            return trial;
        }
    }

    private ObjectNode finish(RunDraft draft, List<Candidate> candidates, List<Split> splits, Path folder) {
        Metric metric = methods.getFirst().options().stopBy().metric(data.kind());
        Candidate best = candidates.getFirst();
        for (Candidate each : candidates)
            if (metric.better(each.validation(metric), best.validation(metric))) best = each;
        Path kept = Trial.weights(best.folders().getFirst());
        keepWeights(best.folders().getFirst(), draft);
        NodeData seen = RewiredData.of(best.method(), data, place);
        ObjectNode json = new NodeReport(request, seen, splits.getFirst(), candidates, best, metric).json();
        probe.ifPresent(each -> tell(each, json));
        try (NodeLearner learner = learner(best.method());
                Weights weights = Weights.load(place.memory(), kept)) {
            NodeAnswers answers = learner.answers(splits.getFirst(), request.seed(), weights);
            answers.write(draft.file(NodeAnswers.FILE), data, splits.getFirst());
            json.set("target", answers.target().toJson());
        }
        json.put("kernels", place.provider().describe())
                .put("offHeapPeakBytes", place.memory().peak());
        json.put("run", folder.toString())
                .put("predictions", folder.resolve(NodeAnswers.FILE).toString());
        draft.commit(json, pages);
        return json;
    }

    /// What was chosen by the probe, and what it found.
    private static void tell(Probe probe, ObjectNode json) {
        json.set("probe", probe.json());
        ArrayNode sentences = json.withObject("/report").withArray("sentences");
        sentences.insert(
                0,
                "The probe chose " + probe.advice().model() + ". "
                        + probe.advice().sentences().getFirst());
    }

    /// Puts the first trial's weights into the run, and those of its best epochs where they were kept.
    private static void keepWeights(Path trial, RunDraft draft) {
        try {
            Files.copy(Trial.weights(trial), draft.file(Run.WEIGHTS), StandardCopyOption.REPLACE_EXISTING);
            Path best = trial.resolve("checkpoint").resolve(Trainer.BEST);
            if (!Files.isDirectory(best)) return;
            Path into = Files.createDirectories(draft.file(Trainer.BEST));
            try (Stream<Path> files = Files.list(best)) {
                for (Path file : files.toList()) {
                    Files.copy(file, into.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the weights of the run", e);
        }
    }
}
