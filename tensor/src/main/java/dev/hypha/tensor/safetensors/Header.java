package dev.hypha.tensor.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The header of a safetensors file: where each tensor lies, and some strings.
///
/// @param entries by name, in the file's order
/// @param metadata strings by name
public record Header(Map<String, Entry> entries, Map<String, String> metadata) {
    /// Headers beyond this are refused before memory is spent on them.
    public static final int LIMIT_BYTES = 64 << 20;

    private static final String METADATA = "__metadata__";

    /// What a number is stored as; the names are the format's.
    public enum Type {
        /// float32.
        F32(4),
        /// bfloat16.
        BF16(2);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }
    }

    /// A tensor: type, one or two dimensions, and its first byte within the data.
    public record Entry(Type type, int rows, int cols, long start) {
        /// Its size within the data.
        public long bytes() {
            return (long) type.bytes * rows * cols;
        }
    }

    /// The header's bytes, padded to a multiple of 8.
    public static byte[] write(Map<String, Entry> entries, Map<String, String> metadata) {
        StringBuilder text = new StringBuilder("{");
        if (!metadata.isEmpty()) {
            text.append(Json.quote(METADATA)).append(":{");
            metadata.forEach((key, value) -> text.append(Json.quote(key))
                    .append(':')
                    .append(Json.quote(value))
                    .append(','));
            text.setLength(text.length() - 1);
            text.append("},");
        }
        entries.forEach((name, e) -> text.append(Json.quote(name))
                .append(":{\"dtype\":\"%s\",\"shape\":[%d,%d],\"data_offsets\":[%d,%d]},"
                        .formatted(e.type(), e.rows(), e.cols(), e.start(), e.start() + e.bytes())));
        if (text.length() > 1) text.setLength(text.length() - 1);
        text.append('}');
        byte[] bytes = text.toString().getBytes(UTF_8);
        return (text + " ".repeat(Math.floorMod(-bytes.length, 8))).getBytes(UTF_8);
    }

    /// Reads a header and checks that the tensors fill the data without gap or overlap.
    ///
    /// @param dataBytes size of the data after the header
    /// @throws HeaderException if anything in it is not sound
    public static Header read(byte[] text, long dataBytes) throws HeaderException {
        if (!(Json.parse(text) instanceof Map<?, ?> all)) throw new HeaderException("its header is not an object");
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : all.entrySet()) {
            String name = (String) member.getKey();
            if (name.equals(METADATA)) {
                readMetadata(member.getValue(), metadata);
            } else {
                entries.put(name, entry(name, member.getValue()));
            }
        }
        requireCovered(entries, dataBytes);
        return new Header(entries, metadata);
    }

    private static void readMetadata(Object value, Map<String, String> into) throws HeaderException {
        if (!(value instanceof Map<?, ?> map)) throw new HeaderException("its metadata is not an object");
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (!(member.getValue() instanceof String string)) {
                throw new HeaderException("its metadata '" + member.getKey() + "' is not a string");
            }
            into.put((String) member.getKey(), string);
        }
    }

    private static Entry entry(String name, Object value) throws HeaderException {
        if (!(value instanceof Map<?, ?> map)) throw new HeaderException("tensor '" + name + "' is not an object");
        Type type = type(name, map.get("dtype"));
        List<Long> shape = longs(name, "shape", map.get("shape"));
        List<Long> offsets = longs(name, "data_offsets", map.get("data_offsets"));
        if (shape.isEmpty() || shape.size() > 2) {
            throw new HeaderException("tensor '%s' has %d dimensions, not 1 or 2".formatted(name, shape.size()));
        }
        long rows = shape.size() == 1 ? 1 : shape.getFirst();
        long cols = shape.getLast();
        if (rows > Integer.MAX_VALUE || cols > Integer.MAX_VALUE) {
            throw new HeaderException("tensor '" + name + "' has 2^31 or more rows or columns");
        }
        Entry entry = new Entry(type, (int) rows, (int) cols, offsets.getFirst());
        // Both sides stay below 2^63 only if the product does; multiplyHigh says whether it fits.
        boolean fits = Math.multiplyHigh(type.bytes * rows, cols) == 0 && type.bytes * rows * cols >= 0;
        if (offsets.size() != 2 || !fits || offsets.get(1) - offsets.get(0) != entry.bytes()) {
            throw new HeaderException("tensor '" + name + "' does not take up the bytes that its shape needs");
        }
        return entry;
    }

    private static Type type(String name, Object dtype) throws HeaderException {
        for (Type type : Type.values()) if (type.name().equals(dtype)) return type;
        throw new HeaderException(
                "tensor '%s' is of type %s, and only F32 and BF16 can be read".formatted(name, dtype));
    }

    private static List<Long> longs(String name, String field, Object value) throws HeaderException {
        List<Long> longs = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object item : list) if (item instanceof Long number && number >= 0) longs.add(number);
            if (longs.size() == list.size() && (!longs.isEmpty() || field.equals("shape"))) return longs;
        }
        throw new HeaderException("tensor '%s' has no sound %s".formatted(name, field));
    }

    private static void requireCovered(Map<String, Entry> entries, long dataBytes) throws HeaderException {
        List<Map.Entry<String, Entry>> inOrder = new ArrayList<>(entries.entrySet());
        inOrder.sort(Comparator.<Map.Entry<String, Entry>>comparingLong(
                        e -> e.getValue().start())
                .thenComparingLong(e -> e.getValue().bytes()));
        long end = 0;
        for (Map.Entry<String, Entry> e : inOrder) {
            if (e.getValue().start() != end) {
                throw new HeaderException("tensor '%s' leaves a gap or overlaps another".formatted(e.getKey()));
            }
            end += e.getValue().bytes();
            if (end > dataBytes) throw new HeaderException("it is cut off within tensor '" + e.getKey() + "'");
        }
        if (end != dataBytes) throw new HeaderException("%d bytes follow its last tensor".formatted(dataBytes - end));
    }
}
