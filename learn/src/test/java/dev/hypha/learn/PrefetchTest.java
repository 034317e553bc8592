package dev.hypha.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class PrefetchTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 50})
    void givesEveryItemInOrder(int threads) throws InterruptedException {
        List<Integer> got = new ArrayList<>();
        try (Prefetch<Integer> prefetch = new Prefetch<>(500, threads, PrefetchTest::unevenly)) {
            while (prefetch.hasNext()) got.add(prefetch.next());
        }
        assertThat(got).isEqualTo(IntStream.range(0, 500).boxed().toList());
    }

    /// Some take longer than the ones after them.
    private static int unevenly(int i) {
        for (int spin = 0; spin < (i % 7) * 1000; spin++) Thread.onSpinWait();
        return i;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void makesOnlyAFewAhead(int threads) throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        try (Prefetch<Integer> prefetch = new Prefetch<>(1000, threads, i -> made.incrementAndGet())) {
            for (int i = 0; i < 10; i++) prefetch.next();
            Thread.sleep(50);
            assertThat(made.get()).isBetween(10 + 1, 10 + threads + 2);
        }
        assertThat(made.get()).isLessThanOrEqualTo(10 + threads + 2);
    }

    @Test
    void oneThreadIsTheTakersOwn() throws InterruptedException {
        Set<Thread> makers = ConcurrentHashMap.newKeySet();
        try (Prefetch<Boolean> prefetch = new Prefetch<>(5, 1, i -> makers.add(Thread.currentThread()))) {
            while (prefetch.hasNext()) prefetch.next();
        }
        assertThat(makers).containsExactly(Thread.currentThread());
    }

    @Test
    void severalAreMadeAtOnce() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        try (Prefetch<Integer> prefetch = new Prefetch<>(2, 2, i -> {
            both.countDown();
            try {
                both.await(); // returns only when the other one is being made too
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return i;
        })) {
            assertThat(prefetch.next()).isZero();
            assertThat(prefetch.next()).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void throwsWhatTheMakerThrewAfterTheItemsBefore(int threads) throws InterruptedException {
        try (Prefetch<Integer> prefetch = new Prefetch<>(50, threads, PrefetchTest::failAtTwo)) {
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
    void closingStopsMakersThatWait() {
        Prefetch<Integer> prefetch = new Prefetch<>(Integer.MAX_VALUE, 3, i -> i);
        prefetch.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().startsWith("hypha-prefetch"));
    }

    @Test
    void closingWaitsForWhatIsBeingMade() throws InterruptedException {
        AtomicInteger working = new AtomicInteger();
        Prefetch<Integer> prefetch = new Prefetch<>(1000, 4, i -> {
            working.incrementAndGet();
            for (int spin = 0; spin < 100_000; spin++) Thread.onSpinWait();
            working.decrementAndGet();
            return i;
        });
        prefetch.next();
        prefetch.close();
        assertThat(working.get()).isZero();
    }

    @Test
    void aSingleItemIsMadeByItsTaker() throws InterruptedException {
        try (Prefetch<Thread> prefetch = new Prefetch<>(1, 4, _ -> Thread.currentThread())) {
            assertThat(prefetch.next()).isSameAs(Thread.currentThread());
            assertThat(prefetch.hasNext()).isFalse();
        }
    }
}
