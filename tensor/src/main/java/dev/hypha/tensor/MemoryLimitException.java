package dev.hypha.tensor;

/// A request for off-heap memory that would pass the limit, or that the machine refused; nothing was allocated.
public final class MemoryLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Purpose purpose;
    private final long wantedBytes;
    private final long liveBytes;
    private final long limitBytes;

    MemoryLimitException(Purpose purpose, long wantedBytes, long liveBytes, long limitBytes) {
        super("%d bytes for %s do not fit: %d of %d bytes are free"
                .formatted(wantedBytes, purpose.label(), limitBytes - liveBytes, limitBytes));
        this.purpose = purpose;
        this.wantedBytes = wantedBytes;
        this.liveBytes = liveBytes;
        this.limitBytes = limitBytes;
    }

    /// What the memory was wanted for.
    public Purpose purpose() {
        return purpose;
    }

    /// Size of the refused request.
    public long wantedBytes() {
        return wantedBytes;
    }

    /// What was in use at that moment.
    public long liveBytes() {
        return liveBytes;
    }

    /// The limit; where the machine has no more, what was in use.
    public long limitBytes() {
        return limitBytes;
    }
}
