package dev.hypha.relational.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.graph.InputException;
import dev.hypha.learn.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job on a small shop: whoever buys a bad product stays away. What is bad shows only in other people's
/// reviews of the same product.
final class PredictTest {
    private static final String CHURN = """
            PREDICT COUNT(orders.*, 0, 30, DAYS) = 0 FOR EACH customers.customer_id
            WHERE COUNT(orders.*, -60, 0, DAYS) > 0""";
    private static final Map<String, String> QUICK = Map.of(
            "epochs", "3", "channels", "8", "fan-out", "4", "patience", "0", "trees-rounds", "20", "trees-models", "1");

    @TempDir
    static Path shared;

    private static Path shop;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeShop() throws SQLException {
        shop = shared.resolve("shop.duckdb");
        try (Connection db = DriverManager.getConnection("jdbc:duckdb:" + shop);
                Statement sql = db.createStatement()) {
            sql.execute(
                    "CREATE TABLE products AS SELECT i AS product_id, 'kind ' || (i % 3) AS kind FROM range(30) t(i)");
            sql.execute(
                    "CREATE TABLE customers AS SELECT i AS customer_id, 20 + (hash('age' || i) % 1000003)::BIGINT % 50 AS age,"
                            + " ['north', 'south', 'east'][1 + (hash('region' || i) % 1000003)::BIGINT % 3] AS region FROM range(200) t(i)");
            sql.execute("CREATE TABLE orders AS SELECT row_number() OVER () - 1 AS order_id, c AS customer_id,"
                    + " (hash('p' || c || '-' || k) % 1000003)::BIGINT % 30 AS product_id, ((hash('v' || c || k) % 1000003)::BIGINT % 1000) / 10.0 AS value,"
                    + " TIMESTAMP '2024-01-01' + to_days((k * 12 + (hash('d' || c || '-' || k) % 1000003)::BIGINT % 12)::INTEGER) AS ordered_at"
                    + " FROM range(200) a(c), range(30) b(k)"
                    + " WHERE k < 3 + (hash('life' || c) % 1000003)::BIGINT % 28");
            sql.execute(
                    "CREATE TABLE reviews AS SELECT order_id AS review_id, product_id,"
                            + " CASE WHEN product_id < 10 THEN 1 ELSE 4 END + (hash('s' || order_id) % 1000003)::BIGINT % 2 AS stars,"
                            + " ordered_at + INTERVAL 3 DAY AS written_at FROM orders WHERE (hash('r' || order_id) % 1000003)::BIGINT % 2 = 0");
        }
    }

    private PredictRequest request(String model, Path out) {
        return new PredictRequest(
                shop.toString(),
                Optional.of(CHURN),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                new AskedTimes(
                        Optional.of("2024-08-01"),
                        Optional.of("2024-10-01"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                model,
                new AskedOutput(Optional.empty(), Optional.of(out), "parquet"),
                true,
                0,
                1,
                2,
                1L << 30,
                false,
                false,
                QUICK);
    }

    private static JsonNode run(PredictRequest request) {
        return Predict.run(request, Progress.SILENT).json();
    }

    @Test
    void trainsMeasuresAndWrites() throws Exception {
        Path out = folder.resolve("run");
        JsonNode json = run(request("auto", out));
        assertThat(json.path("task").asText()).isEqualTo("binary");
        assertThat(json.path("protocol").asText()).isEqualTo("frozen");
        assertThat(json.path("rows").path("train").asInt()).isPositive();
        assertThat(json.path("metrics").path("test").path("auroc").path("values"))
                .hasSize(1);
        assertThat(json.path("baselines").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("constant", "entity-history", "trees-entity", "trees-windows", "graph");
        assertThat(List.of("weights.safetensors", "trees.json", "encoding.json", "schema.yaml", "run.json"))
                .allSatisfy(name -> assertThat(out.resolve(name)).exists());
        assertThat(rows(json.path("predictions").asText())).isPositive();
        assertThat(json.path("timings").properties())
                .extracting(Map.Entry::getKey)
                .contains("reading DuckDB", "training", "growing trees");
        assertThat(json.path("versions").path("duckdb").asText()).startsWith("v");
        assertThat(json.path("dataHash").asText()).matches("[0-9a-f]{16}");
        assertThat(folder.resolve("run.partial")).doesNotExist();
    }

    @Test
    void saysEverythingOnce() {
        Map<String, Object> given = Map.of("query", Optional.of(CHURN + " GIVEN COUNT(orders.*, 0, 60, DAYS) >= 0"));
        JsonNode json = run(Changed.of(request("trees", folder.resolve("run")), given));
        assertThat(json.at("/report/sentences"))
                .doesNotHaveDuplicates()
                .anySatisfy(s -> assertThat(s.asText()).startsWith("Only rows for which COUNT(orders.*"));
    }

    @Test
    void scoresAgainToTheSameNumbers() throws Exception {
        Path out = folder.resolve("run");
        String first = run(request("auto", out)).path("predictions").asText();
        Path again = folder.resolve("again");
        PredictRequest later = Changed.of(request(out.toString(), again), Map.of("query", Optional.empty()));
        String second = run(later).path("predictions").asText();
        assertThat(rows(first)).isEqualTo(rows(second));
        assertThat(differing(first, second)).isZero();
    }

    @Test
    void aRunOnLabelsFromSqlScoresEveryEntityAgain() throws Exception {
        Path labels = Files.writeString(folder.resolve("labels.sql"), """
                SELECT t AS time, c.customer_id AS entity,
                  NOT EXISTS (FROM orders o WHERE o.customer_id = c.customer_id AND o.ordered_at > t
                    AND o.ordered_at <= t + INTERVAL 30 DAY) AS label
                FROM customers c, range(TIMESTAMP '2024-03-01', TIMESTAMP '2024-11-15', INTERVAL 30 DAY) r(t)""");
        Path out = folder.resolve("run");
        Map<String, Object> bySql =
                Map.of("query", Optional.empty(), "labels", Optional.of(labels), "entity", Optional.of("customers"));
        String first =
                run(Changed.of(request("auto", out), bySql)).path("predictions").asText();
        assertThat(rows(first)).isEqualTo(200);
        Path again = folder.resolve("again");
        PredictRequest later = request(out.toString(), again);
        String second = run(Changed.of(later, Map.of("query", Optional.empty())))
                .path("predictions")
                .asText();
        assertThat(rows(second)).isEqualTo(200);
        assertThat(differing(first, second)).isZero();
        assertThatThrownBy(() -> run(later)).isInstanceOf(InputException.class).hasMessageContaining("labels from SQL");
    }

    private static long differing(String first, String second) throws SQLException {
        return number("SELECT count(*) FROM '" + first + "' a FULL JOIN '" + second
                + "' b USING (customer_id) WHERE a.prediction IS DISTINCT FROM b.prediction");
    }

    @Test
    void resumesToTheSameWeights() throws IOException {
        Path whole = folder.resolve("whole");
        run(request("graph", whole));
        Path cut = folder.resolve("cut");
        Progress killer = new Progress() {
            private boolean training;

            @Override
            public void stage(String name, long total) {
                training = name.equals("training");
            }

            @Override
            public void at(long done, String state) {
                if (training && state.startsWith("epoch 2")) {
                    throw new CancellationException("killed");
                }
            }
        };
        assertThatThrownBy(() -> Predict.run(request("graph", cut), killer)).isInstanceOf(CancellationException.class);
        assertThat(cut).doesNotExist();
        assertThatThrownBy(() -> run(Changed.of(request("graph", cut), Map.of("resume", true, "seed", 1L))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is of seed-0, not of seed-1");
        run(Changed.of(request("graph", cut), Map.of("resume", true)));
        assertThat(Files.readAllBytes(cut.resolve("weights.safetensors")))
                .isEqualTo(Files.readAllBytes(whole.resolve("weights.safetensors")));
    }

    @Test
    void labelsAloneAreOneTable() throws Exception {
        Path file = folder.resolve("labels.csv");
        JsonNode json = run(Changed.of(request("auto", file), Map.of("labelsOnly", true)));
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.getFirst()).isEqualTo("time,entity,label,split");
        int rows = json.path("rows").path("train").asInt()
                + json.path("rows").path("validation").asInt()
                + json.path("rows").path("test").asInt();
        assertThat(lines).hasSize(rows + 1);
        assertThat(lines.get(1)).matches("\\d{4}-\\d\\d-\\d\\dT00:00:00,\\d+,[01],train");
    }

    @Test
    void estimatesTheTreesAndMeasuresAStepOfTheGraphModel() {
        Path out = folder.resolve("run");
        Map<String, Object> only = Map.of("estimateOnly", true);
        JsonNode trees = run(Changed.of(request("trees", out), only)).path("estimate");
        assertThat(trees.path("graphBytes").asLong()).isZero();
        assertThat(trees.path("workspaceBytes").asLong()).isPositive();
        assertThat(trees.path("bytes")).isEqualTo(trees.path("workspaceBytes"));
        assertThat(trees.path("aggregateBytes").asLong()).isPositive();
        JsonNode graph = run(Changed.of(request("auto", out), only)).path("estimate");
        assertThat(out).doesNotExist();
        JsonNode made = run(request("auto", out));
        assertThat(made.path("gcPauseMillis").isIntegralNumber()).isTrue();
        JsonNode used = made.path("memory");
        for (String what : List.of("graph", "features", "parameters", "activations", "workspace", "")) {
            String field = what.isEmpty() ? "bytes" : what + "Bytes";
            assertThat(used.path(what.isEmpty() ? "peakBytes" : field).asDouble())
                    .as(what)
                    .isCloseTo(graph.path(field).asDouble(), withinPercentage(15));
        }
        assertThat(used.path("estimateBytes")).isEqualTo(graph.path("bytes"));
    }

    @Test
    void theEstimateCoversAnswersThatTakeMoreThanTheTraining() {
        Path out = folder.resolve("run");
        PredictRequest narrow =
                Changed.of(request("graph", out), Map.of("options", Map.of("batch", "8", "epochs", "1", "steps", "3")));
        JsonNode used = run(narrow).path("memory");
        assertThat(used.path("peakBytes").asDouble())
                .isCloseTo(used.path("estimateBytes").asDouble(), withinPercentage(15));
    }

    @Test
    void saysThatMemoryIsTooSmallBeforeTraining() {
        Path out = folder.resolve("run");
        PredictRequest small = Changed.of(request("graph", out), Map.of("memoryBytes", 32L << 20));
        assertThatThrownBy(() -> run(Changed.of(small, Map.of("options", Map.of("fan-out", "-1", "batch", "100000")))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("half of --memory")
                .satisfies(thrown -> {
                    InputException e = (InputException) thrown;
                    assertThat(e.where()).containsKeys("neededBytes", "freeBytes", "limitBytes");
                    assertThat(e.hint()).contains("--memory", "--batch", "--model trees");
                });
        assertThat(out).doesNotExist();
    }

    @Test
    void leavesAFolderThatIsNoRunAlone() throws IOException {
        Path out = Files.createDirectory(folder.resolve("photos"));
        Files.writeString(out.resolve("a.txt"), "mine");
        assertThatThrownBy(() -> run(request("trees", out)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not a run");
        assertThat(Files.readString(out.resolve("a.txt"))).isEqualTo("mine");
    }

    @Test
    void namesAnUnknownOption() {
        PredictRequest wrong =
                Changed.of(request("auto", folder.resolve("run")), Map.of("options", Map.of("epoch", "3")));
        assertThatThrownBy(() -> run(wrong)).isInstanceOf(InputException.class).hasMessageContaining("--epoch");
    }

    private static long rows(String parquet) throws SQLException {
        return number("SELECT count(*) FROM '" + parquet + "'");
    }

    private static long number(String sql) throws SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
