package dev.hypha.learn.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.hypha.learn.papers.Implementation.Extent;
import dev.hypha.learn.zoo.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PapersTest {
    /// Tests run in the module's folder.
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void threeHundredAndTwentyPapersHaveNumbersAndAllHaveAName() {
        assertThat(Papers.all().stream().flatMapToInt(paper -> paper.id().stream()))
                .containsExactlyElementsOf(IntStream.range(0, 320).boxed().toList());
        assertThat(Papers.all()).extracting(Paper::name).doesNotHaveDuplicates();
        for (Paper paper : Papers.all()) {
            assertThat(List.of(paper.name(), paper.title(), paper.family(), paper.kind(), paper.check()))
                    .as("paper %s", paper.name())
                    .noneMatch(String::isBlank);
        }
    }

    @Test
    void everyModelImplementsAPaper() {
        List<String> methods =
                Papers.implementations().stream().map(Implementation::method).toList();
        for (Catalogue.Entry entry : Catalogue.entries()) {
            assertThat(methods)
                    .as(
                            "%s has no line in implemented.tsv (and, if it is a foundation, its paper none in"
                                    + " papers.tsv)",
                            entry.name())
                    .contains(entry.name());
        }
    }

    @Test
    void whatImplementsAPaperIsAModelOrAClass() {
        List<String> models =
                Catalogue.entries().stream().map(Catalogue.Entry::name).toList();
        for (Implementation each : Papers.implementations()) {
            if (models.contains(each.method())) continue;
            assertThat(source("main", each.method()))
                    .as("class " + each.method())
                    .isPresent();
        }
    }

    @Test
    void theTestsThatShowAPaperAreThere() throws IOException {
        for (Implementation each : Papers.implementations()) {
            for (String test : each.tests()) assertIsTest(test);
        }
    }

    /// @param test such as `learn/dev.hypha.learn.zoo.GcnTest#agrees`
    private static void assertIsTest(String test) throws IOException {
        String[] parts = test.split("[/#]", -1);
        assertThat(parts).as("module, class and method of %s", test).hasSize(3);
        Path file = CHECKOUT.resolve(parts[0] + "/src/test/java/" + parts[1].replace('.', '/') + ".java");
        assertThat(file).isRegularFile().content().contains("void " + parts[2] + "(");
    }

    /// The file of a class in any module.
    private static Optional<Path> source(String tree, String type) {
        try (Stream<Path> modules = Files.list(CHECKOUT)) {
            return modules.map(module -> module.resolve("src/" + tree + "/java/" + type.replace('.', '/') + ".java"))
                    .filter(Files::isRegularFile)
                    .findFirst();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void thePageInTheProjectIsTheOneThatIsMade() throws IOException {
        String made = PapersPage.text(Papers.coverage(Records.own()));
        Path page = CHECKOUT.resolve("PAPERS.md");
        if (Files.exists(page) && Files.readString(page).equals(made)) return;
        Path fresh =
                Files.writeString(Files.createDirectories(Path.of("target")).resolve("PAPERS.md"), made);
        Set<String> there = Files.exists(page) ? Set.copyOf(Files.readAllLines(page)) : Set.of();
        fail(
                "PAPERS.md is out of date: cp learn/%s PAPERS.md, or ./hypha papers --markdown > PAPERS.md. First new"
                        + " line:%n%s",
                fresh,
                made.lines().filter(line -> !there.contains(line)).findFirst().orElse("none, some are gone"));
    }

    @Test
    void aPaperWorksWhereEveryPartOfItShowsAllOfItsCheck() {
        Implementation all = shows(Extent.ALL);
        Implementation part = shows(Extent.PART);
        assertThat(Coverage.status(List.of(), List.of())).isEqualTo(Status.ABSENT);
        assertThat(Coverage.status(List.of(all), List.of())).isEqualTo(Status.WORKS);
        assertThat(Coverage.status(List.of(all, part), List.of())).isEqualTo(Status.SHORT);
    }

    private static Implementation shows(Extent extent) {
        return new Implementation("GCN", "gcn", extent, List.of("test:learn/GcnTest#limit"), "");
    }
}
