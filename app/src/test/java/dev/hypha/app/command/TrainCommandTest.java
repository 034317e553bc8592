package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypha.app.Ran;
import dev.hypha.learn.TaskKind;
import dev.hypha.learn.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `hypha train` on Cora, which comes along, for a few epochs.
final class TrainCommandTest {
    @TempDir
    Path folder;

    private Ran train(String arguments) {
        String all = "train cora --quiet --epochs 5 --threads 2 --out " + folder.resolve("run") + " " + arguments;
        return Ran.hypha(all.strip().split(" ", -1));
    }

    @Test
    void whatScriptsRelyOnIsThere() throws IOException {
        Ran ran = train("--model sgc --seeds 2 --json");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        JsonNode json = ran.json();
        assertThat(json.path("command").asText()).isEqualTo("train");
        assertThat(json.path("data").asText()).isEqualTo("cora");
        assertThat(json.path("model").asText()).isEqualTo("sgc");
        assertThat(json.at("/options/hops").asText()).isEqualTo("2");
        assertThat(json.at("/options/epochs").asText()).isEqualTo("5");
        for (String part : new String[] {"train", "validation", "test"}) {
            JsonNode accuracy = json.path("metrics").path(part).path("accuracy");
            assertThat(accuracy.path("values")).hasSize(2);
            assertThat(accuracy.path("mean").asDouble()).isBetween(0.1, 1.0);
            assertThat(accuracy.path("sd").isNumber()).isTrue();
        }
        assertThat(json.at("/epochSeconds/values")).hasSize(2);
        assertThat(Path.of(json.path("run").asText()))
                .isEqualTo(folder.resolve("run").toAbsolutePath());
        String page = Files.readString(folder.resolve("run/report.html"));
        assertThat(page).contains("cora: sgc", "How well", "How the model learned", "test nodes");
        assertThat(page).doesNotContain("leak audit", "What was tried", "foreign keys", "answered the same rows");
        assertThat(Files.readString(folder.resolve("run/model-card.md"))).contains("- graph: cora");
    }

    @Test
    void aRunSaysWhatItsMeasuresAreAndItsCardWhatTheModelIs() throws IOException {
        assertThat(train("--model sgc --seeds 2 --hops 3").exit()).isZero();
        String page = Files.readString(folder.resolve("run/report.html"));
        String card = Files.readString(folder.resolve("run/model-card.md"));
        assertThat(page).contains("What the measures are");
        for (Metric metric : Metric.of(TaskKind.MULTICLASS)) {
            assertThat(page).contains(metric.definition());
            assertThat(card.replace("\\", "")).contains(metric.definition());
        }
        assertThat(page).doesNotContain(Metric.RMSE.definition());
        assertThat(card)
                .contains(
                        "- published: Wu et al.", "- model: hops 3", "epochs 5, ", "- answers: one of several classes")
                .contains("What it is for", "for the 2,708 nodes", "What it is not for")
                .contains("| test | 0.", " ± ", "Mean and sample standard deviation over 2 seeds")
                .contains("- hash: sha256:", "- edges: 5,278", "- train: 140 nodes", "- split: public")
                .contains("0 (20 learned from)", "- made with: Hypha ", "    ./hypha train cora ");
    }

    @Test
    void aMethodWithoutATrainerHasACardToo() throws IOException {
        String all = "train cora --quiet --model label-propagation --out " + folder.resolve("run");
        assertThat(Ran.hypha(all.split(" ", -1)).exit()).isZero();
        assertThat(Files.readString(folder.resolve("run/model-card.md")))
                .contains("- training: none", "One seed, 0,")
                .doesNotContain("- weights:", "epochs");
    }

    @Test
    void aPersonSeesTheMeasurementTheChoiceAndThePlaces() throws IOException {
        Ran ran = train("--set hidden=4,8 dropout=0.3,0.6 --rate 0.02");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .contains("Split public: 140 train, 500 validation, 1,000 test.")
                .contains("hidden=4 dropout=0.6", ", chosen", "validation", "report.html")
                .contains("4 combinations of options were tried; validation nodes chose by log-loss.");
        assertThat(ran.out().lines().filter(line -> line.startsWith("test "))).hasSize(1);
        assertThat(Files.readString(folder.resolve("run/report.html"))).contains("What was tried");
    }

    @Test
    void theSameRunWithResumeIsTheSame() {
        JsonNode once = train("--json").json();
        JsonNode again = train("--json --resume").json();
        assertThat(again.path("metrics")).isEqualTo(once.path("metrics"));
    }

    @Test
    void anEstimateIsPrintedAndNothingWritten() {
        assertThat(train("--estimate").out()).contains("each step looks at  whole", "parameters", "memory needed");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--model gatt        | there is no model 'gatt' for nodes. Did you mean gat? There are mlp, gcn",
                "--set hiden=4       | the model gcn and its training have no option hiden. Did you mean hidden?",
                "--model sgc --hidden 4 | the model sgc and its training have no option hidden. There are hops",
                "--hiden 4           | there is no option --hiden for hypha train. Did you mean --hidden?",
                "--hidden 0          | Option --hidden is 0, outside its range. Give 1 to 4096",
                "--set hidden        | --set is 'hidden'. Write --set hidden=32,64.",
                "--set rate=1 rate=2 | the option rate is given twice",
                "--split thirds      | Option --split is thirds, and there is none like that. The data has public",
                "--pass precomputed  | the model gcn has no precomputed form (option --pass). Give",
                "--set hidden=8,32 --split 60/0/40 | 2 combinations of options are to be tried, and the split 60/0/40 has no",
                "--split 0/50/50     | Option --split is 0/50/50, and its training part is empty",
                "--memory 1m --pass whole | the training needs",
                "--model label-propagation | the model label-propagation has no use for --epochs: no trainer trains it",
                "--model auto --hidden 8 | --hidden is an option of models, and --model auto chooses the model",
            })
    void aMistakeIsToldInOneSentenceAndNothingIsWritten(String arguments, String says) {
        Ran ran = train(arguments);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("hypha: ").contains(says);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void dataThatIsNotThereIsToldWithTheNearestName() {
        Ran ran = Ran.hypha("train", "coro", "--quiet");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("there is no data set, no folder and no file 'coro'", "Did you mean cora?");
    }

    private Ran own(String arguments) throws IOException {
        StringBuilder nodes = new StringBuilder("who,age,town,team,teams,points\n");
        StringBuilder edges = new StringBuilder("a,b\n");
        for (int i = 0; i < 90; i++) {
            nodes.append("p%d,%d,%s,t%d,%s,%f\n"
                    .formatted(
                            i,
                            20 + i % 3 * 10 + i % 7,
                            i % 2 == 0 ? "Oslo" : "Rome",
                            i % 3,
                            i % 3 == 0 ? "x|y" : "y",
                            i % 3 * 2.5));
            edges.append("p%d,p%d\n".formatted(i, (i + 3) % 90));
        }
        Path tables = Files.createDirectories(folder.resolve("tables"));
        Files.writeString(tables.resolve("people.csv"), nodes);
        Files.writeString(tables.resolve("knows.csv"), edges);
        String all = "train " + tables.resolve("people.csv") + " " + tables.resolve("knows.csv") + " --quiet --json"
                + " --epochs 60 --threads 2 --out " + folder.resolve("run") + " " + arguments;
        return Ran.hypha(all.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--target team --ignore teams,points                  | multiclass | accuracy | 0.8",
                "--target teams --task multilabel --ignore team,points | multilabel | f1-micro | 0.8",
                "--target points --ignore team,teams                  | regression | r2       | 0.5",
                "--target town --ignore team,teams,points --split 20-per-class/10 | binary | accuracy | 0.2",
                "--target team --ignore teams,points --inductive true --split 50/20/30 | multiclass | accuracy | 0.8",
                "--target team --ignore teams,points --pass sampled --batch 16 --fan-out 2 | multiclass | accuracy | 0.8",
            })
    void tablesOfOnesOwnAreLearnedFrom(String arguments, String task, String metric, double least) throws IOException {
        Ran ran = own(arguments);
        assertThat(ran.err()).isEmpty();
        JsonNode json = ran.json();
        assertThat(json.path("task").asText()).isEqualTo(task);
        assertThat(json.at("/metrics/test").path(metric).path("mean").asDouble())
                .isGreaterThan(least);
        assertThat(Files.readAllLines(folder.resolve("run/predictions.csv"))).hasSize(91);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--target tem             | there is no column tem in",
                "--target team --ends a   | --ends is a",
                "--target team --ends b,c | there is no column c in",
                "--target team --id town  | a second node Oslo",
                "--target team --time age --split 20-per-class | would learn from the future",
                "--target team --features nosuch.csv | there is no file nosuch.csv",
                "--target team --task ranking | is no task over nodes; there are binary, multiclass, multilabel",
                "--target team,town --task multiclass | are a class each, which a multiclass task cannot have",
                "--target points --model mowst | the model mowst cannot do a task that is regression",
                "--target team --task binary | has 3 classes, and a binary task has two",
            })
    void mistakesInThemAreToldAndNothingIsWritten(String arguments, String says) throws IOException {
        Ran ran = own(arguments);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.json().at("/error/message").asText()).contains(says);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aTableOfNodesNeedsOneOfEdgesAndADataSetTakesNoColumns() throws IOException {
        Path alone = Files.writeString(folder.resolve("alone.csv"), "id,label\n");
        assertThat(Ran.hypha("train", alone.toString(), "--quiet").err()).contains("alone.csv, and none of edges");
        assertThat(train("--target x").err()).contains("the data set cora says itself which columns are what");
    }

    @Test
    void aStoreIsLearnedFromAsItsTablesAre() throws IOException {
        JsonNode tables = own("--target team --ignore teams,points").json();
        Path store = folder.resolve("store");
        Ran imported = Ran.hypha(
                "import",
                folder.resolve("tables/knows.csv").toString(),
                "--nodes",
                folder.resolve("tables/people.csv").toString(),
                "--id",
                "who",
                "--source",
                "a",
                "--target",
                "b",
                "--header",
                "yes",
                "--undirected",
                "--out",
                store.toString(),
                "--quiet");
        assertThat(imported.err()).isEmpty();
        String all = "train " + store + " --target team --ignore teams,points --quiet --json --epochs 60 --threads 2"
                + " --out " + folder.resolve("run");
        Ran ran = Ran.hypha(all.split(" ", -1));
        assertThat(ran.err()).isEmpty();
        assertThat(ran.json().path("features")).isEqualTo(tables.path("features"));
        assertThat(ran.json().path("arcs")).isEqualTo(tables.path("arcs"));
        assertThat(ran.json().at("/metrics/test/accuracy/mean").asDouble()).isGreaterThan(0.8);
        Ran wrong = Ran.hypha("train", store.toString(), "--target", "tem", "--quiet");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("have a column tem", "node.team");
    }

    @Test
    void theBestEpochsStayWithTheRunWhereThatIsAskedFor() throws IOException {
        assertThat(train("--keep 3 --epochs 12").exit()).isZero();
        try (var files = Files.list(folder.resolve("run/best"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(3)
                    .allMatch(name -> name.matches("epoch-000[0-9]{2}\\.safetensors"));
        }
    }
}
