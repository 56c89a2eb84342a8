/**
 * Optimisers and the training loop.
 *
 * <p>A {@link org.gradgraph.train.Trainer} feeds a program, asks an {@link org.gradgraph.train.Optimizer} for steps, tells
 * listeners, and stops when it is told to or when the cost is no number any more. {@link org.gradgraph.train.Npz} keeps
 * the parameters.
 */
@NullMarked
package org.gradgraph.train;

import org.jspecify.annotations.NullMarked;
