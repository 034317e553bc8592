package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class PrefetchTest {
    @Test
    void givesEveryItemInOrder() throws InterruptedException {
        List<Integer> got = new ArrayList<>();
        try (Prefetch<Integer> prefetch = new Prefetch<>(50, i -> i * i)) {
            while (prefetch.hasNext()) got.add(prefetch.next());
        }
        assertThat(got).isEqualTo(IntStream.range(0, 50).map(i -> i * i).boxed().toList());
    }

    @Test
    void makesOnlyAFewAhead() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        try (Prefetch<Integer> prefetch = new Prefetch<>(1000, i -> made.incrementAndGet())) {
            for (int i = 0; i < 10; i++) prefetch.next();
            Thread.sleep(50);
            assertThat(made.get()).isBetween(10, 15);
        }
        assertThat(made.get()).isLessThan(20);
    }

    @Test
    void throwsWhatTheMakerThrewAfterTheItemsBefore() throws InterruptedException {
        try (Prefetch<Integer> prefetch = new Prefetch<>(5, PrefetchTest::failAtTwo)) {
            assertThat(prefetch.next()).isZero();
            assertThat(prefetch.next()).isOne();
            assertThatThrownBy(prefetch::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("two");
        }
    }

    private static int failAtTwo(int i) {
        if (i == 2) throw new IllegalStateException("two");
        return i;
    }

    @Test
    void closingStopsAMakerThatWaits() {
        Prefetch<Integer> prefetch = new Prefetch<>(Integer.MAX_VALUE, i -> i);
        prefetch.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().equals("hypha-prefetch"));
    }
}
