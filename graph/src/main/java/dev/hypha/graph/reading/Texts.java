package dev.hypha.graph.reading;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Texts as they stand in text files: UTF-8 without control characters.
public final class Texts {
    private Texts() {}

    /// @throws BadValue where bytes are no such text
    public static void requireText(byte[] bytes, int from, int to) throws BadValue {
        boolean ascii = true;
        for (int at = from; at < to; at++) {
            if (bytes[at] >= 0 && bytes[at] < ' ' && bytes[at] != '\t') {
                throw BadValue.of(bytes, from, to, "has a control character");
            }
            ascii &= bytes[at] >= 0;
        }
        if (!ascii) {
            requireUtf8(bytes, from, to);
        }
    }

    private static void requireUtf8(byte[] bytes, int from, int to) throws BadValue {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
        } catch (CharacterCodingException e) {
            throw BadValue.of(bytes, from, to, "is no UTF-8");
        }
    }
}
