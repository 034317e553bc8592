package dev.hypha.learn;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads the hyper-parameters of a record whose components carry [Option]: their names and defaults, a record made from
/// what a user wrote, and back.
///
/// Components may be `int`, `long`, `double`, `boolean`, an enum or a `List<Integer>` (written `128,64`);
/// or another record of options, without an [Option] of its own: its options are then options of the whole,
/// so that several methods can share them.
public final class Options {
    private Options() {}

    /// One hyper-parameter as it is listed for people.
    ///
    /// @param name in kebab-case
    /// @param type such as `an integer`, `true or false`, `one of mean, sum`
    /// @param range such as `1 to 4096`, `at least 0`; empty when unlimited
    public record Entry(String name, String type, String def, String unit, String range, String help) {}

    /// The hyper-parameters of a record, in the order of its components.
    public static List<Entry> of(Class<? extends Record> type) {
        List<Entry> entries = new ArrayList<>();
        for (RecordComponent c : leaves(type)) {
            Option o = option(c);
            entries.add(new Entry(name(c), typeName(c.getType()), o.def(), o.unit(), range(o), o.help()));
        }
        return List.copyOf(entries);
    }

    /// The record with all its defaults.
    public static <R extends Record> R defaults(Class<R> type) {
        return read(type, Map.of());
    }

    /// The record with what is given, defaults elsewhere.
    ///
    /// @param given values as written, by option name in kebab-case
    /// @throws InputException for an unknown option, a value of the wrong kind, or one outside the option's range
    public static <R extends Record> R read(Class<R> type, Map<String, String> given) {
        refuseUnknown(given, leaves(type));
        return made(type, given);
    }

    private static <R extends Record> R made(Class<R> type, Map<String, String> given) {
        RecordComponent[] components = components(type);
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            RecordComponent c = components[i];
            values[i] = c.getType().isRecord()
                    ? made(c.getType().asSubclass(Record.class), given)
                    : parse(c, given.getOrDefault(name(c), option(c).def()).strip());
        }
        return construct(type, components, values);
    }

    /// What each component holds, as a user would write it, by option name. `read(type, written(r))` equals `r`.
    public static Map<String, String> written(Record record) {
        Map<String, String> out = new LinkedHashMap<>();
        for (RecordComponent c : components(record.getClass())) {
            try {
                Object value = c.getAccessor().invoke(record);
                if (value instanceof Record part) out.putAll(written(part));
                else out.put(name(c), write(value));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + c, e);
            }
        }
        return out;
    }

    /// Refuses values outside the range their [Option] states; to be called first in the record's compact constructor.
    ///
    /// @param values of all components, in order; a record of options has checked its own
    /// @throws InputException naming the option, its value and its range
    public static void check(Class<? extends Record> type, Object... values) {
        RecordComponent[] components = components(type);
        if (values.length != components.length) {
            throw new IllegalArgumentException(
                    type.getSimpleName() + " has " + components.length + " components, given " + values.length);
        }
        for (int i = 0; i < values.length; i++) checkRange(components[i], values[i]);
    }

    /// An option's value that cannot be used, for reasons a range does not express.
    public static InputException refused(String option, Object value, String why, String hint) {
        return new InputException(
                "bad-option",
                "Option --" + option + " is " + write(value) + ", " + why,
                Map.of("option", option),
                hint);
    }

    private static void refuseUnknown(Map<String, String> given, List<RecordComponent> components) {
        List<String> names = components.stream().map(Options::name).toList();
        for (String key : given.keySet()) {
            if (names.contains(key)) continue;
            throw new InputException(
                    "unknown-option", "There is no option --" + key, Map.of("option", key), Nearest.hint(key, names));
        }
    }

    private static <R extends Record> R construct(Class<R> type, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException("cannot make a " + type.getSimpleName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type.getSimpleName(), e);
        }
    }

    private static Object parse(RecordComponent c, String text) {
        Class<?> type = c.getType();
        try {
            if (type == int.class) return Integer.parseInt(text);
            if (type == long.class) return Long.parseLong(text);
            if (type == double.class) return Double.parseDouble(text);
            if (type == boolean.class) return truth(text);
            if (type == List.class) return integers(text);
            if (type.isEnum()) return constant(type, text);
        } catch (IllegalArgumentException e) {
            throw refused(
                    name(c),
                    text,
                    "not " + typeName(type),
                    "Write it like " + option(c).def() + ".");
        }
        throw new IllegalStateException("no way to read a " + type + " for option " + name(c));
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static List<Integer> integers(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(part -> Integer.valueOf(part.strip()))
                .toList();
    }

    private static Object constant(Class<?> type, String text) {
        for (Object constant : type.getEnumConstants()) if (write(constant).equals(text)) return constant;
        throw new IllegalArgumentException(text);
    }

    private static void checkRange(RecordComponent c, Object value) {
        if (value instanceof Record) return;
        List<?> parts = value instanceof List<?> list ? list : List.of(value);
        Option o = option(c);
        for (Object part : parts) {
            if (!(part instanceof Number number)) continue;
            double x = number.doubleValue();
            if (x >= o.min() && x <= o.max()) continue;
            throw refused(
                    name(c), value, "outside its range", "Give " + range(o) + "; the default is " + o.def() + ".");
        }
    }

    private static String range(Option o) {
        boolean below = o.min() != Double.NEGATIVE_INFINITY;
        boolean above = o.max() != Double.POSITIVE_INFINITY;
        if (below && above) return number(o.min()) + " to " + number(o.max());
        if (below) return "at least " + number(o.min());
        return above ? "at most " + number(o.max()) : "";
    }

    private static String number(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e15 ? Long.toString((long) x) : Double.toString(x);
    }

    private static String write(Object value) {
        return switch (value) {
            case Enum<?> e -> e.name().toLowerCase(Locale.ROOT).replace('_', '-');
            case List<?> list ->
                String.join(",", list.stream().map(String::valueOf).toList());
            default -> String.valueOf(value);
        };
    }

    private static String typeName(Class<?> type) {
        if (type == int.class || type == long.class) return "an integer";
        if (type == double.class) return "a number";
        if (type == boolean.class) return "true or false";
        if (type == List.class) return "a list of integers";
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(Options::write).toList();
        return "one of " + String.join(", ", words);
    }

    private static RecordComponent[] components(Class<? extends Record> type) {
        return type.getRecordComponents();
    }

    /// The components with an option each: those of records within the record are in the place of these.
    private static List<RecordComponent> leaves(Class<? extends Record> type) {
        List<RecordComponent> leaves = new ArrayList<>();
        for (RecordComponent c : components(type)) {
            if (c.getType().isRecord()) leaves.addAll(leaves(c.getType().asSubclass(Record.class)));
            else leaves.add(c);
        }
        if (leaves.stream().map(Options::name).distinct().count() < leaves.size()) {
            throw new IllegalStateException(type.getSimpleName() + " has two options of the same name");
        }
        return leaves;
    }

    private static Option option(RecordComponent c) {
        Option o = c.getAnnotation(Option.class);
        if (o == null) throw new IllegalStateException(c.getDeclaringRecord() + "." + c.getName() + " has no @Option");
        return o;
    }

    private static String name(RecordComponent c) {
        return kebab(c.getName());
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
