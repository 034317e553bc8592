package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.learn.papers.Coverage;
import dev.hypha.learn.papers.Implementation;
import dev.hypha.learn.papers.Paper;
import dev.hypha.learn.papers.Recorded;
import dev.hypha.learn.papers.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Rows of `hypha papers` for programs and for people.
final class PaperRows {
    private PaperRows() {}

    static ObjectNode json(Coverage each) {
        Paper paper = each.paper();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (paper.id().isPresent()) object.put("id", paper.id().getAsInt());
        else object.putNull("id");
        object.put("short", paper.name()).put("title", paper.title()).put("family", paper.family());
        object.put("kind", paper.kind()).put("check", paper.check());
        object.put("status", each.status().label());
        if (each.parts().isEmpty()) object.putNull("method");
        else object.put("method", methods(each));
        each.parts().stream()
                .map(Implementation::note)
                .filter(note -> !note.isEmpty())
                .forEach(object.withArray("notes")::add);
        ObjectNode last = object.putObject("last");
        for (Coverage.Last setting : each.last()) last.set(setting.setting().name(), json(setting));
        return object;
    }

    private static ObjectNode json(Coverage.Last last) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("pass", last.passes());
        ObjectNode trials = object.putObject("trials");
        last.recorded()
                .map(Recorded::trials)
                .orElse(Map.of())
                .forEach((name, entry) -> trials.putObject(name)
                        .put("metric", entry.measured().metric().label())
                        .put("revision", entry.revision())
                        .put("date", entry.date())
                        .put("command", entry.command())
                        .set("ours", entry.measured().test().json()));
        return object;
    }

    static String id(Coverage each) {
        return each.paper().id().isPresent()
                ? Integer.toString(each.paper().id().getAsInt())
                : "–";
    }

    /// The implementing methods; of classes their simple names.
    static String methods(Coverage each) {
        return each.parts().stream().map(Implementation::shortMethod).collect(Collectors.joining(", "));
    }

    /// How many checks the last measurements passed.
    static String last(Coverage each) {
        return each.last().stream().map(PaperRows::last).collect(Collectors.joining("; "));
    }

    private static String last(Coverage.Last last) {
        if (last.recorded().isEmpty()) return "not measured";
        List<Verdict> verdicts =
                Verdict.of(last.setting(), last.recorded().get().of(last.setting()));
        long passed = verdicts.stream().filter(Verdict::pass).count();
        return last.setting().name() + ": " + passed + " of "
                + last.setting().checks().size() + " checks pass";
    }
}
