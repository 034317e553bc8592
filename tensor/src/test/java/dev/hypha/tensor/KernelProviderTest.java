package dev.hypha.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypha.tensor.kernels.Processor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelProviderTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhatItIsAndWhy() {
        try (KernelProvider plain = KernelProvider.of("plain", 1);
                KernelProvider blas = KernelProvider.of("blas", 3)) {
            assertThat(plain.describe()).isEqualTo("plain");
            assertThat(plain.why()).isEqualTo("it was asked for");
            assertThat(blas.describe()).matches("blas \\w+");
            assertThat(blas.why()).isEqualTo("it was asked for");
        }
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> KernelProvider.of("cuda", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are no kernels 'cuda'; there are blas, vector, plain.");
    }

    @Test
    void thePropertyDecides() throws Exception {
        assertThat(choice(List.of("-Dhypha.kernels=plain"), true)).startsWith("plain (the property hypha.kernels");
        assertThat(choice(List.of("-Dhypha.kernels=fast"), true)).contains("no kernels 'fast'");
    }

    @Test
    void aMissingLibraryIsNotAnError() throws Exception {
        assertThat(choice(List.of("--add-modules", "jdk.incubator.vector"), false))
                .startsWith("vector (OpenBLAS is not on the class path)");
        assertThat(choice(List.of(), false))
                .startsWith("plain (OpenBLAS is not on the class path; the JVM runs without --add-modules");
        assertThat(choice(List.of(), true))
                .matches("blas \\w+ \\(OpenBLAS was found; the rest is plain, as the JVM runs.*");
        assertThat(choice(List.of("-Dhypha.kernels=vector"), true)).contains("'vector' cannot run here");
    }

    @Test
    void whatMakesThemSlowerThanNeedBeIsSaid() throws Exception {
        List<String> vectors = List.of("--add-modules", "jdk.incubator.vector");
        assertThat(slower(vectors, true, Map.of())).isEmpty();
        assertThat(slower(vectors, false, Map.of())).isEqualTo("OpenBLAS is not on the class path");
        assertThat(slower(List.of(), true, Map.of())).startsWith("the rest is plain, as the JVM runs without");
        assertThat(slower(List.of(), false, Map.of())).startsWith("OpenBLAS is not on the class path; the JVM runs");
        assertThat(slower(List.of("-Dhypha.kernels=plain"), true, Map.of())).isEmpty();
        List<String> unknown = List.of("--add-modules", "jdk.incubator.vector", "-Dos.arch=riscv64");
        assertThat(slower(unknown, true, Map.of())).isEqualTo("there is no OpenBLAS for linux-riscv64 here");
        String narrow = slower(vectors, true, Map.of("HYPHA_BLAS_CORE", "Haswell"));
        if (!Processor.hasAvx512()) assertThat(narrow).isEmpty();
        else assertThat(narrow).contains("kernels for Haswell", "AVX-512", "remove the variable HYPHA_BLAS_CORE");
    }

    @Test
    void aCoreThatOpenBlasDoesNotKnowIsSaidWithTheOneThatRuns() throws Exception {
        List<String> vectors = List.of("--add-modules", "jdk.incubator.vector");
        String unknown = slower(vectors, true, Map.of("HYPHA_BLAS_CORE", "Nonsense"));
        assertThat(unknown)
                .contains("no kernels for Nonsense", "HYPHA_BLAS_CORE", "runs those for ", "remove the variable");
        assertThat(unknown).doesNotContain("runs those for Nonsense");
        assertThat(slower(vectors, true, Map.of("HYPHA_BLAS_CORE", "prescott"))).doesNotContain("no kernels for");
    }

    private String slower(List<String> options, boolean withBlas, Map<String, String> environment) throws Exception {
        return choice(options, withBlas, environment, 1);
    }

    @Test
    void theCoreOfOpenBlasIsHyphasOwnChoice() throws Exception {
        assertThat(choice(List.of(), true, Map.of("HYPHA_BLAS_CORE", "Prescott")))
                .startsWith("blas Prescott (");
        String others = choice(List.of(), true, Map.of("OPENBLAS_CORETYPE", "Prescott"));
        if (Processor.hasAvx512()) assertThat(others).startsWith("blas SkylakeX (");
        else assertThat(others).startsWith("blas Prescott (");
    }

    private String choice(List<String> options, boolean withBlas) throws IOException, InterruptedException {
        return choice(options, withBlas, Map.of());
    }

    private String choice(List<String> options, boolean withBlas, Map<String, String> environment)
            throws IOException, InterruptedException {
        return choice(options, withBlas, environment, 0);
    }

    /// What a fresh JVM chooses and computes with.
    ///
    /// @param line 0 for what it is, 1 for what makes it slower
    private String choice(List<String> options, boolean withBlas, Map<String, String> environment, int line)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        List<String> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            if (withBlas || !entry.contains("openblas")) path.add(entry);
        }
        command.addAll(List.of("-cp", String.join(":", path), Chooser.class.getName()));
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().remove("HYPHA_KERNELS");
        builder.environment().remove("HYPHA_BLAS_CORE");
        builder.environment().putAll(environment);
        builder.start().waitFor();
        return Files.readString(output, StandardCharsets.UTF_8)
                .lines()
                .filter(said -> !said.startsWith("WARNING:"))
                .skip(line)
                .findFirst()
                .orElse("");
    }

    /// Runs in a JVM of its own.
    static final class Chooser {
        private Chooser() {}

        public static void main(String[] arguments) {
            try (KernelProvider provider = KernelProvider.choose(2);
                    Memory memory = Memory.unlimited();
                    Workspace workspace = new Workspace(memory);
                    Tape tape = new Tape(provider, workspace, false)) {
                Tensor x = tape.constant(2, 2, 1, 2, 3, 4);
                if (x.times(x).relu().sum().number() != 54) throw new AssertionError("a product is wrong");
                System.out.println(provider.describe() + " (" + provider.why() + ")");
                System.out.println(provider.slower());
            } catch (IllegalArgumentException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
