package dev.hypha.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a verb found: one object for machines and the same for people.
///
/// @param json the fields after the header that every object starts with
/// @param text lines for people, without a last line end
/// @param exit 0, or 3 where a check fell short
record Answer(ObjectNode json, String text, int exit) {
    Answer(ObjectNode json, String text) {
        this(json, text, Exit.DONE);
    }
}
