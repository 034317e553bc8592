package dev.hypha.graph.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSorterTest {
    @TempDir
    Path folder;

    private record Pair(long key, long value) {}

    @Test
    void sortsStablyInMemoryAndOnDiskOnAnyNumberOfThreads() throws IOException {
        for (long seed = 0; seed < 25; seed++) {
            var random = new Random(seed);
            List<Pair> pairs = pairs(random);
            List<Pair> expected = new ArrayList<>(pairs);
            expected.sort((one, other) -> Long.compareUnsigned(one.key(), other.key()));
            for (long memory : new long[] {0, 1 << 18, 1 << 28}) {
                for (int threads = 1; threads <= 3; threads++) {
                    var scratch = new Scratch(folder, memory);
                    assertThat(sorted(pairs, scratch, threads))
                            .as("seed %d, %d bytes, %d threads", seed, memory, threads)
                            .isEqualTo(expected);
                    assertThat(scratch.free()).as("all is given back").isEqualTo(memory);
                    boolean spilled = scratch.spilledBytes() > 0;
                    assertThat(spilled ? memory < 1 << 28 : memory > 0 || pairs.isEmpty())
                            .isTrue();
                }
            }
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static List<Pair> pairs(Random random) {
        int count = random.nextInt(10) == 0 ? random.nextInt(3) : random.nextInt(20_000);
        List<Pair> pairs = new ArrayList<>();
        int shape = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            long key = switch (shape) {
                case 0 -> random.nextInt(50);
                case 1 -> random.nextLong();
                case 2 -> (long) random.nextInt(1000) << 32 | random.nextInt(1000);
                default -> 7;
            };
            pairs.add(new Pair(key, i));
        }
        return pairs;
    }

    private static List<Pair> sorted(List<Pair> pairs, Scratch scratch, int threads) {
        List<Pair> sorted = new ArrayList<>();
        try (var sorter = new RunSorter(scratch, threads, true)) {
            pairs.forEach(pair -> sorter.add(pair.key(), pair.value()));
            assertThat(sorter.size()).isEqualTo(pairs.size());
            Sorted out = sorter.finish();
            long[] keys = new long[777];
            long[] values = new long[777];
            for (int count = out.next(keys, values); count > 0; count = out.next(keys, values)) {
                for (int i = 0; i < count; i++) {
                    sorted.add(new Pair(keys[i], values[i]));
                }
            }
        }
        return sorted;
    }

    @Test
    void sortsKeysAlone() {
        var random = new Random(1);
        try (var sorter = new RunSorter(new Scratch(folder, 0), 2, false)) {
            List<Long> keys =
                    Stream.generate(() -> random.nextLong(1L << 40)).limit(5000).toList();
            keys.forEach(sorter::add);
            Sorted out = sorter.finish();
            long[] found = new long[5001];
            assertThat(out.next(found, null)).isEqualTo(5000);
            assertThat(out.next(found, null)).isZero();
            assertThat(Stream.iterate(0, i -> i + 1).limit(5000).map(i -> found[i]))
                    .containsExactlyElementsOf(
                            keys.stream().sorted(Comparator.naturalOrder()).toList());
        }
    }
}
