/// Node prediction from data to a measurement: what is trained how, over how much of the graph, with which seeds.
package dev.hypha.learn.node;
