package dev.hypha.graph.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongSpoolTest {
    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasAddedWhereverItLies() {
        var random = new Random(3);
        // Nothing, one; the ends of chunks of 16384; several chunks.
        for (int count : new int[] {0, 1, 16_383, 16_384, 16_385, 32_768, 100_000}) {
            for (long memory : new long[] {0, 200_000, 1 << 28}) {
                var scratch = new Scratch(folder, memory);
                try (var spool = new LongSpool(scratch)) {
                    for (long i = 0; i < count; i++) {
                        spool.add(i * 31 + count);
                    }
                    assertThat(spool.size()).isEqualTo(count);
                    for (int i = 0; i < Math.min(count, 500); i++) {
                        int at = random.nextInt(count);
                        assertThat(spool.get(at)).isEqualTo(at * 31L + count);
                    }
                    readsInPieces(spool, count, 1 + random.nextInt(20_000));
                }
                assertThat(scratch.free()).isEqualTo(memory);
            }
        }
    }

    @Test
    void whatWasInMemoryIsTheSameOnDisk() throws IOException {
        for (long memory : new long[] {0, 200_000, 1 << 28}) {
            var scratch = new Scratch(folder, memory);
            try (var spool = new LongSpool(scratch)) {
                for (long i = 0; i < 100_000; i++) {
                    spool.add(i * 31 + 100_000);
                }
                assertThat(spool.get(99_000)).isEqualTo(99_000 * 31L + 100_000);
                scratch.require(memory, "many");
                for (int at = 0; at < 100_000; at += 777) {
                    assertThat(spool.get(at)).isEqualTo(at * 31L + 100_000);
                }
                readsInPieces(spool, 100_000, 10_000);
                assertThatThrownBy(() -> scratch.require(1, "more")).isInstanceOf(InputException.class);
                scratch.give(memory);
            }
            assertThat(scratch.free()).isEqualTo(memory);
            assertThat(scratch.peakBytes()).isEqualTo(memory);
        }
    }

    private static void readsInPieces(LongSpool spool, int count, int piece) {
        long[] into = new long[piece];
        long at = 0;
        for (int read = spool.read(0, into); read > 0; read = spool.read(at, into)) {
            for (int i = 0; i < read; i++) {
                assertThat(into[i]).isEqualTo((at + i) * 31 + count);
            }
            at += read;
        }
        assertThat(at).as("pieces of %d", piece).isEqualTo(count);
    }
}
