package dev.hypha.relational.query;

/// How the times of (entity, time) pairs are spread.
public enum Pairing {
    /// Few times, each shared by many entities, as prediction times are.
    SHARED_TIMES,
    /// About as many times as entities.
    OWN_TIMES
}
