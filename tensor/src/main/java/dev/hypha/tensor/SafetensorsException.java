package dev.hypha.tensor;

import java.io.IOException;
import java.nio.file.Path;

/// A file that is not a sound safetensors file, or does not hold what is wanted of it.
public final class SafetensorsException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final String problem;

    SafetensorsException(Path file, String problem) {
        super(file + ": " + problem);
        this.file = file;
        this.problem = problem;
    }

    /// The file.
    public Path file() {
        return file;
    }

    /// What is wrong with it, without its name.
    public String problem() {
        return problem;
    }
}
