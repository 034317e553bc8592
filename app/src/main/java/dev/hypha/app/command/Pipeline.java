package dev.hypha.app.command;

import dev.hypha.learn.Progress;
import dev.hypha.learn.RunDraft;
import dev.hypha.relational.predict.PredictRequest;
import dev.hypha.relational.predict.PredictResult;

/// What does the work of `predict`: from a request to predictions, a measurement and a run folder.
@FunctionalInterface
public interface Pipeline {
    /// @param pages of the run, where one is trained
    PredictResult run(PredictRequest request, Progress progress, RunDraft.Pages pages);
}
