package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.terminal.Columns;
import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.learn.metrics.Spread;
import dev.hypha.learn.papers.Measured;
import dev.hypha.learn.papers.Paper;
import dev.hypha.learn.papers.Papers;
import dev.hypha.learn.papers.Reproduction;
import dev.hypha.learn.papers.Setting;
import dev.hypha.learn.papers.Settings;
import dev.hypha.learn.papers.Trial;
import dev.hypha.learn.papers.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Rows of `hypha reproduce` for programs and for people.
final class ReproduceRows {
    private static final String NONE = "–";

    private ReproduceRows() {}

    /// What can be reproduced.
    ///
    /// @param only the name of data or of a trial
    /// @throws InputException where no setting has a trial of that name
    static Answer list(Optional<String> only) {
        Columns columns = new Columns().row("setting", "papers", "trials", "seeds");
        List<ObjectNode> objects = new ArrayList<>();
        for (String name : Settings.names()) {
            Setting setting = Settings.named(name);
            List<String> papers = papers(setting).stream().map(Paper::name).toList();
            List<String> trials = setting.trials().stream()
                    .filter(trial -> only.isEmpty() || Reproduction.named(trial, only.get()))
                    .map(Trial::name)
                    .toList();
            if (trials.isEmpty()) continue;
            columns.row(name, String.join(", ", papers), String.join(", ", trials), "" + setting.seeds());
            ObjectNode object = JsonNodeFactory.instance.objectNode().put("setting", name);
            papers.forEach(object.putArray("papers")::add);
            trials.forEach(object.putArray("trials")::add);
            objects.add(object.put("seeds", setting.seeds()));
        }
        if (objects.isEmpty()) throw nothingOn(only.orElseThrow());
        return new Answer(objects, columns.text(), Exit.DONE);
    }

    private static InputException nothingOn(String name) {
        List<String> data = Settings.names().stream()
                .flatMap(each -> Settings.named(each).trials().stream())
                .map(Trial::data)
                .distinct()
                .toList();
        return new InputException(
                "unknown-data",
                "no setting has a trial on '" + name + "'",
                Map.of("option", "--only"),
                Nearest.hint(name, data));
    }

    /// The papers that a setting shows.
    private static List<Paper> papers(Setting setting) {
        List<String> names = Papers.implementations().stream()
                .filter(each -> each.settings().contains(setting.name()))
                .map(each -> each.paper())
                .toList();
        return Papers.all().stream()
                .filter(paper -> names.contains(paper.name()))
                .toList();
    }

    /// What would be done.
    static Answer plan(Reproduction work) {
        Columns columns = new Columns().row("trial", "method", "data", "split", "seeds", "options", "training", "from");
        List<ObjectNode> objects = new ArrayList<>();
        for (Trial trial : work.trials()) {
            String options = words(trial.options());
            String training = words(trial.training());
            columns.row(
                    trial.name(),
                    trial.method(),
                    trial.data(),
                    trial.split(),
                    "" + work.seeds(),
                    options,
                    training,
                    trial.from());
            objects.add(row(trial)
                    .put("split", trial.split())
                    .put("seeds", work.seeds())
                    .put("options", options)
                    .put("training", training));
        }
        return new Answer(objects, columns.text(), Exit.DONE);
    }

    private static String words(Map<String, String> options) {
        return options.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }

    /// What was measured, beside what is printed and what is asked for.
    static Answer answer(Reproduction work, Map<String, Measured> measured, List<Verdict> verdicts, int exit) {
        Columns columns = new Columns()
                .row("trial", "method", "data", "metric", "published", "ours", "seeds", "check", "", "source");
        List<ObjectNode> objects = new ArrayList<>();
        for (Trial trial : work.trials()) {
            Measured ours = measured.get(trial.name());
            List<Verdict> own = verdicts.stream()
                    .filter(verdict -> verdict.check().trial().equals(trial.name()))
                    .toList();
            String check = own.stream()
                    .map(verdict -> verdict.check().text(trial.metric()))
                    .collect(Collectors.joining("; "));
            String verdict = verdict(work, own);
            columns.row(
                    trial.name(),
                    trial.method(),
                    trial.data(),
                    trial.metric().label(),
                    published(trial),
                    ours.text(),
                    "" + ours.runs().size(),
                    check,
                    verdict,
                    trial.source());
            objects.add(json(trial, ours)
                    .put("check", check)
                    .put("pass", pass(work, own))
                    .put("verdict", verdict));
        }
        return new Answer(objects, columns.text() + checks(work.setting()), exit);
    }

    private static String verdict(Reproduction work, List<Verdict> own) {
        if (own.isEmpty()) return "";
        if (work.partial()) return work.seeds() + " of " + work.setting().seeds() + " seeds, not the check";
        return own.stream().allMatch(Verdict::pass) ? "pass" : "short";
    }

    /// @return null where too few seeds were run to say
    private static Boolean pass(Reproduction work, List<Verdict> own) {
        if (work.partial() && !own.isEmpty()) return null;
        return own.stream().allMatch(Verdict::pass);
    }

    private static String published(Trial trial) {
        return trial.published().isPresent()
                ? Measured.text(trial.metric(), trial.published().getAsDouble())
                : NONE;
    }

    private static ObjectNode json(Trial trial, Measured ours) {
        ObjectNode object = row(trial);
        object.set("ours", json(ours.test()));
        object.set("validation", json(ours.validation()));
        return object.put("trainingSeconds", ours.seconds());
    }

    /// One value has no deviation.
    private static ObjectNode json(Spread spread) {
        return spread.values().size() == 1 ? spread.json().putNull("sd") : spread.json();
    }

    private static ObjectNode row(Trial trial) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("trial", trial.name()).put("method", trial.method()).put("data", trial.data());
        object.put("metric", trial.metric().label());
        if (trial.published().isPresent())
            object.put("published", trial.published().getAsDouble());
        else object.putNull("published");
        return object.put("source", trial.source()).put("from", trial.from());
    }

    /// What the papers that a setting shows must pass, a line each.
    private static String checks(Setting setting) {
        return papers(setting).stream()
                .map(paper -> System.lineSeparator() + paper.name() + " is asked for: " + paper.check())
                .collect(Collectors.joining());
    }
}
