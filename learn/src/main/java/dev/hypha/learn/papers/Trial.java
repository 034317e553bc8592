package dev.hypha.learn.papers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.learn.metrics.Metric;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// One model trained on one set of data, some seeds over: an entry of a settings file.
///
/// @param name unique within the setting
/// @param method of the model catalogue
/// @param data a named data set
/// @param split which of its splits, or how one is drawn; of several published ones seed `i` takes the i-th
/// @param options of the method, as written; defaults elsewhere
/// @param training options of the training, as written; defaults elsewhere
/// @param metric measured on the test rows
/// @param published the value in print; none where it is a rival that nobody published so
/// @param source where it is printed: authors, venue, table; empty without a value
/// @param from where options and training are from: a section of a paper, its code, or a sweep with its ranges
public record Trial(
        String name,
        String method,
        String data,
        String split,
        Map<String, String> options,
        Map<String, String> training,
        Metric metric,
        OptionalDouble published,
        String source,
        String from) {
    public Trial {
        options = Map.copyOf(options);
        training = Map.copyOf(training);
        require(!method.isBlank(), name, "a method");
        require(!data.isBlank(), name, "data");
        require(!split.isBlank(), name, "a split");
        require(!from.isBlank(), name, "a word on where its options are from");
        require(published.isPresent() != source.isBlank(), name, "a published value with its source, or neither");
    }

    private static void require(boolean holds, String name, String what) {
        if (!holds) throw new IllegalArgumentException("the trial " + name + " needs " + what);
    }

    /// From an entry of a settings file.
    ///
    /// @param node with what is left out taken from `base` already
    static Trial of(String name, JsonNode node) {
        JsonNode published = node.path("published");
        return new Trial(
                name,
                node.path("method").asText(),
                node.path("data").asText(),
                node.path("split").asText(),
                words(node.path("options")),
                words(node.path("training")),
                Metric.named(node.path("metric").asText("accuracy")),
                published.isNumber() ? OptionalDouble.of(published.doubleValue()) : OptionalDouble.empty(),
                node.path("source").asText(),
                node.path("from").asText());
    }

    private static Map<String, String> words(JsonNode node) {
        Map<String, String> words = new TreeMap<>();
        node.properties()
                .forEach(field -> words.put(field.getKey(), field.getValue().asText()));
        return words;
    }

    /// A name for what decides the trial's outcome beside the seed and the program: results of another fingerprint are
    /// those of another trial.
    ///
    /// @return 16 hexadecimal digits
    String fingerprint() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("method", method).put("data", data).put("split", split).put("metric", metric.label());
        new TreeMap<>(options).forEach(object.putObject("options")::put);
        new TreeMap<>(training).forEach(object.putObject("training")::put);
        return Sha256.of(object.toString()).substring(0, 16);
    }
}
