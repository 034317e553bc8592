package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypha.app.demo.Shop;
import dev.hypha.app.demo.ShopDatabase;
import dev.hypha.app.demo.ShopMaker;
import dev.hypha.learn.Progress;
import dev.hypha.relational.predict.AskedOutput;
import dev.hypha.relational.predict.AskedTimes;
import dev.hypha.relational.predict.PredictRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/// `hypha demo`: a sample shop, a question, a measured answer and a report, with nothing to prepare.
@Command(
        name = "demo",
        description = "Makes a sample shop database, asks which customers will stop ordering, and measures the answer.",
        footer = {
            "",
            "Examples:",
            "  hypha demo                      into the folder hypha-demo",
            "  hypha demo --seed 7 --out shop7 another shop, elsewhere",
            "",
            "What the shop hides, and who can find it: docs/demo.md."
        })
final class DemoCommand extends Verb {
    private static final String QUESTION = "PREDICT COUNT(orders.*, 0, 90, DAYS) = 0 FOR EACH customers.customer_id"
            + " WHERE COUNT(orders.*, -180, 0, DAYS) > 0";
    private static final String TABLE = "churn";

    /// Six passes are enough for this shop, and end within two minutes on two cores.
    private static final Map<String, String> METHOD_OPTIONS = Map.of("epochs", "6");

    private final Pipeline pipeline;

    DemoCommand(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    boolean computes() {
        return true;
    }

    @Override
    String afterInterrupt() {
        return "The same command with --resume goes on from the last checkpoint.";
    }

    @Override
    Answer answer(Progress progress) throws IOException, SQLException {
        Path folder = common.out().orElse(Path.of("hypha-demo"));
        Path database = folder.resolve("shop.duckdb");
        progress.stage("making the sample shop", -1);
        Shop shop = ShopMaker.make(common.seed, ShopMaker.CUSTOMERS, ShopMaker.PRODUCTS);
        ShopDatabase.write(shop, database);
        progress.note("sample shop: " + String.format("%,d", shop.rows()) + " rows in " + database);
        progress.note("question: " + QUESTION);
        ObjectNode found = pipeline.run(request(database, folder.resolve("run")), progress, pages())
                .json();
        Answer answer = Predicted.answer(found, Optional.of(TABLE));
        answer.objects().getFirst().put("database", database.toString());
        return new Answer(answer.objects(), intro(database) + answer.text(), answer.exit());
    }

    private static String intro(Path database) {
        String line = System.lineSeparator();
        return "Which customers of " + database + " will not order in the next 90 days?" + line + QUESTION + line
                + line;
    }

    private PredictRequest request(Path database, Path run) {
        return new PredictRequest(
                database.toString(),
                Optional.of(QUESTION),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                AskedTimes.CHOSEN,
                "auto",
                new AskedOutput(Optional.of(TABLE), Optional.of(run), "parquet"),
                false,
                common.seed,
                common.seeds,
                common.threads,
                common.memoryBytes,
                common.estimate,
                common.resume,
                METHOD_OPTIONS);
    }
}
