package dev.hypha.app.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// Standard output, which remembers that it could not be written: a [java.io.PrintWriter] above it tells nobody.
///
/// Whoever stopped reading, as `head` does, has what he wants: that is no failure.
public final class StandardOutput extends OutputStream {
    private final OutputStream out;
    private IOException failure;

    public StandardOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /// Why not all that was printed has arrived, in the system's words; absent where it has.
    public Optional<String> failure() {
        return Optional.ofNullable(failure)
                .map(e -> String.valueOf(e.getMessage()))
                .filter(message -> !message.contains("Broken pipe"));
    }
}
