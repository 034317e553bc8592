/// Graphs with labelled nodes: where they come from, how they are read, and how their nodes are split.
package dev.hypha.learn.data;
