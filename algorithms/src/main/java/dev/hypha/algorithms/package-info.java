/// The form of graph that most algorithms work on, and the threads they work with.
package dev.hypha.algorithms;
