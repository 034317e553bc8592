/// What a graph can tell before training: how much of its labels structure and features hold, what
/// follows for the choice of a model, and in which words.
package dev.hypha.learn.probe;
