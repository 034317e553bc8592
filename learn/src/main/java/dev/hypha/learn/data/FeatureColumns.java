package dev.hypha.learn.data;

import dev.hypha.graph.InputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// Columns of a table of nodes as features: numbers shifted and scaled to mean 0 and standard deviation 1
/// over the nodes that have one (the others get 0), dates and times as numbers of days, categories each as
/// a column of 0 and 1, and of other text nothing, which is said.
final class FeatureColumns {
    /// More different texts than this are no categories.
    private static final int MOST_CATEGORIES = 100;

    /// Where a larger part of a column's different texts than this are numbers, the others are mistakes.
    private static final double MISTAKES_ABOVE = 0.9;

    private static final double DAY_MICROS = Duration.ofDays(1).toMillis() * 1e3;

    private final Path file;
    private final List<String> ids;
    private final EntryRows entries;
    private final List<String> notes;
    private final List<NumberColumn> standardised = new ArrayList<>();
    private int width;

    /// @param file of the table, for messages
    /// @param ids of the nodes, for messages
    /// @param entries that the features are added to
    /// @param width columns that are there already
    /// @param notes that what is left out is said in
    FeatureColumns(Path file, List<String> ids, EntryRows entries, int width, List<String> notes) {
        this.file = file;
        this.ids = ids;
        this.entries = entries;
        this.width = width;
        this.notes = notes;
    }

    /// Adds a column.
    ///
    /// @throws InputException naming the column and the first node where a number is none or infinite, or
    ///     a few texts are no numbers among many that are
    void add(Cells column) {
        OptionalDouble[] numbers = new OptionalDouble[column.texts().size()];
        int filled = 0;
        int numeric = 0;
        for (int code = 0; code < numbers.length; code++) {
            if (column.texts().get(code).isEmpty()) continue;
            numbers[code] = Cells.number(column.texts().get(code));
            filled++;
            if (numbers[code].isPresent()) numeric++;
        }
        if (filled == 0) leftOut(column, "it is empty");
        else if (numeric == filled) numbers(column, numbers);
        else if (numeric == 0 && times(column, numbers)) {
            notes.add("Column %s holds times: they are taken as numbers of days.".formatted(column.name()));
            numbers(column, numbers);
        } else if (numeric > MISTAKES_ABOVE * filled) throw notNumbers(column, numbers, filled - numeric);
        else if (filled <= MOST_CATEGORIES && 2 * filled <= ids.size()) categories(column);
        else leftOut(column, "it is text, %,d different ones".formatted(filled));
    }

    /// The columns of numbers as they were written.
    List<NumberColumn> standardised() {
        return standardised;
    }

    /// Whether all texts of a column are dates or times; then those are put in their place, in days.
    private static boolean times(Cells column, OptionalDouble[] numbers) {
        OptionalDouble[] days = new OptionalDouble[numbers.length];
        for (int code = 0; code < numbers.length; code++) {
            String text = column.texts().get(code);
            if (text.isEmpty()) continue;
            OptionalLong micros = Cells.time(text);
            if (micros.isEmpty()) return false;
            days[code] = OptionalDouble.of(micros.getAsLong() / DAY_MICROS);
        }
        System.arraycopy(days, 0, numbers, 0, days.length);
        return true;
    }

    private void numbers(Cells column, OptionalDouble[] numbers) {
        double[] values = new double[column.codes().length];
        int missing = 0;
        for (int i = 0; i < values.length; i++) {
            OptionalDouble number = numbers[column.codes()[i]];
            values[i] = number == null ? Double.NaN : number.getAsDouble();
            if (number == null) missing++;
            else if (!Double.isFinite(values[i])) throw notFinite(column, numbers);
        }
        NumberColumn written = new NumberColumn(width, values);
        NumberColumn.Scale scale =
                written.over(IntStream.range(0, values.length).toArray());
        if (!(scale.deviation() > 0)) {
            leftOut(column, "it is the same everywhere");
            return;
        }
        if (missing > 0) {
            notes.add("Column %s lacks %s: the mean stands there."
                    .formatted(column.name(), Counted.of(missing, "number")));
        }
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) entries.add(i, width, scale.of(values[i]));
        }
        standardised.add(written);
        entries.widen(++width);
    }

    private void categories(Cells column) {
        List<String> known = ClassNames.ordered(
                column.texts().stream().filter(text -> !text.isEmpty()).toList());
        if (known.size() == 1 && column.texts().size() == 1) {
            leftOut(column, "it is the same everywhere");
            return;
        }
        for (int i = 0; i < column.codes().length; i++) {
            int category = known.indexOf(column.text(i));
            if (category >= 0) entries.add(i, width + category, 1);
        }
        width += known.size();
        entries.widen(width);
    }

    private void leftOut(Cells column, String why) {
        notes.add("Column " + column.name() + " is left out: " + why + ".");
    }

    private InputException notFinite(Cells column, OptionalDouble[] numbers) {
        List<Integer> nodes = new ArrayList<>();
        for (int i = 0; i < column.codes().length; i++) {
            OptionalDouble number = numbers[column.codes()[i]];
            if (number != null && !Double.isFinite(number.getAsDouble())) nodes.add(i);
        }
        return wrong(
                "not-finite",
                column,
                "has %s no finite number, the first is %s of node %s"
                        .formatted(
                                Counted.of(nodes.size(), "value") + (nodes.size() == 1 ? " that is" : " that are"),
                                column.text(nodes.getFirst()),
                                ids.get(nodes.getFirst())),
                "Leave the cells empty where nothing is known, or the whole column out with --ignore " + column.name()
                        + ".");
    }

    private InputException notNumbers(Cells column, OptionalDouble[] numbers, int different) {
        int first = 0;
        while (numbers[column.codes()[first]] == null || numbers[column.codes()[first]].isPresent()) first++;
        return wrong(
                "not-a-number",
                column,
                "holds numbers and %s, the first is '%s' of node %s"
                        .formatted(Counted.of(different, "other text"), column.text(first), ids.get(first)),
                "Correct them, or leave the column out with --ignore " + column.name() + ".");
    }

    private InputException wrong(String kind, Cells column, String what, String hint) {
        return new InputException(
                kind,
                "the column " + column.name() + " of " + file + " " + what,
                Map.of("file", file.toString(), "column", column.name()),
                hint);
    }
}
