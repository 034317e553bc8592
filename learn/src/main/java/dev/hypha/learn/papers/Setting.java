package dev.hypha.learn.papers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How published numbers are reproduced: trials and what their means must fulfil. A resource `settings/NAME.json`:
///
///     {"seeds": 10,
///      "base": {"method": "sgc", "split": "public", "from": "Wu et al., section 6", "training": {"epochs": 100}},
///      "trials": {"cora": {"data": "cora", "published": 0.81, "source": "Wu et al., table 2"}, ...},
///      "checks": [{"trial": "cora", "at-least": 0.808}, ...]}
///
/// `base` holds what trials leave out; their `options` and `training` are added to its. The fields of a trial are those
/// of [Trial]; a check has one of the forms of [Check].
///
/// @param name of the file, and what `hypha reproduce` takes
/// @param seeds runs of each trial, of the keys 0 to seeds - 1
/// @param trials at least one
/// @param checks at least one
public record Setting(String name, int seeds, List<Trial> trials, List<Check> checks) {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> FIELDS = Set.of("seeds", "base", "trials", "checks");
    private static final Set<String> TRIAL_FIELDS =
            Set.of("method", "data", "split", "options", "training", "metric", "published", "source", "from");

    public Setting {
        trials = List.copyOf(trials);
        checks = List.copyOf(checks);
        require(seeds >= 1, "seeds of at least 1");
        require(!trials.isEmpty(), "a trial");
        require(!checks.isEmpty(), "a check");
        Set<String> names = new HashSet<>(trials.stream().map(Trial::name).toList());
        for (Check check : checks) require(names.containsAll(check.trials()), "the trials of " + check);
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new IllegalArgumentException("a setting needs " + what);
    }

    /// Reads a settings file.
    ///
    /// @param name of the setting
    /// @throws IllegalArgumentException where it is not one: no JSON, an unknown field, something missing
    static Setting parse(String name, String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            known(root, FIELDS, "the setting");
            List<Trial> trials = new ArrayList<>();
            for (Map.Entry<String, JsonNode> each : root.path("trials").properties()) {
                trials.add(Trial.of(each.getKey(), completed(root.path("base"), each.getValue(), each.getKey())));
            }
            List<Check> checks = new ArrayList<>();
            for (JsonNode check : root.path("checks")) checks.add(Check.of(check));
            return new Setting(name, root.path("seeds").asInt(), trials, checks);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalArgumentException("settings/" + name + ".json: " + e.getMessage(), e);
        }
    }

    /// The entry of a trial with what it leaves out taken from the base.
    private static JsonNode completed(JsonNode base, JsonNode trial, String name) {
        known(base, TRIAL_FIELDS, "base");
        known(trial, TRIAL_FIELDS, "the trial " + name);
        ObjectNode whole = MAPPER.createObjectNode();
        base.properties()
                .forEach(field -> whole.set(field.getKey(), field.getValue().deepCopy()));
        for (Map.Entry<String, JsonNode> field : trial.properties()) {
            if (whole.get(field.getKey()) instanceof ObjectNode both && field.getValue() instanceof ObjectNode own) {
                both.setAll(own);
            } else {
                whole.set(field.getKey(), field.getValue());
            }
        }
        return whole;
    }

    private static void known(JsonNode node, Set<String> fields, String what) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!fields.contains(field.getKey())) {
                throw new IllegalArgumentException(what + " has an unknown field " + field.getKey());
            }
        }
    }

    /// The checks that look at these trials only.
    List<Check> checksOf(Set<String> names) {
        return checks.stream()
                .filter(check -> names.containsAll(check.trials()))
                .toList();
    }

    /// The trial of that name.
    Trial trial(String wanted) {
        return trials.stream()
                .filter(trial -> trial.name().equals(wanted))
                .findFirst()
                .orElseThrow();
    }
}
