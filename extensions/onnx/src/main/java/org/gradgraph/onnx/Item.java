package org.gradgraph.onnx;

/** A value of an imported model: numbers of a graph, or whole numbers that are known or made of sizes. */
sealed interface Item permits Tensor, Whole {}
