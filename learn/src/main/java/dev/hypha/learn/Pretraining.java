package dev.hypha.learn;

import dev.hypha.tensor.KernelProvider;
import dev.hypha.tensor.OptimizerState;
import dev.hypha.tensor.Parameter;
import dev.hypha.tensor.Tape;
import dev.hypha.tensor.Tensor;
import dev.hypha.tensor.Workspace;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/// What comes before the epochs of a [Trainer]: nothing, unless the model is a [PretrainedModel].
///
/// @param weights of the whole model
/// @param key source of all randomness
record Pretraining<B extends Batch>(Trainer.Setup<B> setup, Weights weights, Workspace workspace, long key) {
    /// The parameters that learn first, and in no epoch.
    Predicate<Parameter> part() {
        if (!(setup.model() instanceof PretrainedModel<B> model)) return _ -> false;
        String prefix = model.pretrained() + "/";
        return p -> p.name().startsWith(prefix);
    }

    /// Tries a step without numbers, which makes the parameters.
    ///
    /// @param dry runs nothing
    /// @param trial finds out what a step takes
    void attempt(KernelProvider dry, Workspace trial, B batch) {
        if (!(setup.model() instanceof PretrainedModel<B> model)) return;
        try (Tape tape = new Tape(dry, trial, true)) {
            loss(model, tape, batch, 0).backward();
        }
    }

    /// Takes all steps, and leaves an optimiser that has seen none.
    ///
    /// @param steps batches of an epoch
    /// @param epochs the batches of an epoch by their numbers
    void run(OptimizerState optimizer, Trainer.Control control, int steps, IntFunction<IntFunction<B>> epochs) {
        if (!(setup.model() instanceof PretrainedModel<B> model)) return;
        control.progress().stage("training the " + model.pretrained(), model.pretraining());
        for (int i = 0; i < model.pretraining(); i++) {
            control.requireWanted("before its first epoch");
            float loss = step(model, optimizer, epochs.apply(-1 - i / steps).apply(i % steps), i);
            control.progress().at(i + 1L, String.format(Locale.ROOT, "loss %.4f", loss));
        }
        optimizer.reset();
    }

    private float step(PretrainedModel<B> model, OptimizerState optimizer, B batch, int number) {
        try (Tape tape = new Tape(setup.provider(), workspace, true)) {
            weights.parameters().zeroGradients();
            Tensor loss = loss(model, tape, batch, number);
            loss.backward();
            if (!Float.isFinite(loss.number())) {
                throw Trainer.diverged(
                        loss.number(),
                        "step %d of the training of the %s".formatted(number + 1, model.pretrained()),
                        Map.of("part", model.pretrained(), "step", number + 1));
            }
            double clip = setup.options().clip();
            if (clip > 0) weights.parameters().clipGradients(setup.provider(), clip);
            optimizer.step(setup.provider(), 1, part());
            return loss.number();
        }
    }

    private Tensor loss(PretrainedModel<B> model, Tape tape, B batch, int number) {
        Context c = new Context(tape, weights, setup.target().outputs(), true, Keys.split(key, number));
        return c.penalised(model.loss(c, batch));
    }
}
