/// Kernels, training steps and samplers timed beside the limits of the machine, each behind a gate of correctness.
module dev.hypha.bench {
    requires transitive dev.hypha.learn;

    exports dev.hypha.bench;
}
