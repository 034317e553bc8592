/// Cellular sheaves on graphs: a small vector space, the stalk, on each node, and maps between those of neighbors.
package dev.hypha.learn.sheaf;
