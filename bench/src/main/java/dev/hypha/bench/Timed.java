package dev.hypha.bench;

/// What timing something found.
///
/// @param use while it was timed, warming up included
public record Timed(Millis millis, Use use) {}
