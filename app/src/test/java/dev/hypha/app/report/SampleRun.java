package dev.hypha.app.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SplittableRandom;

/// Trees as runs write them, made up.
final class SampleRun {
    private static final String[][] TABLES = {
        {"customers", "3000", "signed_up_at", "referred_by", "customers"},
        {"products", "400", "launched_at"},
        {"orders", "17331", "ordered_at", "customer_id", "customers"},
        {
            "order_lines",
            "34825",
            "ordered_at",
            "order_id",
            "orders",
            "customer_id",
            "customers",
            "product_id",
            "products"
        },
        {"reviews", "10510", "reviewed_at", "customer_id", "customers", "product_id", "products"},
        {
            "returns",
            "2970",
            "returned_at",
            "customer_id",
            "customers",
            "line_id",
            "order_lines",
            "product_id",
            "products"
        },
        {"sessions", "65853", "started_at", "customer_id", "customers"},
        {"holidays", "24", ""},
    };

    private SampleRun() {}

    static ObjectNode binary() {
        ObjectNode run = base("binary", "blend");
        run.put(
                "query",
                "PREDICT COUNT(orders.*, 0, 90, DAYS) = 0 FOR EACH customers.customer_id\n"
                        + "WHERE COUNT(orders.*, -180, 0, DAYS) > 0");
        metrics(run, "auroc", 0.853, 0.5, 0.771, 0.561, 0.829, 0.848);
        metrics(run, "average-precision", 0.871, 0.51, 0.78, 0.56, 0.84, 0.86);
        metrics(run, "log-loss", 0.463, 0.693, 0.58, 0.68, 0.495, 0.471);
        ObjectNode report = (ObjectNode) run.get("report");
        report.put("decidingMetric", "auroc");
        report.set("roc", bow(0.28));
        report.set("precisionRecall", falling());
        ArrayNode calibration = report.putArray("calibration");
        for (int i = 0; i < 10; i++) {
            calibration
                    .addObject()
                    .put("predicted", 0.05 + i / 10.0)
                    .put("observed", 0.04 + i * 0.102)
                    .put("rows", 30 + 40 * Math.abs(i - 5));
        }
        return run;
    }

    static ObjectNode regression() {
        ObjectNode run = base("regression", "graph");
        run.put("query", "PREDICT SUM(orders.total, 0, 30, DAYS) FOR EACH customers.customer_id");
        metrics(run, "mae", 3.78, 4.6, 4.1, 4.17, 3.82, 3.78);
        metrics(run, "r2", 0.41, 0, 0.2, 0.18, 0.39, 0.41);
        ObjectNode report = (ObjectNode) run.get("report");
        report.put("decidingMetric", "mae");
        SplittableRandom random = new SplittableRandom(5);
        ArrayNode points = report.putArray("residuals");
        for (int i = 0; i < 300; i++) {
            double actual = 1 + 19 * random.nextDouble();
            points.addArray().add(actual).add(10 + 0.6 * (actual - 10) + 2.5 * random.nextGaussian());
        }
        return run;
    }

    static ObjectNode multiclass() {
        ObjectNode run = base("multiclass", "trees");
        run.put("query", "PREDICT LAST(orders.channel, 0, 30, DAYS) FOR EACH customers.customer_id");
        run.putArray("classes").add("web").add("app").add("shop");
        metrics(run, "accuracy", 0.62, 0.4, 0.55, 0.45, 0.62, 0.6);
        ObjectNode report = (ObjectNode) run.get("report");
        report.remove("curve");
        report.set("roc", bow(0.5));
        return run;
    }

    /// A run that scored with the weights of another.
    static ObjectNode scored() {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("query", "PREDICT EXISTS(orders.*, 0, 30, DAYS) FOR EACH customers.customer_id");
        run.put("task", "binary").put("predictions", "runs/a/predictions.parquet");
        return run;
    }

    private static ObjectNode base(String task, String model) {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.putObject("hypha")
                .put("version", "0.1.0")
                .put("revision", "84ceb0f1d2c3")
                .put("dirty", false);
        run.put("command", "predict").put("kernels", "blas SkylakeX").put("threads", 2);
        run.put("seconds", 74.2).put("peakBytes", 1_400_000_000L);
        run.put("task", task).put("protocol", "frozen").put("model", model).put("method", "hetero-sage");
        run.putObject("rows").put("train", 6532).put("validation", 1207).put("test", 1195);
        run.put("database", "hypha-demo/shop.duckdb").put("entity", "customers").put("key", "customer_id");
        run.put("seed", 0).put("seeds", 3).put("graphShare", 0.5).put("run", "hypha-demo/run");
        run.put("predictions", "churn");
        run.putArray("arguments").add("predict").add("hypha-demo/shop.duckdb").add("PREDICT it's");
        run.putObject("options").put("channels", "128").put("rate", "0.005");
        report(run.putObject("report"));
        return run;
    }

    private static void report(ObjectNode report) {
        report.putArray("sentences")
                .add("Protocol frozen: no row after the test cut-off is seen by any test prediction.")
                .add("test: 1 time, 2024-07-02");
        report.putArray("warnings").add("reviews.review: 12 values are empty");
        report.putArray("audit")
                .addObject()
                .put("severity", "note")
                .put("kind", "rows-without-time")
                .put("place", "holidays")
                .put("message", "holidays has no time, so that all of its rows are seen always")
                .put("remedy", "Give it a time in the schema file if it has one.");
        ArrayNode splits = report.putArray("splits");
        split(splits, "train", 6532, 6, "2023-09-28", "2024-01-01", 0.512);
        split(splits, "validation", 1207, 1, "2024-04-03", "2024-04-03", 0.497);
        split(splits, "test", 1195, 1, "2024-07-02", "2024-07-02", 0.503);
        splits.addObject()
                .put("split", "predict")
                .put("rows", 1176)
                .put("times", 1)
                .put("from", "2024-12-30");
        ArrayNode curve = report.putArray("curve");
        for (int i = 1; i <= 14; i++) {
            curve.addObject()
                    .put("epoch", i)
                    .put("loss", 0.42 + 0.27 / i)
                    .put("metric", 0.85 - 0.16 / i - (i > 9 ? 0.002 * (i - 9) : 0));
        }
        report.put("bestEpoch", 9).put("drawnSplit", "test");
        ObjectNode importance = report.putObject("importance");
        ArrayNode columns = importance.putArray("columns");
        String[][] names = {
            {"orders", "ordered_at"},
            {"reviews", "stars"},
            {"products", "supplier"},
            {"returns", "returned_at"},
            {"customers", "region"}
        };
        double[] worse = {0.121, 0.064, 0.031, 0.012, -0.001};
        ArrayNode tables = importance.putArray("tables");
        for (int i = 0; i < names.length; i++) {
            columns.addObject()
                    .put("table", names[i][0])
                    .put("column", names[i][1])
                    .put("worse", worse[i]);
            tables.addObject().put("table", names[i][0]).put("worse", Math.max(0, worse[i]));
        }
        schema(report.putObject("schema").putArray("tables"));
    }

    private static void schema(ArrayNode tables) {
        for (String[] table : TABLES) {
            ObjectNode one = tables.addObject().put("name", table[0]).put("rows", Long.parseLong(table[1]));
            if (!table[2].isEmpty()) {
                one.put("time", table[2]);
            }
            ArrayNode keys = one.putArray("foreignKeys");
            for (int i = 3; i < table.length; i += 2) {
                keys.addObject().put("column", table[i]).put("table", table[i + 1]);
            }
        }
    }

    private static void split(ArrayNode splits, String name, int rows, int times, String from, String to, double mean) {
        splits.addObject()
                .put("split", name)
                .put("rows", rows)
                .put("times", times)
                .put("from", from)
                .put("to", to)
                .put("meanLabel", mean);
    }

    /// Of the model, and of constant, entity history, trees on the entity's row, trees on windows and the graph model.
    private static void metrics(ObjectNode run, String metric, double... values) {
        String[] names = {"constant", "entity-history", "trees-entity", "trees-windows", "graph"};
        ObjectNode metrics = run.withObject("/metrics");
        for (String split : new String[] {"validation", "test"}) {
            spread(metrics.withObject("/" + split), metric, values[0]);
        }
        ObjectNode baselines = run.withObject("/baselines");
        ObjectNode validation = ((ObjectNode) run.get("report")).withObject("/baselinesValidation");
        for (int i = 0; i < names.length; i++) {
            spread(baselines.withObject("/" + names[i]), metric, values[i + 1]);
            spread(validation.withObject("/" + names[i]), metric, values[i + 1]);
        }
    }

    private static void spread(ObjectNode metrics, String metric, double mean) {
        metrics.putObject(metric)
                .put("mean", mean)
                .put("sd", 0.004)
                .putArray("values")
                .add(mean - 0.004)
                .add(mean)
                .add(mean + 0.004);
    }

    private static ArrayNode bow(double power) {
        ArrayNode points = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i <= 50; i++) {
            points.addArray().add(i / 50.0).add(Math.pow(i / 50.0, power));
        }
        return points;
    }

    private static ArrayNode falling() {
        ArrayNode points = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i <= 50; i++) {
            points.addArray().add(i / 50.0).add(1 - 0.5 * Math.pow(i / 50.0, 3));
        }
        return points;
    }
}
