package dev.hypha.learn.data;

import dev.hypha.graph.InputException;
import dev.hypha.learn.TaskKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/// What is predicted, from columns of a table of nodes: numbers, one of several classes, or several of
/// them.
///
/// Several columns are one class each, of 0 and 1 (or no and yes, false and true). One column is taken as
/// numbers where all that stands there are numbers, and either one of them is no integer or there are more
/// than 100; otherwise each text is a class. A cell with several classes has a bar or a semicolon between
/// them, and is asked for as multilabel.
///
/// @param file of the table, for messages
/// @param ids of the nodes, for messages
/// @param asked kind of task, or null to be told by the column
/// @param unknown what stands, beside nothing, where the label is not known
record TargetColumns(Path file, List<String> ids, TaskKind asked, Set<String> unknown) {
    private static final int MOST_INTEGERS = 100;
    private static final Set<String> YES = Set.of("1", "yes", "true", "1.0");
    private static final Set<String> NO = Set.of("0", "no", "false", "0.0");

    /// @param columns at least one
    /// @param called what classes are called, by what stands in the table
    /// @throws InputException where no node has a label, all have the same, a cell cannot be read, or several
    ///     columns are given for a task of one
    NodeLabels labels(List<Cells> columns, Map<String, String> called) {
        if (columns.size() > 1 && asked != null && asked != TaskKind.MULTILABEL) throw several(columns);
        if (columns.size() > 1) return flags(columns);
        Cells column = columns.getFirst();
        List<String> known = column.texts().stream().filter(this::known).toList();
        if (known.isEmpty()) throw none(column);
        TaskKind kind = asked == null ? kind(known) : asked;
        return switch (kind) {
            case REGRESSION -> numbers(column);
            case MULTILABEL -> sets(column);
            case BINARY, MULTICLASS -> classes(column, kind, known, called);
            case RANKING -> throw new IllegalArgumentException("nodes are not ranked");
        };
    }

    private boolean known(String text) {
        return !text.isEmpty() && !unknown.contains(text);
    }

    private static TaskKind kind(List<String> known) {
        boolean numbers = known.stream().allMatch(text -> Cells.number(text).isPresent());
        boolean integers = known.stream().allMatch(text -> text.matches("[-+]?[0-9]+"));
        if (numbers && (!integers || known.size() > MOST_INTEGERS)) return TaskKind.REGRESSION;
        return known.size() == 2 ? TaskKind.BINARY : TaskKind.MULTICLASS;
    }

    private NodeLabels numbers(Cells column) {
        float[] values = new float[ids.size()];
        for (int i = 0; i < values.length; i++) {
            if (!known(column.text(i))) {
                values[i] = Float.NaN;
                continue;
            }
            OptionalDouble number = Cells.number(column.text(i));
            if (number.isEmpty() || !Float.isFinite((float) number.getAsDouble()))
                throw bad(column, i, "no finite number");
            values[i] = (float) number.getAsDouble();
        }
        long different = column.texts().stream().filter(this::known).count();
        if (different < 2)
            throw single(
                    column,
                    column.texts().stream().filter(this::known).findFirst().orElse(""));
        return new NodeLabels(TaskKind.REGRESSION, values, List.of());
    }

    private NodeLabels classes(Cells column, TaskKind kind, List<String> known, Map<String, String> called) {
        List<String> ordered = ClassNames.ordered(known);
        if (ordered.size() < 2) throw single(column, ordered.getFirst());
        if (kind == TaskKind.BINARY && ordered.size() > 2) {
            throw wrong(
                    "the column %s has %,d classes, and a binary task has two".formatted(column.name(), ordered.size()),
                    column,
                    "Leave --task out, or give --task multiclass.");
        }
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < ordered.size(); i++) numbers.put(ordered.get(i), i);
        float[] values = new float[ids.size()];
        for (int i = 0; i < values.length; i++) {
            Integer number = numbers.get(column.text(i));
            values[i] = number == null ? Float.NaN : number;
        }
        return new NodeLabels(
                kind,
                values,
                ordered.stream().map(name -> called.getOrDefault(name, name)).toList());
    }

    private NodeLabels sets(Cells column) {
        Set<String> all = new LinkedHashSet<>();
        for (String text : column.texts()) if (known(text)) all.addAll(members(text));
        List<String> names = ClassNames.ordered(new ArrayList<>(all));
        if (names.size() < 2) throw single(column, names.getFirst());
        float[] values = new float[ids.size() * names.size()];
        for (int i = 0; i < ids.size(); i++) {
            if (!known(column.text(i))) Arrays.fill(values, i * names.size(), (i + 1) * names.size(), Float.NaN);
            else for (String one : members(column.text(i))) values[i * names.size() + names.indexOf(one)] = 1;
        }
        return new NodeLabels(TaskKind.MULTILABEL, values, names);
    }

    private static List<String> members(String text) {
        return Arrays.stream(text.split("[|;]"))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    private NodeLabels flags(List<Cells> columns) {
        int width = columns.size();
        float[] values = new float[ids.size() * width];
        for (int c = 0; c < width; c++) {
            Cells column = columns.get(c);
            if (column.texts().stream().noneMatch(this::known)) throw none(column);
            for (int i = 0; i < ids.size(); i++) values[i * width + c] = flag(column, i);
        }
        return new NodeLabels(
                TaskKind.MULTILABEL, values, columns.stream().map(Cells::name).toList());
    }

    private float flag(Cells column, int node) {
        String text = column.text(node).toLowerCase(Locale.ROOT);
        if (!known(column.text(node))) return Float.NaN;
        if (YES.contains(text)) return 1;
        if (NO.contains(text)) return 0;
        throw bad(column, node, "neither 0 nor 1");
    }

    private InputException several(List<Cells> columns) {
        return wrong(
                "the columns %s of %s are a class each, which a %s task cannot have"
                        .formatted(
                                columns.stream().map(Cells::name).collect(Collectors.joining(", ")),
                                file,
                                asked.label()),
                columns.getFirst(),
                "Leave --task out, or name one column with --target.");
    }

    private InputException none(Cells column) {
        return wrong(
                "no node of " + file + " has a label in the column " + column.name(),
                column,
                "A model needs nodes to learn from: name another column with --target.");
    }

    private InputException single(Cells column, String label) {
        return wrong(
                "every label in the column " + column.name() + " of " + file + " is " + label,
                column,
                "A model needs nodes with different labels to learn from.");
    }

    private InputException bad(Cells column, int node, String what) {
        return wrong(
                "the label '%s' of node %s in the column %s of %s is %s"
                        .formatted(column.text(node), ids.get(node), column.name(), file, what),
                column,
                "Correct it, or say what stands for an unknown label with --unknown.");
    }

    private InputException wrong(String message, Cells column, String hint) {
        return new InputException(
                "bad-target", message, Map.of("file", file.toString(), "column", column.name()), hint);
    }
}
