package dev.hypha.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("customers", "orders", "order_lines");

    @Test
    void findsTheNameThatWasMeant() {
        assertThat(Nearest.to("custmers", KNOWN)).contains("customers");
        assertThat(Nearest.to("ORDERS", KNOWN)).contains("orders");
        assertThat(Nearest.to("tiem", List.of("time"))).contains("time");
        assertThat(Nearest.to("--ot", List.of("--out", "--seed"))).contains("--out");
        assertThat(Nearest.to("x", List.of())).isEmpty();
    }

    @Test
    void whatIsNotNearIsNotSuggested() {
        assertThat(Nearest.to("zebra", KNOWN)).isEmpty();
        assertThat(Nearest.to("--bogus", List.of("--out", "--seed", "--help"))).isEmpty();
        assertThat(Nearest.to("a", List.of("x"))).isPresent();
        assertThat(Nearest.to("ab", List.of("xy"))).isEmpty();
    }

    @Test
    void theRemedyIsTheNearestNameOrAllOfAFew() {
        assertThat(Nearest.hint("custmers", KNOWN)).isEqualTo("Did you mean customers?");
        assertThat(Nearest.hint("zebra", KNOWN)).isEqualTo("Known are: customers, orders, order_lines.");
        assertThat(Nearest.hint("zebra", List.of())).isEqualTo("There are none.");
        assertThat(Nearest.hint("zebra", Collections.nCopies(21, "orders"))).startsWith("None of the 21 names");
    }

    @Test
    void distanceCountsInsertedDeletedAndReplacedLetters() {
        assertThat(Nearest.distance("kitten", "SITTING")).isEqualTo(3);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("abc", "ABC")).isZero();
    }
}
