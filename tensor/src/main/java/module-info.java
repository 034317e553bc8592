/// Off-heap float32 tensors, the kernels under them, a tape with gradients, and optimisers. Knows no graph.
module dev.hypha.tensor {
    requires static jdk.incubator.vector;

    exports dev.hypha.tensor;
}
