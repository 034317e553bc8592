package dev.hypha.learn.data;

import dev.hypha.graph.InputException;
import dev.hypha.graph.reading.BadValue;
import dev.hypha.graph.reading.Field;
import dev.hypha.graph.reading.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The ids of nodes, texts of any kind, numbered in the order of the table of nodes.
final class NodeIds {
    private static final int NAMED = 5;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /// As the user wrote them, by number.
    List<String> names() {
        return names;
    }

    int count() {
        return names.size();
    }

    /// Whether a node has this id.
    boolean has(String id) {
        return numbers.containsKey(id.strip());
    }

    /// The field of an id that was not met before; kept as the number it gets.
    Field fresh() {
        return new Field() {
            @Override
            public long look(byte[] bytes, int from, int to) throws BadValue {
                Texts.requireText(bytes, from, to);
                String id = Words.text(bytes, from, to);
                if (id.isEmpty()) throw new BadValue("a node without an id");
                if (numbers.containsKey(id)) throw new BadValue("a second node " + id);
                return 0;
            }

            @Override
            public long keep(long looked, byte[] bytes, int from, int to) {
                String id = Words.text(bytes, from, to);
                int number = names.size();
                numbers.put(id, number);
                names.add(id);
                return number;
            }
        };
    }

    /// A field of ids that the table of nodes shall have; kept as their numbers, -1 for the others, which
    /// are counted.
    Known known() {
        return new Known();
    }

    /// See [#known].
    final class Known implements Field {
        private final BitSet met = new BitSet();
        private final Map<String, Integer> strangers = new LinkedHashMap<>();
        private long times;

        @Override
        public long look(byte[] bytes, int from, int to) throws BadValue {
            Texts.requireText(bytes, from, to);
            return 0;
        }

        @Override
        public long keep(long looked, byte[] bytes, int from, int to) {
            String id = Words.text(bytes, from, to);
            Integer number = numbers.get(id);
            if (number != null) {
                met.set(number);
                return number;
            }
            strangers.merge(id, 1, Integer::sum);
            times++;
            return -1;
        }

        /// How many nodes the table of nodes has that were not met.
        int missing() {
            return count() - met.cardinality();
        }

        /// @throws InputException naming the first ids that the table of nodes lacks, and how many there
        ///     are
        void requireNone(Path file, Path nodes) {
            if (strangers.isEmpty()) return;
            String first = strangers.keySet().stream().limit(NAMED).collect(Collectors.joining(", "));
            int more = strangers.size() - NAMED;
            throw new InputException(
                    "unknown-node",
                    "%s names %,d %s that %s does not have, %,d times: %s%s"
                            .formatted(
                                    file,
                                    strangers.size(),
                                    strangers.size() == 1 ? "node" : "nodes",
                                    nodes.getFileName(),
                                    times,
                                    first,
                                    more > 0 ? " and %,d more".formatted(more) : ""),
                    Map.of("file", file.toString(), "ids", strangers.size(), "times", times, "first", first),
                    "Add them to " + nodes.getFileName() + ", or take their rows out of " + file.getFileName() + ".");
        }
    }
}
