package dev.hypha.bench;

import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Workspace;
import java.util.Locale;

/// Says whether a fast result may be timed: it must be what the plain loops give, within a tolerance that grows with
/// the number of terms in a sum.
final class Gate {
    private static final double EPSILON = 1e-6;

    private Gate() {}

    /// What a computation on some kernels comes to.
    @FunctionalInterface
    interface Result {
        float[] on(KernelProvider provider, Workspace workspace);
    }

    /// Compares what the kernels under test give with what the plain loops give.
    ///
    /// @param terms that were summed up for one number
    /// @return what was compared, for the row of results
    /// @throws IllegalStateException when they differ
    static String passed(String what, Setting setting, long terms, Result result) {
        try (Memory room = setting.room();
                Workspace workspace = new Workspace(room);
                KernelProvider plain =
                        KernelProvider.of("plain", setting.provider().threads())) {
            return equal(what, result.on(plain, workspace), result.on(setting.provider(), workspace), terms);
        }
    }

    /// Compares numbers of about the same size.
    ///
    /// @param terms that were summed up for one number
    /// @return what was compared, for the row of results
    /// @throws IllegalStateException when they differ
    static String equal(String what, float[] plain, float[] fast, long terms) {
        if (plain.length != fast.length) throw wrong(what, plain.length + " against " + fast.length + " numbers");
        double scale = 0;
        double worst = 0;
        for (int i = 0; i < plain.length; i++) {
            if (!Float.isFinite(fast[i])) throw wrong(what, "number " + i + " is " + fast[i]);
            scale = Math.max(scale, Math.abs(plain[i]));
            worst = Math.max(worst, Math.abs(plain[i] - fast[i]));
        }
        double relative = scale == 0 ? worst : worst / scale;
        double allowed = EPSILON * Math.sqrt((double) terms) + 4 * EPSILON;
        if (relative > allowed) throw wrong(what, "relative difference " + relative + " is over " + allowed);
        return String.format(Locale.ROOT, "%s as plain loops, within %.1e", what, relative);
    }

    private static IllegalStateException wrong(String what, String how) {
        return new IllegalStateException(what + " differs from plain loops: " + how);
    }
}
