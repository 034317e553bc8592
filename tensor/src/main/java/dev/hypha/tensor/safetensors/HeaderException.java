package dev.hypha.tensor.safetensors;

/// A header that is not sound; the message says what is wrong with it.
public final class HeaderException extends Exception {
    private static final long serialVersionUID = 1L;

    HeaderException(String problem) {
        super(problem);
    }
}
