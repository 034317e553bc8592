package dev.hypha.relational.database;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.hypha.graph.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A YAML file as a tree in which every value knows its line and column, so that a mistake can be pointed at.
sealed interface Yaml {
    /// @return where it starts
    Place place();

    /// A position in a file, counted from 1.
    record Place(Path file, int line, int column) {
        InputException wrong(String kind, String message, String hint) {
            return new InputException(
                    kind,
                    file + ", line " + line + ", column " + column + ": " + message,
                    Map.of("file", file.toString(), "line", line, "column", column),
                    hint);
        }
    }

    /// A single value as it is written; empty where nothing is.
    record Scalar(String text, Place place) implements Yaml {}

    record Sequence(List<Yaml> items, Place place) implements Yaml {}

    /// @param entries in the file's order, each key with its own place
    record Mapping(Map<Scalar, Yaml> entries, Place place) implements Yaml {}

    /// @throws InputException kinds `unreadable-file`, `schema-file`
    static Yaml read(Path file) {
        try (JsonParser parser = new YAMLFactory().createParser(Files.readString(file))) {
            if (parser.nextToken() == null) return new Mapping(Map.of(), new Place(file, 1, 1));
            return value(file, parser);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            Place place = at == null ? new Place(file, 1, 1) : new Place(file, at.getLineNr(), at.getColumnNr());
            String problem = e.getOriginalMessage().lines().findFirst().orElse("");
            throw place.wrong("schema-file", "this is not YAML: " + problem, "check colons, indentation and quotes");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InputException unreadable(Path file, IOException e) {
        String what = "the schema file " + file + " cannot be read";
        String hint = "check the file and its rights";
        if (e instanceof NoSuchFileException) {
            what = "there is no schema file " + file;
            hint = "check the path; `hypha schema DB --out " + file.getFileName() + "` writes one";
        } else if (e instanceof CharacterCodingException) {
            what = "the schema file " + file + " is not UTF-8 text";
            hint = "save it as UTF-8, for example with iconv -t UTF-8";
        } else if (Files.isDirectory(file)) {
            what = file + " is a folder, not a schema file";
            hint = "name the file in it";
        }
        return new InputException("unreadable-file", what, Map.of("file", file.toString()), hint);
    }

    private static Yaml value(Path file, JsonParser parser) throws IOException {
        Place place = place(file, parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(file, parser, place);
            case START_ARRAY -> {
                List<Yaml> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) items.add(value(file, parser));
                yield new Sequence(List.copyOf(items), place);
            }
            case VALUE_NULL -> new Scalar("", place);
            default -> new Scalar(parser.getText(), place);
        };
    }

    private static Mapping mapping(Path file, JsonParser parser, Place place) throws IOException {
        Map<Scalar, Yaml> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Scalar key = new Scalar(parser.currentName(), place(file, parser));
            for (Scalar other : entries.keySet())
                if (other.text().equals(key.text()))
                    throw key.place().wrong("schema-file", key.text() + " stands here twice", "keep one of the two");
            parser.nextToken();
            entries.put(key, value(file, parser));
        }
        return new Mapping(entries, place);
    }

    private static Place place(Path file, JsonParser parser) {
        JsonLocation at = parser.currentTokenLocation();
        return new Place(file, at.getLineNr(), at.getColumnNr());
    }
}
