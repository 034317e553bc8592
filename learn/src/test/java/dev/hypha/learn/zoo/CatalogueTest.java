package dev.hypha.learn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import dev.hypha.learn.Model;
import dev.hypha.learn.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
    @Test
    void everyEntryHasItsPaperTest() {
        for (Catalogue.Entry entry : Catalogue.entries()) {
            assertThat(tests(entry.type().getName() + "Test"))
                    .as("tests of the paper of " + entry.name())
                    .isNotEmpty();
            assertThat(entry.paper()).isNotBlank();
        }
        for (Catalogue.LabelEntry entry : Catalogue.labelMethods()) {
            assertThat(tests(entry.type().getName() + "Test"))
                    .as("tests of the paper of " + entry.name())
                    .isNotEmpty();
            assertThat(entry.paper()).isNotBlank();
        }
    }

    private static List<String> tests(String type) {
        try {
            return Arrays.stream(Class.forName(type).getDeclaredMethods())
                    .filter(m -> m.isAnnotationPresent(Test.class))
                    .map(m -> m.getName())
                    .toList();
        } catch (ClassNotFoundException e) {
            return List.of();
        }
    }

    @Test
    void everyModelOfThePackageIsListed() throws Exception {
        List<String> listed =
                Catalogue.entries().stream().map(e -> e.type().getSimpleName()).toList();
        assertThat(those(Model.class)).containsExactlyInAnyOrderElementsOf(listed);
        List<String> labelling = Catalogue.labelMethods().stream()
                .map(e -> e.type().getSimpleName())
                .toList();
        assertThat(those(LabelMethod.class)).containsExactlyInAnyOrderElementsOf(labelling);
    }

    /// Simple names of the package's records of a kind, read from where they were compiled to.
    private static List<String> those(Class<?> kind) throws IOException, ReflectiveOperationException {
        Path classes = Path.of(Catalogue.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .resolve("dev/hypha/learn/zoo");
        try (Stream<Path> files = Files.list(classes)) {
            return files.map(f -> f.getFileName().toString().replace(".class", ""))
                    .filter(name -> !name.contains("$") && is(kind, name))
                    .toList();
        }
    }

    private static boolean is(Class<?> kind, String name) {
        try {
            Class<?> type = Class.forName("dev.hypha.learn.zoo." + name);
            return type.isRecord() && kind.isAssignableFrom(type);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void namesAreUniqueAndMakeTheirModels() {
        for (Catalogue.Entry entry : Catalogue.entries()) {
            assertThat(Catalogue.named(entry.name())).isSameAs(entry);
            assertThat((Object) entry.make(Map.of())).isEqualTo(Options.defaults(entry.type()));
        }
        for (Catalogue.LabelEntry entry : Catalogue.labelMethods()) {
            assertThat((Object) entry.make(Map.of())).isEqualTo(Options.defaults(entry.type()));
            assertThat(Catalogue.entries()).extracting(Catalogue.Entry::name).doesNotContain(entry.name());
        }
        assertThatThrownBy(() -> Catalogue.named("hetero-saga"))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.hint()).contains("hetero-sage"));
    }
}
