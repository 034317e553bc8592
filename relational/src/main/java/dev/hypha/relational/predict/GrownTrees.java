package dev.hypha.relational.predict;

import dev.hypha.relational.trees.TreeModel;

/// Trees before and after they were shown the validation labels.
///
/// @param chosen grown on training rows, validation rows deciding the number of rounds; what validation measures
/// @param last grown again with that number on training and validation rows; what answers for the test and later
record GrownTrees(TreeModel chosen, TreeModel last) {}
