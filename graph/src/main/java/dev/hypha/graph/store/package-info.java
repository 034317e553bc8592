/// Graphs on disk: a folder that is mapped, not loaded. [GraphStore] opens and checks one, [StoreWriter] makes
/// one.
package dev.hypha.graph.store;
