package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What a verb found: objects for machines and the same for people.
///
/// @param objects the fields after the header that every object starts with; a line each, one for most verbs
/// @param text lines for people, without a last line end
/// @param exit 0, or 3 where a check fell short
record Answer(List<ObjectNode> objects, String text, int exit) {
    Answer {
        objects = List.copyOf(objects);
    }

    Answer(ObjectNode json, String text, int exit) {
        this(List.of(json), text, exit);
    }

    Answer(ObjectNode json, String text) {
        this(json, text, Exit.DONE);
    }
}
