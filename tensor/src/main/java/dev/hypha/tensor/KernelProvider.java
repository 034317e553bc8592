package dev.hypha.tensor;

import dev.hypha.tensor.kernels.BlasProducts;
import dev.hypha.tensor.kernels.PlainAttention;
import dev.hypha.tensor.kernels.PlainBfloat16;
import dev.hypha.tensor.kernels.PlainElements;
import dev.hypha.tensor.kernels.PlainLosses;
import dev.hypha.tensor.kernels.PlainNorms;
import dev.hypha.tensor.kernels.PlainProducts;
import dev.hypha.tensor.kernels.PlainRows;
import dev.hypha.tensor.kernels.PlainSparse;
import dev.hypha.tensor.kernels.PlainUpdates;
import dev.hypha.tensor.kernels.Processor;
import dev.hypha.tensor.kernels.Workers;
import dev.hypha.tensor.kernels.vector.VectorAttention;
import dev.hypha.tensor.kernels.vector.VectorBfloat16;
import dev.hypha.tensor.kernels.vector.VectorElements;
import dev.hypha.tensor.kernels.vector.VectorLosses;
import dev.hypha.tensor.kernels.vector.VectorNorms;
import dev.hypha.tensor.kernels.vector.VectorProducts;
import dev.hypha.tensor.kernels.vector.VectorRows;
import dev.hypha.tensor.kernels.vector.VectorSparse;
import dev.hypha.tensor.kernels.vector.VectorUpdates;
import java.util.List;
import java.util.Set;

/// The kernels of this process and the threads that run them: chosen once, and said everywhere a result is given.
///
/// `blas` is OpenBLAS for dense products and vector loops for the rest; `vector` is vector loops throughout; `plain`
/// is the plain loops that specify the others. The property `hypha.kernels` (or the variable `HYPHA_KERNELS`) names
/// one; without, the first that the machine has is taken, in this order. OpenBLAS runs the kernels for the processor
/// that the variable `HYPHA_BLAS_CORE` names, or else the best it has for this one.
public final class KernelProvider implements AutoCloseable {
    /// The providers from the fastest to the plainest.
    public static final List<String> NAMES = List.of("blas", "vector", "plain");

    private static final String NO_VECTORS = "the JVM runs without --add-modules jdk.incubator.vector";

    /// What OpenBLAS calls its kernels for AVX-512.
    private static final Set<String> WIDE_CORES = Set.of("SkylakeX", "Cooperlake", "SapphireRapids");

    private final String name;
    private final String why;
    private final String slower;
    private final String blasCore;
    private final Kernels kernels;
    private final Workers workers;

    private KernelProvider(String name, String why, String slower, String blasCore, Kernels kernels, Workers workers) {
        this.name = name;
        this.why = why;
        this.slower = slower;
        this.blasCore = blasCore;
        this.kernels = kernels;
        this.workers = workers;
    }

    /// The provider that the settings name or else the fastest, on all processors.
    public static KernelProvider choose() {
        return choose(Runtime.getRuntime().availableProcessors());
    }

    /// The provider that the settings name or else the fastest, on a number of threads.
    ///
    /// @throws IllegalArgumentException if the settings name one that does not exist or cannot run here
    public static KernelProvider choose(int threads) {
        String property = System.getProperty("hypha.kernels");
        if (property != null) return named(property, "the property hypha.kernels says so", threads);
        String variable = System.getenv("HYPHA_KERNELS");
        if (variable != null) return named(variable, "the variable HYPHA_KERNELS says so", threads);
        return fastest(threads);
    }

    /// A provider by its name.
    ///
    /// @throws IllegalArgumentException if it does not exist or cannot run here
    public static KernelProvider of(String name, int threads) {
        return named(name, "it was asked for", threads);
    }

    /// The same, but no loop is run and every sum is 1. Steps on it take the memory of a step on this one and
    /// touch none of its elements: with [Memory#counting] what they need is known before it is there.
    public KernelProvider dry() {
        return new KernelProvider(name, why, slower, blasCore, kernels, Workers.idle(threads()));
    }

    private static KernelProvider fastest(int threads) {
        BlasProducts.Found blas = BlasProducts.find();
        if (blas.kernels() != null) return blas(blas, "OpenBLAS was found", threads);
        String why = hasVectors() ? blas.note() : blas.note() + "; " + NO_VECTORS;
        return hasVectors() ? vector(why, why, threads) : plain(why, why, threads);
    }

    private static KernelProvider named(String name, String why, int threads) {
        return switch (name) {
            case "blas" -> {
                BlasProducts.Found blas = BlasProducts.find();
                if (blas.kernels() == null) throw unavailable(name, blas.note());
                yield blas(blas, why, threads);
            }
            case "vector" -> {
                if (!hasVectors()) throw unavailable(name, NO_VECTORS);
                yield vector(why, "", threads);
            }
            case "plain" -> plain(why, "", threads);
            default ->
                throw new IllegalArgumentException(
                        "There are no kernels '%s'; there are %s.".formatted(name, String.join(", ", NAMES)));
        };
    }

    private static IllegalArgumentException unavailable(String name, String why) {
        return new IllegalArgumentException("Kernels '%s' cannot run here: %s.".formatted(name, why));
    }

    private static boolean hasVectors() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    private static KernelProvider blas(BlasProducts.Found blas, String why, int threads) {
        String core = blas.note();
        Workers workers = new Workers(threads);
        if (hasVectors()) {
            return new KernelProvider("blas", why, misfit(core), core, vectors(blas.kernels()), workers);
        }
        String rest = "the rest is plain, as " + NO_VECTORS;
        return new KernelProvider("blas", why + "; " + rest, rest, core, loops(blas.kernels()), workers);
    }

    /// What is wrong with OpenBLAS's choice of kernels for this processor; empty for nothing. OpenBLAS itself is
    /// silent where it does not have those that were asked for.
    private static String misfit(String core) {
        String asked = System.getenv("HYPHA_BLAS_CORE");
        boolean own = asked != null && !asked.isBlank();
        if (own && !asked.equalsIgnoreCase(core)) {
            return "OpenBLAS has no kernels for " + asked + ", which the variable HYPHA_BLAS_CORE asks for, and runs"
                    + " those for " + core + "; remove the variable";
        }
        if (!Processor.hasAvx512() || WIDE_CORES.contains(core)) return "";
        String remedy = own ? "; remove the variable HYPHA_BLAS_CORE" : "";
        return "OpenBLAS runs its kernels for " + core + ", which leave half of this processor's AVX-512 idle" + remedy;
    }

    private static KernelProvider vector(String why, String slower, int threads) {
        return new KernelProvider("vector", why, slower, "", vectors(new VectorProducts()), new Workers(threads));
    }

    private static KernelProvider plain(String why, String slower, int threads) {
        return new KernelProvider("plain", why, slower, "", loops(new PlainProducts()), new Workers(threads));
    }

    private static Kernels vectors(ProductKernels products) {
        return new Kernels(
                products,
                new VectorElements(),
                new VectorRows(),
                new VectorSparse(),
                new VectorBfloat16(),
                new VectorAttention(),
                new VectorNorms(),
                new VectorLosses(),
                new VectorUpdates());
    }

    private static Kernels loops(ProductKernels products) {
        return new Kernels(
                products,
                new PlainElements(),
                new PlainRows(),
                new PlainSparse(),
                new PlainBfloat16(),
                new PlainAttention(),
                new PlainNorms(),
                new PlainLosses(),
                new PlainUpdates());
    }

    /// `blas`, `vector` or `plain`.
    public String name() {
        return name;
    }

    /// Why it was chosen, in a few words.
    public String why() {
        return why;
    }

    /// What makes them slower than this machine allows, in a few words; empty where nothing does, or where
    /// these kernels were asked for.
    public String slower() {
        return slower;
    }

    /// The kernels.
    public Kernels kernels() {
        return kernels;
    }

    /// How many threads run them at once.
    public int threads() {
        return workers.count();
    }

    Workers workers() {
        return workers;
    }

    /// The name, and with a BLAS the processor that its kernels are written for, such as `blas SkylakeX`.
    public String describe() {
        return (name + " " + blasCore).strip();
    }

    /// Ends the threads.
    @Override
    public void close() {
        workers.close();
    }
}
