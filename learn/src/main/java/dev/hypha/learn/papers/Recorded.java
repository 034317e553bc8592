package dev.hypha.learn.papers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.learn.metrics.Metric;
import dev.hypha.learn.papers.Measured.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was last measured of a setting's trials: a resource `results/NAME.json`, written by `hypha reproduce --record`.
///
/// @param trials by name, in the order of the setting
public record Recorded(Map<String, Entry> trials) {
    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public Recorded {
        trials = new LinkedHashMap<>(trials);
    }

    /// One trial.
    ///
    /// @param fingerprint of the trial as it was
    /// @param revision of the program, `unknown` where nobody knew
    /// @param date of the day, such as `2026-11-21`
    /// @param command that measured it
    public record Entry(String fingerprint, String revision, String date, String command, Measured measured) {}

    /// What was measured just now, as entries.
    ///
    /// @param measured by the trial's name
    public static Map<String, Entry> entries(
            Setting setting, Map<String, Measured> measured, String revision, String date, String command) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        measured.forEach((trial, each) ->
                entries.put(trial, new Entry(setting.trial(trial).fingerprint(), revision, date, command, each)));
        return entries;
    }

    /// The results that still hold: of trials that are the same today, with all seeds.
    ///
    /// @return by the trial's name
    public Map<String, Measured> of(Setting setting) {
        Map<String, Measured> results = new LinkedHashMap<>();
        for (Trial trial : setting.trials()) {
            Entry entry = trials.get(trial.name());
            if (entry == null || !entry.fingerprint.equals(trial.fingerprint())) continue;
            if (entry.measured.runs().size() >= setting.seeds()) results.put(trial.name(), entry.measured);
        }
        return results;
    }

    /// This record with other results in the place of its own, in the order of the setting; trials that the setting no
    /// longer has are left out.
    public Recorded with(Setting setting, Map<String, Entry> others) {
        Map<String, Entry> merged = new LinkedHashMap<>();
        for (Trial trial : setting.trials()) {
            Entry entry = others.getOrDefault(trial.name(), trials.get(trial.name()));
            if (entry != null) merged.put(trial.name(), entry);
        }
        return new Recorded(merged);
    }

    /// The file's text. Mean, deviation and verdicts stand in it for readers; they follow from the runs.
    public String text(Setting setting) {
        ObjectNode root = MAPPER.createObjectNode().put("version", VERSION);
        ObjectNode all = root.putObject("trials");
        trials.forEach((name, entry) -> all.set(name, json(setting.trial(name), entry)));
        for (Verdict verdict : Verdict.of(setting, of(setting))) {
            Check check = verdict.check();
            Metric metric = setting.trial(check.trial()).metric();
            root.withArray("checks")
                    .addObject()
                    .put("trial", check.trial())
                    .put("check", check.text(metric))
                    .put("pass", verdict.pass());
        }
        return pretty(root);
    }

    private static ObjectNode json(Trial trial, Entry entry) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("method", trial.method()).put("data", trial.data()).put("fingerprint", entry.fingerprint);
        node.put("revision", entry.revision).put("date", entry.date).put("command", entry.command);
        Measured measured = entry.measured;
        node.put("metric", measured.metric().label());
        node.put("mean", measured.test().mean()).put("sd", measured.test().sd());
        node.put("validation", measured.validation().mean()).put("seconds", measured.seconds());
        measured.runs().forEach(run -> node.withArray("runs").add(run.json()));
        return node;
    }

    private static String pretty(ObjectNode root) {
        try {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
            return MAPPER.writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Reads a file's text.
    ///
    /// @throws IllegalArgumentException where it is none of this version
    static Recorded parse(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root.path("version").asInt() != VERSION) {
                throw new IllegalArgumentException("results of version " + root.path("version"));
            }
            Map<String, Entry> trials = new LinkedHashMap<>();
            root.path("trials").properties().forEach(field -> trials.put(field.getKey(), entry(field.getValue())));
            return new Recorded(trials);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("results are no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Entry entry(JsonNode node) {
        List<Run> runs = new ArrayList<>();
        for (JsonNode run : node.path("runs")) runs.add(Run.of(run));
        Metric metric = Metric.named(node.path("metric").asText());
        return new Entry(
                node.path("fingerprint").asText(),
                node.path("revision").asText(),
                node.path("date").asText(),
                node.path("command").asText(),
                new Measured(metric, runs));
    }
}
