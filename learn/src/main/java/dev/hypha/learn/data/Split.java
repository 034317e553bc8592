package dev.hypha.learn.data;

import java.util.ArrayList;
import java.util.List;

/// Which nodes are learned from, which decide, and which are measured on. No node is in two of these parts; a node may
/// be in none. Holds its arrays without copying them.
///
/// @param name such as `public`, or `geom-gcn-3` for the fourth of a family called `geom-gcn`
/// @param train nodes to learn from, rising
/// @param validation nodes that decide when training stops and between options, rising
/// @param test nodes to measure on, rising
@SuppressWarnings("ArrayRecordComponent") // Two of these are never compared.
public record Split(String name, int[] train, int[] validation, int[] test) {
    /// The name without the number at its end: splits of one family are taken in turn by the seeds of a run.
    public String family() {
        return name.replaceFirst("-?[0-9]+$", "");
    }

    /// What a person should know of parts that are empty, a sentence each.
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (validation.length == 0) {
            notes.add("The split %s has no validation nodes: nothing says when to stop, or which weights to keep."
                    .formatted(name));
        }
        if (test.length == 0) {
            notes.add("The split %s has no test nodes: nothing is measured that training did not see.".formatted(name));
        }
        return notes;
    }

    @Override
    public String toString() {
        return "%s: %,d train, %,d validation, %,d test".formatted(name, train.length, validation.length, test.length);
    }
}
