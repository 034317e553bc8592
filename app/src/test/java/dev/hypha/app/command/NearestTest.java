package dev.hypha.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void asksForTheNearestNames() {
        List<String> names = List.of("--seed", "--seeds", "--step", "--json");
        assertThat(Nearest.question("--sed", names)).isEqualTo("Did you mean --seed?");
        assertThat(Nearest.question("--jsn", names)).isEqualTo("Did you mean --json?");
        assertThat(Nearest.question("--model", names)).isEmpty();
        assertThat(Nearest.of("--se", names)).containsExactly("--seed", "--seeds");
    }

    @Test
    void distanceAgreesWithItsRecursiveDefinition() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String a = word(random);
            String b = word(random);
            assertThat(Nearest.distance(a, b)).as("seed %d: %s, %s", seed, a, b).isEqualTo(slow(a, b));
        }
    }

    private static String word(SplittableRandom random) {
        StringBuilder word = new StringBuilder();
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    private static int slow(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.length() + b.length();
        }
        String restA = a.substring(1);
        String restB = b.substring(1);
        if (a.charAt(0) == b.charAt(0)) {
            return slow(restA, restB);
        }
        return 1 + Math.min(slow(restA, restB), Math.min(slow(a, restB), slow(restA, b)));
    }
}
