/// Effective resistance and commute time, exact and estimated.
package dev.hypha.algorithms.resistance;
