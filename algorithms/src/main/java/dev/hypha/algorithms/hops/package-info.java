/// Which nodes are how many steps away, and when a layer listens to them.
package dev.hypha.algorithms.hops;
