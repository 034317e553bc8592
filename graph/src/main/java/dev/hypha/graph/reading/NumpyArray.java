package dev.hypha.graph.reading;

import dev.hypha.graph.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A numpy array in a `.npy` file, mapped: row by row, little-endian, nothing read but its head.
///
/// The head is the bytes 93 N U M P Y, two of version, the length of what follows (two bytes in version 1,
/// four in 2 and 3) and a Python dictionary: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }`.
/// See numpy's own "NEP 1: A simple file format for NumPy arrays".
///
/// @param shape lengths, the slowest first; empty for a single number
/// @param data all elements, valid as long as the arena
public record NumpyArray(Path file, NumpyType type, List<Long> shape, MemorySegment data) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LENGTH_AT = 8;
    private static final Pattern DESCR = Pattern.compile("'descr':\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");

    public NumpyArray {
        shape = List.copyOf(shape);
    }

    /// Maps a file.
    ///
    /// @throws InputException if it is missing, not of a known type or order, or not as long as its head says
    /// @throws IOException if it cannot be read
    public static NumpyArray map(Path file, Arena arena) throws IOException {
        if (Files.isDirectory(file)) {
            throw wrong(file, "is a folder");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return of(file, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (NoSuchFileException e) {
            throw new InputException(
                    "no-file", "there is no file " + file, Map.of("file", file.toString()), "Check the path.");
        }
    }

    /// How many elements there are.
    public long length() {
        return data.byteSize() / type.bytes();
    }

    /// The length of the first dimension; 1 for a single number.
    public long rows() {
        return shape.isEmpty() ? 1 : shape.getFirst();
    }

    /// Elements per row.
    public long width() {
        return rows() == 0 ? 0 : length() / rows();
    }

    /// An element of an array of integers, in row-major order.
    ///
    /// @throws IllegalStateException if they are no integers
    public long integer(long index) {
        return switch (type) {
            case INT8 -> data.get(ValueLayout.JAVA_BYTE, index);
            case UINT8, BOOL -> data.get(ValueLayout.JAVA_BYTE, index) & 0xFF;
            case INT16 -> data.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, index);
            case INT32 -> data.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, index);
            case INT64 -> data.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, index);
            case FLOAT32, FLOAT64 -> throw new IllegalStateException(file + " holds no integers");
        };
    }

    /// An element as a floating-point number.
    public double number(long index) {
        return switch (type) {
            case FLOAT32 -> data.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, index);
            case FLOAT64 -> data.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, index);
            case INT8, UINT8, BOOL, INT16, INT32, INT64 -> integer(index);
        };
    }

    private static NumpyArray of(Path file, MemorySegment whole) {
        byte[] start = whole.asSlice(0, Math.min(LENGTH_AT + Integer.BYTES, whole.byteSize()))
                .toArray(ValueLayout.JAVA_BYTE);
        for (int i = 0; i < MAGIC.length; i++) {
            if (i >= start.length || start[i] != MAGIC[i]) {
                throw wrong(file, "is no .npy file");
            }
        }
        if (start.length < LENGTH_AT + Integer.BYTES || start[MAGIC.length] < 1 || start[MAGIC.length] > 3) {
            throw wrong(file, "is no .npy file of version 1, 2 or 3");
        }
        boolean old = start[MAGIC.length] == 1;
        long length = old
                ? whole.get(ValueLayout.JAVA_SHORT_UNALIGNED, LENGTH_AT) & 0xFFFFL
                : whole.get(ValueLayout.JAVA_INT_UNALIGNED, LENGTH_AT) & 0xFFFFFFFFL;
        long from = (long) LENGTH_AT + (old ? Short.BYTES : Integer.BYTES);
        if (from + length > whole.byteSize()) {
            throw wrong(file, "breaks off in its head");
        }
        String head =
                new String(whole.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
        return of(file, head, whole.asSlice(from + length));
    }

    private static NumpyArray of(Path file, String head, MemorySegment data) {
        String descr = find(file, DESCR, head, "type");
        NumpyType type = NumpyType.of(descr).orElseThrow(() -> wrong(file, "holds elements of type " + descr));
        if (find(file, ORDER, head, "order").equals("True")) {
            throw wrong(file, "is in Fortran's order");
        }
        List<Long> shape = new ArrayList<>();
        long bytes = type.bytes();
        try {
            for (String part : find(file, SHAPE, head, "shape").split(",", -1)) {
                if (!part.isBlank()) {
                    shape.add(Long.parseLong(part.strip()));
                    bytes = Math.multiplyExact(bytes, shape.getLast());
                }
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw wrong(file, "has a shape that no array has");
        }
        if (bytes != data.byteSize()) {
            throw wrong(file, "has " + data.byteSize() + " bytes of elements instead of " + bytes);
        }
        return new NumpyArray(file, type, shape, data);
    }

    private static String find(Path file, Pattern pattern, String head, String what) {
        Matcher matcher = pattern.matcher(head);
        if (!matcher.find()) {
            throw wrong(file, "has no " + what + " in its head");
        }
        return matcher.group(1);
    }

    private static InputException wrong(Path file, String problem) {
        return new InputException(
                "wrong-array",
                file + " " + problem,
                Map.of("file", file.toString()),
                "Write it again with numpy.save, in C order, as integers, float32 or float64.");
    }
}
