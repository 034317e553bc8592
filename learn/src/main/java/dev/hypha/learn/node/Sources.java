package dev.hypha.learn.node;

import dev.hypha.learn.BatchSource;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;

/// Where a training gets its batches, one source per part of its split.
///
/// @param pass what a step looks at
/// @param model that reads them
/// @param train training nodes
/// @param validation validation nodes
/// @param all every node, without labels: what is answered in the end
/// @param batch nodes per step
record Sources(
        NodeOptions.Pass pass,
        NodeModel model,
        BatchSource<NodeBatch> train,
        BatchSource<NodeBatch> validation,
        BatchSource<NodeBatch> all,
        int batch) {}
