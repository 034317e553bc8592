package dev.hypha.learn.data;

import dev.hypha.graph.InputException;
import dev.hypha.graph.reading.BadValue;
import dev.hypha.graph.reading.Field;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// A column of words that say which part of a split a node belongs to.
final class SplitColumn implements Field {
    private static final int NONE = 0;
    private static final int TRAIN = 1;
    private static final int VALIDATION = 2;
    private static final int TEST = 3;

    private final String name;
    private final IntStream.Builder train = IntStream.builder();
    private final IntStream.Builder validation = IntStream.builder();
    private final IntStream.Builder test = IntStream.builder();

    /// @param name of the split
    SplitColumn(String name) {
        this.name = name;
    }

    @Override
    public long look(byte[] bytes, int from, int to) throws BadValue {
        int part = part(Words.text(bytes, from, to));
        if (part >= 0) return part;
        throw BadValue.of(bytes, from, to, "is no split; there are train, val, test and none");
    }

    /// @return negative where a word stands for no part
    private static int part(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "train" -> TRAIN;
            case "val", "valid", "validation" -> VALIDATION;
            case "test" -> TEST;
            case "none", "" -> NONE;
            default -> -1;
        };
    }

    /// The split that a column tells which is there already.
    ///
    /// @param folder that it is from, for messages
    /// @throws InputException for a word that is no part of a split
    static Split of(Cells cells, Path folder) {
        SplitColumn column = new SplitColumn("public");
        for (int i = 0; i < cells.codes().length; i++) {
            int part = part(cells.text(i));
            if (part < 0) {
                throw new InputException(
                        "bad-split",
                        "'" + cells.text(i) + "' in the column " + cells.name() + " of " + folder + " is no split",
                        Map.of("folder", folder.toString(), "column", cells.name()),
                        "There are train, val, test and none.");
            }
            column.add(i, part);
        }
        return column.split();
    }

    @Override
    public long keep(long looked, byte[] bytes, int from, int to) {
        return looked;
    }

    /// @param part what was kept for the node's cell
    void add(int node, int part) {
        switch (part) {
            case TRAIN -> train.add(node);
            case VALIDATION -> validation.add(node);
            case TEST -> test.add(node);
            default -> {}
        }
    }

    Split split() {
        return new Split(name, sorted(train), sorted(validation), sorted(test));
    }

    private static int[] sorted(IntStream.Builder nodes) {
        return nodes.build().sorted().toArray();
    }
}
