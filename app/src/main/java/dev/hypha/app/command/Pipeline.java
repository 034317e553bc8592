package dev.hypha.app.command;

import dev.hypha.learn.Progress;
import dev.hypha.relational.predict.PredictRequest;
import dev.hypha.relational.predict.PredictResult;

/// What does the work of `predict`: from a request to predictions, a measurement and a run folder.
@FunctionalInterface
public interface Pipeline {
    PredictResult run(PredictRequest request, Progress progress);
}
