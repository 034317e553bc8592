/// What a graph is like: degrees, components, homophily, duplicates.
package dev.hypha.graph.statistics;
