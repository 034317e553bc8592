package dev.hypha.relational.trees;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.windows.FeatureMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Grown trees: predicts, tells which features matter, and is kept as one file.
///
/// @param kind what is predicted
/// @param classes number of classes; 1 for binary and regression
/// @param features names of the columns it was grown on, in order
/// @param boosters one an output, again for each averaged model
public record TreeModel(TaskKind kind, int classes, List<String> features, List<Booster> boosters) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORMAT = "hypha-trees-1";

    public TreeModel {
        features = List.copyOf(features);
        boosters = List.copyOf(boosters);
    }

    /// Numbers predicted per row.
    public int outputs() {
        return kind.outputs(classes);
    }

    /// @return probabilities (or values), rows x outputs, row-major
    public float[] predict(FeatureMatrix x, int threads) {
        if (!x.names().equals(features)) {
            throw new IllegalArgumentException("these trees were grown on other features");
        }
        int width = outputs();
        int models = boosters.size() / width;
        float[] out = new float[x.rows() * width];
        double[] sum = new double[out.length];
        for (int b = 0; b < boosters.size(); b++) {
            double[] one = boosters.get(b).predict(x, threads);
            for (int i = 0; i < one.length; i++) {
                sum[i * width + b % width] += one[i] / models;
            }
        }
        for (int i = 0; i < x.rows(); i++) {
            double scale = kind == TaskKind.MULTICLASS ? total(sum, i, width) : 1;
            for (int c = 0; c < width; c++) {
                out[i * width + c] = (float) (sum[i * width + c] / scale);
            }
        }
        return out;
    }

    private static double total(double[] values, int row, int width) {
        double total = 0;
        for (int c = 0; c < width; c++) {
            total += values[row * width + c];
        }
        return total;
    }

    /// Share of each feature in what all splits gained, greatest first; features never used are left out.
    public Map<String, Double> importance() {
        double[] gain = new double[features.size()];
        double total = 0;
        for (Booster booster : boosters) {
            double[] one = booster.gain();
            for (int j = 0; j < gain.length; j++) {
                gain[j] += one[j];
                total += one[j];
            }
        }
        List<Integer> order = new ArrayList<>();
        for (int j = 0; j < gain.length; j++) {
            if (gain[j] > 0) {
                order.add(j);
            }
        }
        order.sort((a, b) -> Double.compare(gain[b], gain[a]));
        Map<String, Double> out = new LinkedHashMap<>();
        for (int j : order) {
            out.put(features.get(j), gain[j] / total);
        }
        return out;
    }

    /// Mean number of rounds kept.
    public double rounds() {
        return boosters.stream().mapToInt(Booster::rounds).average().orElse(0);
    }

    /// Writes the model beside its place and renames it there.
    public void save(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT).put("kind", kind.label()).put("classes", classes);
        features.forEach(root.putArray("features")::add);
        var list = root.putArray("boosters");
        boosters.forEach(b -> list.addObject().put("rounds", b.rounds()).put("text", b.text()));
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        JSON.writeValue(beside.toFile(), root);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Reads what `save` wrote.
    public static TreeModel load(Path file) throws IOException {
        JsonNode root = JSON.readTree(file.toFile());
        if (!FORMAT.equals(root.path("format").asText())) {
            throw new IOException(file + " is no " + FORMAT + " file");
        }
        List<String> features = new ArrayList<>();
        root.path("features").forEach(f -> features.add(f.asText()));
        List<Booster> boosters = new ArrayList<>();
        root.path("boosters")
                .forEach(b -> boosters.add(
                        new Booster(b.path("text").asText(), b.path("rounds").asInt())));
        TaskKind kind = TaskKind.valueOf(root.path("kind").asText().toUpperCase(java.util.Locale.ROOT));
        return new TreeModel(kind, root.path("classes").asInt(), features, boosters);
    }
}
