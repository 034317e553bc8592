package dev.hypha.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs every JMH benchmark once on something small, its gate included, so that none of them rots.
final class JmhSmokeTest {
    @TempDir
    private Path folder;

    @Test
    void everyBenchmarkPassesItsGateAndRuns() throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true"); // nothing is timed here, so another run may go on beside
        Options small = new OptionsBuilder()
                .mode(Mode.SingleShotTime)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .forks(0)
                .shouldFailOnError(true)
                .output(folder.resolve("jmh.txt").toString())
                .param("kernels", "vector")
                .param("shape", "9x20x7")
                .param("nodes", "300")
                .param("rows", "300")
                .param("width", "24")
                .param("seeds", "16")
                .param("edges", "500")
                .build();
        Collection<RunResult> results = new Runner(small).run();
        Set<String> classes = results.stream()
                .map(result -> result.getParams().getBenchmark().replaceFirst(".*\\.(\\w+)\\.\\w+$", "$1"))
                .collect(Collectors.toSet());
        assertThat(classes)
                .containsExactlyInAnyOrder(
                        "AttentionJmh",
                        "EdgeJmh",
                        "ImportJmh",
                        "LossJmh",
                        "ProductJmh",
                        "RowsJmh",
                        "SamplerJmh",
                        "SparseSumJmh");
        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.getPrimaryResult().getScore()).isPositive());
    }
}
