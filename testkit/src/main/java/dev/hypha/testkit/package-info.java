/// Contracts, gradient checks and random databases, for our models and a user's own.
package dev.hypha.testkit;
