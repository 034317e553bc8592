package dev.hypha.learn.node;

import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Training;
import dev.hypha.learn.data.NodeData;

/// What is learned, by which method, how.
///
/// @param data the graph; it stays open as long as this is used
/// @param model the method
public record NodeTask(NodeData data, NodeModel model, Training training, NodeOptions options) {}
