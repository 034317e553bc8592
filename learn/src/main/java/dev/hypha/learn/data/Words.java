package dev.hypha.learn.data;

import dev.hypha.graph.reading.BadValue;
import dev.hypha.graph.reading.Field;
import dev.hypha.graph.reading.Texts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The different texts of a column, numbered in the order they are met; a cell is kept as its text's number.
final class Words implements Field {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    @Override
    public long look(byte[] bytes, int from, int to) throws BadValue {
        Texts.requireText(bytes, from, to);
        return 0;
    }

    @Override
    public long keep(long looked, byte[] bytes, int from, int to) {
        String text = text(bytes, from, to);
        Integer known = numbers.get(text);
        if (known != null) return known;
        int number = texts.size();
        texts.add(text);
        numbers.put(text, number);
        return number;
    }

    /// The texts by their numbers.
    List<String> texts() {
        return texts;
    }

    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8).strip();
    }
}
