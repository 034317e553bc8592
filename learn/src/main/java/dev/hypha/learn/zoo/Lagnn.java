package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.NodeBatch;
import dev.hypha.learn.NodeModel;
import dev.hypha.learn.Option;
import dev.hypha.learn.Options;
import dev.hypha.learn.PretrainedModel;
import dev.hypha.learn.TaskKind;
import dev.hypha.tensor.Function;
import dev.hypha.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Local augmentation: a graph convolutional network that reads beside each node's features others that were drawn for
/// one of its neighbors, of which a node may have few. Liu, Ying, Dong, Li, Xu, Rong, Zhao, Huang, Wu, "Local
/// augmentation for graph neural networks", ICML 2022, sections 3 and 4.
///
///     x'_v ~ p(x_u | x_v), u a neighbor of v: a [NeighborGenerator], which learns first
///     H^1   = drop(relu([S drop(X) W, S drop(X'^1) W_1, ..., S drop(X'^k) W_k] + b))    [nodes, (k + 1) hidden]
///     loss  = mean over samples s of the cross-entropy of p^s + consistency times that of [Consistency]
///
/// with S = D^-1/2 (A + I) D^-1/2 and all further layers those of [Gcn], stacked as [Stack] says: p^s is what
/// they say of the s-th draw of X'^1 to X'^k. Each step draws anew.
///
/// Departures: answers are those for the latent numbers 0, the middle of what is drawn, where the authors' code takes
/// one draw. The last step's generator is taken: the authors choose one by how much a classifier's uncertainty it
/// leaves. Pairs that it learns from are drawn with replacement.
///
/// @param hidden width that own features, and each draw of generated ones, are mapped to by the first layer
/// @param generated k, draws that stand beside a node's own features
/// @param samples drawn in each step of training
/// @param consistency how much samples are to agree
/// @param temperature T of what they are to agree on
/// @param generator what draws features
/// @param stack how layers stand on one another
public record Lagnn(
        @Option(
                def = "32",
                help = "width that own features and each draw of generated ones are mapped to",
                min = 1,
                max = 4096)
        int hidden,

        @Option(def = "1", help = "draws that stand beside a node's own features", min = 1, max = 64)
        int generated,

        @Option(def = "4", help = "samples of them in each step of training", min = 1, max = 64)
        int samples,

        @Option(def = "1", help = "how much samples are to agree", min = 0, max = 1000)
        double consistency,

        @Option(def = "0.5", help = "below 1 for samples to agree on something surer", min = 0.05, max = 10)
        double temperature,

        NeighborGenerator generator,

        Stack stack)
        implements NodeModel, PretrainedModel<NodeBatch> {
    private static final String GENERATOR = "generator";
    private static final float LEAST = 1e-12f;

    public Lagnn {
        Options.check(Lagnn.class, hidden, generated, samples, consistency, temperature, generator, stack);
    }

    @Override
    public int layers() {
        return stack.layers();
    }

    @Override
    public boolean does(TaskKind kind) {
        return kind == TaskKind.MULTICLASS || kind == TaskKind.BINARY;
    }

    @Override
    public String pretrained() {
        return GENERATOR;
    }

    @Override
    public int pretraining() {
        return generator.generatorSteps();
    }

    @Override
    public Tensor loss(Context c, NodeBatch in) {
        return generator.loss(c.part(GENERATOR, c.outputs()), in);
    }

    @Override
    public Tensor forward(Context c, NodeBatch in) {
        Context drawing = c.fixed(GENERATOR, c.outputs());
        Tensor x = c.features(in);
        Tensor conditioned = generator.conditioned(drawing, x);
        if (!c.training()) {
            Tensor middle = generator.generated(drawing, null, conditioned, x.cols());
            return logits(c, in, x, Collections.nCopies(generated, middle));
        }
        List<Tensor> logs = new ArrayList<>();
        for (int s = 0; s < samples; s++) {
            List<Tensor> drawn = new ArrayList<>();
            for (int k = 0; k < generated; k++) {
                Tensor z = generator.noise(drawing, x.rows());
                drawn.add(generator.generated(drawing, z, conditioned, x.cols()));
            }
            logs.add(LogProbabilities.of(c, logits(c, in, x, drawn)));
        }
        if (samples > 1 && consistency > 0) {
            List<Tensor> answers = logs.stream().map(Tensor::exp).toList();
            c.penalise(Consistency.of(answers, temperature).scale((float) consistency));
        }
        Tensor mean = logs.stream().reduce(Tensor::plus).orElseThrow().scale(1f / samples);
        return LogProbabilities.meanLoss(c, in, mean);
    }

    /// What the network says of one sample.
    private Tensor logits(Context c, NodeBatch in, Tensor x, List<Tensor> drawn) {
        return stack.run(c, x, hidden * (1 + generated), Function.RELU, (at, h) -> {
            if (at.index() > 0) return in.layer(at.index()).normalised(c, c.product(at.name(), h, at.width()));
            int width = at.answers() ? at.width() : hidden;
            List<Tensor> parts = new ArrayList<>(List.of(mapped(c, at.name(), x, h, width)));
            for (int k = 0; k < generated; k++) {
                Tensor one = drawn.get(k);
                parts.add(mapped(c, at.name() + ".generated" + k, one, c.dropout(one, stack.inputDropout()), width));
            }
            Tensor all = at.answers() ? parts.stream().reduce(Tensor::plus).orElseThrow() : Tensor.concat(parts);
            return in.layer(0).normalised(c, all);
        });
    }

    /// @param x features whose rows are divided by their sums if they are from 0 to 1
    /// @param read the same with some dropped
    private Tensor mapped(Context c, String name, Tensor x, Tensor read, int width) {
        Tensor product = c.product(name, read, width);
        if (generator.likelihood() == NeighborGenerator.Likelihood.NORMAL) return product;
        Tensor sums = x.times(c.constant(x.cols(), _ -> 1));
        return product.scaleRows(sums.addScalar(LEAST).log().scale(-1).exp());
    }
}
