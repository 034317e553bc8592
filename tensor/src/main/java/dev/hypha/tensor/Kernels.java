package dev.hypha.tensor;

/// The loops under all operations, one member per family, so that a family can come from another provider. A kernel
/// does only the part of its output that it is told (`from` inclusive to `to` exclusive); the caller splits the
/// output at boundaries that depend on shapes alone. Shapes were checked before; kernels do not check them again.
/// Unless a family says otherwise, outputs do not overlap inputs. "Adds to" means that what is there stays in the sum.
public record Kernels(
        ProductKernels products,
        ElementKernels elements,
        RowKernels rows,
        SparseKernels sparse,
        Bfloat16Kernels bfloat16,
        AttentionKernels attention,
        NormKernels norms,
        LossKernels losses,
        UpdateKernels updates) {}
