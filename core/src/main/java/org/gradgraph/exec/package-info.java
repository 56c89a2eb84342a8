/**
 * Running graphs: a program maps nodes to buffers, a run is one thread's workspace for it.
 *
 * <p>Start with these types:
 *
 * <ol>
 *   <li>{@link org.gradgraph.exec.Program}: a graph compiled for chosen outputs and gradients, shared between threads
 *   <li>{@link org.gradgraph.exec.Run}: feeds, both passes and their results
 *   <li>{@link org.gradgraph.exec.Feeds}: values for inputs and parameters
 *   <li>{@link org.gradgraph.exec.Execution}: how a run computes: threads, kernels, fusion
 *   <li>{@link org.gradgraph.exec.Explanation}: what a program does with the graph that was composed
 * </ol>
 */
@NullMarked
package org.gradgraph.exec;

import org.jspecify.annotations.NullMarked;
