package dev.hypha.tensor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
    /// The boundaries of all ranges that a loop was cut into.
    private static Set<String> boundaries(int threads, int n, int step) {
        Set<String> seen = new ConcurrentSkipListSet<>();
        try (Workers workers = new Workers(threads)) {
            workers.ranges(n, step, (from, to) -> seen.add(from + "-" + to));
        }
        return seen;
    }

    @Test
    void boundariesDoNotDependOnThreads() {
        assertThat(boundaries(1, 10, 4)).containsExactlyInAnyOrder("0-4", "4-8", "8-10");
        for (int threads = 2; threads <= 5; threads++) {
            assertThat(boundaries(threads, 1001, 7)).isEqualTo(boundaries(1, 1001, 7));
        }
        assertThat(boundaries(2, 0, 7)).isEmpty();
        assertThat(boundaries(2, Integer.MAX_VALUE, 1 << 30)).hasSize(2).contains("1073741824-2147483647");
    }

    @Test
    void everyPositionIsVisitedOnceOverManyLoops() {
        try (Workers workers = new Workers(4)) {
            for (int loop = 0; loop < 2000; loop++) {
                int n = 1 + loop % 97;
                AtomicIntegerArray visits = new AtomicIntegerArray(n);
                workers.ranges(n, 3, (from, to) -> {
                    for (int i = from; i < to; i++) visits.incrementAndGet(i);
                });
                for (int i = 0; i < n; i++) assertThat(visits.get(i)).isEqualTo(1);
            }
        }
    }

    @Test
    void severalCallersAndLoopsWithinLoopsFinish() throws InterruptedException {
        try (Workers workers = new Workers(3)) {
            AtomicIntegerArray visits = new AtomicIntegerArray(100);
            CountDownLatch done = new CountDownLatch(3);
            for (int caller = 0; caller < 3; caller++) {
                Thread.ofVirtual().start(() -> {
                    for (int loop = 0; loop < 50; loop++) {
                        workers.ranges(
                                10, 1, (i, _) -> workers.ranges(10, 1, (j, _) -> visits.incrementAndGet(10 * i + j)));
                    }
                    done.countDown();
                });
            }
            assertThat(done.await(50, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 100; i++) assertThat(visits.get(i)).isEqualTo(150);
        }
    }

    @Test
    void aFailureReachesTheCallerAndTheThreadsLiveOn() {
        try (Workers workers = new Workers(3)) {
            for (int loop = 0; loop < 20; loop++) {
                assertThatThrownBy(() -> workers.ranges(9, 1, (from, _) -> {
                            if (from == 5) throw new IllegalStateException("five");
                        }))
                        .hasMessage("five");
                assertThat(workers.sum(100_000, (from, to) -> to - from)).isEqualTo(100_000);
            }
        }
    }

    @Test
    void sumsAreAddedInOrder() {
        double[] numbers = new double[200_000];
        for (int i = 0; i < numbers.length; i++) numbers[i] = Math.sin(i) * Math.pow(10, i % 17);
        double[] sums = new double[4];
        for (int threads = 1; threads <= 4; threads++) {
            try (Workers workers = new Workers(threads)) {
                sums[threads - 1] = workers.sum(numbers.length, (from, to) -> {
                    double sum = 0;
                    for (int i = from; i < to; i++) sum += numbers[i];
                    return sum;
                });
            }
        }
        assertThat(Arrays.stream(sums).distinct()).hasSize(1);
    }

    @Test
    void columnsKeepToCacheLines() {
        try (Workers workers = new Workers(2)) {
            workers.columns(5000, 100, (from, to) -> {
                assertThat(from % 16).isZero();
                assertThat(to == 100 || to % 16 == 0).isTrue();
            });
        }
        assertThatThrownBy(() -> new Workers(0)).hasMessageContaining("below 1");
    }
}
