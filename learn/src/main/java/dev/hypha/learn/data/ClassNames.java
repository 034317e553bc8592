package dev.hypha.learn.data;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// The order of classes by what they are called: numbers by their size, other texts by the alphabet.
final class ClassNames {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,30}(\\.[0-9]{1,30})?");

    private ClassNames() {}

    static List<String> ordered(List<String> names) {
        boolean numbers = names.stream().allMatch(name -> NUMBER.matcher(name).matches());
        Comparator<String> order = numbers
                ? Comparator.<String, BigDecimal>comparing(BigDecimal::new).thenComparing(Comparator.naturalOrder())
                : Comparator.naturalOrder();
        return names.stream().sorted(order).toList();
    }
}
