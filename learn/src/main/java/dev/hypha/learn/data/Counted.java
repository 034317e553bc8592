package dev.hypha.learn.data;

import java.util.Locale;

/// Numbers of things in words.
public final class Counted {
    private Counted() {}

    /// Such as `1 edge` and `2,708 nodes`.
    ///
    /// @param thing one of them; its plural has an `s` more
    public static String of(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }
}
