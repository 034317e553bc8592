package dev.hypha.learn.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A measured value over seeds: mean, sample standard deviation (0 for one seed) and the values themselves.
public record Spread(List<Double> values) {
    public Spread {
        values = List.copyOf(values);
    }

    /// NaN for no values.
    public double mean() {
        return values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    }

    /// With n - 1 in the denominator; 0 for fewer than two values.
    public double sd() {
        if (values.size() < 2) {
            return 0;
        }
        double mean = mean();
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.size() - 1));
    }

    /// `{"mean": m, "sd": s, "values": [..]}`.
    public ObjectNode json() {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("mean", mean()).put("sd", sd());
        values.forEach(out.putArray("values")::add);
        return out;
    }

    /// Metrics by name, one map per seed, turned into one object with a spread per metric; a metric that is
    /// undefined for a seed is left out.
    public static ObjectNode json(List<Map<String, Double>> perSeed) {
        Map<String, Spread> spreads = new LinkedHashMap<>();
        for (String name : perSeed.getFirst().keySet()) {
            if (perSeed.stream().allMatch(m -> m.containsKey(name))) {
                spreads.put(
                        name, new Spread(perSeed.stream().map(m -> m.get(name)).toList()));
            }
        }
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        spreads.forEach((name, spread) -> out.set(name, spread.json()));
        return out;
    }
}
