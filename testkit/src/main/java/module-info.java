/// Contracts, gradient checks and random databases for models of one's own.
module dev.hypha.testkit {
    requires transitive dev.hypha.learn;

    exports dev.hypha.testkit;
}
