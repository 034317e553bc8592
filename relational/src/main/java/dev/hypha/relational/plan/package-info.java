/// From tables to a graph: what becomes a node type, what an edge type, and the reading of it.
package dev.hypha.relational.plan;
