package dev.hypha.relational.encode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hypha.graph.InputException;
import java.util.Map;

/// The JSON form of an [Encoding]. The kinds of encoder are those the sealed interface permits, by their simple names.
final class EncodingJson {
    private static final ObjectMapper MAPPER = mapper();

    private EncodingJson() {}

    private static ObjectMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        for (Class<?> kind : Encoder.class.getPermittedSubclasses()) {
            builder.registerSubtypes(kind);
        }
        return builder.build();
    }

    static String write(Encoding encoding) {
        try {
            return MAPPER.writeValueAsString(encoding);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an encoding has no JSON form", e);
        }
    }

    static Encoding read(String json) {
        Encoding encoding;
        try {
            encoding = MAPPER.readValue(json, Encoding.class);
        } catch (JsonProcessingException e) {
            throw unreadable("the run's column encoders cannot be read: " + e.getOriginalMessage());
        }
        if (encoding == null || encoding.version() != Encoding.VERSION) {
            throw unreadable("the run's column encoders are of another version than " + Encoding.VERSION);
        }
        return encoding;
    }

    private static InputException unreadable(String message) {
        return new InputException("bad-run", message, Map.of("field", "encoding"), "Train the run again.");
    }
}
