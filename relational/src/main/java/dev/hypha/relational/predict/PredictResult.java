package dev.hypha.relational.predict;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What came of a request: the object that the command line prints with `--json` (without its header),
/// which is also what stands in `run.json`, there with a subtree `report` for people's eyes.
public record PredictResult(ObjectNode json) {}
