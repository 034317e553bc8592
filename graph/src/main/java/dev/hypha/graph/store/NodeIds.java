package dev.hypha.graph.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalInt;

/// The ids that the nodes of one type have outside, and the numbers 0, 1, ... that they have inside; either
/// way.
///
/// Numbers follow the order of the ids: integers by value, texts as unsigned bytes of UTF-8. Valid until its
/// store is closed.
public sealed interface NodeIds {
    /// How many nodes there are.
    int count();

    /// The number of the node with this id, as users write it: for integer ids, their decimal digits.
    OptionalInt find(String id);

    /// The id of a node, as users write it.
    ///
    /// @throws IndexOutOfBoundsException if there is no such node
    String name(int node);

    /// What [StoredGraph#check] finds wrong, or an empty string.
    String problem();

    /// Ids that are 64-bit integers.
    ///
    /// @param values int64 per node, rising
    record Integers(MemorySegment values) implements NodeIds {
        @Override
        public int count() {
            return (int) (values.byteSize() / Long.BYTES);
        }

        /// The id of a node.
        public long id(int node) {
            return values.getAtIndex(ValueLayout.JAVA_LONG, node);
        }

        /// The number of the node with this id.
        public OptionalInt find(long id) {
            int low = 0;
            int high = count() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                long here = id(middle);
                if (here == id) {
                    return OptionalInt.of(middle);
                }
                if (here < id) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return OptionalInt.empty();
        }

        @Override
        public OptionalInt find(String id) {
            try {
                return find(Long.parseLong(id));
            } catch (NumberFormatException e) {
                return OptionalInt.empty();
            }
        }

        @Override
        public String name(int node) {
            return Long.toString(id(node));
        }

        @Override
        public String problem() {
            for (int node = 1; node < count(); node++) {
                if (id(node - 1) >= id(node)) {
                    return "the id of node " + node + " does not come after the one before it";
                }
            }
            return "";
        }
    }

    /// Ids that are text.
    final class Texts implements NodeIds {
        private final TextTable texts;

        Texts(TextTable texts) {
            this.texts = texts;
        }

        @Override
        public int count() {
            return texts.count();
        }

        @Override
        public OptionalInt find(String id) {
            int found = texts.find(id);
            return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
        }

        @Override
        public String name(int node) {
            return texts.get(node);
        }

        @Override
        public String problem() {
            return texts.problem();
        }
    }
}
