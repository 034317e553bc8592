package dev.hypha.relational.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.learn.TaskKind;
import dev.hypha.relational.audit.AuditTask;
import dev.hypha.relational.audit.PastOnly;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Entities that come into being after the cutoff, with facts dated before them.
final class FrozenEntitiesTest {
    @Test
    void aDatabaseWithoutTheFutureGivesTheSameFeatures() throws Exception {
        for (long key = 0; key < 6; key++) {
            for (boolean frozen : new boolean[] {true, false}) {
                try (Visits data = new Visits(key)) {
                    if (frozen) data.freeze(400 * Visits.DAY);
                    Map<String, List<String>> vocabularies = new HashMap<>();
                    PastOnly.Computation windows =
                            past -> WindowFeatures.build(past, Visits.schema(), Visits.target(), vocabularies);
                    assertThat(PastOnly.check(task(data), windows.on(data.connection), windows, key))
                            .as("database %d, frozen %s", key, frozen)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void anEntityThatIsNotThereYetHasNoPast() throws Exception {
        try (Visits data = new Visits(1)) {
            data.seeds.replaceAll(s -> new Visits.Seed(0, s.time(), s.time()));
            data.freeze(1000 * Visits.DAY);
            try (var s = data.connection.createStatement()) {
                s.execute("UPDATE data.visits SET person = 0, _time = make_timestamp(" + 500 * Visits.DAY + ")");
                assertThat(visits(data)).isEqualTo(60);
                s.execute("UPDATE data.people SET _time = make_timestamp(" + (1000 * Visits.DAY + 1) + ")");
                assertThat(visits(data)).isZero();
            }
        }
    }

    private static float visits(Visits data) throws Exception {
        FeatureMatrix x = WindowFeatures.build(data.connection, Visits.schema(), Visits.target());
        return x.get(0, x.names().indexOf("visits.count.all"));
    }

    private static AuditTask task(Visits data) {
        return new AuditTask(
                data.connection,
                Visits.schema(),
                "people",
                TaskKind.BINARY,
                Set.of(),
                Set.of(),
                Optional.empty(),
                false,
                false);
    }
}
