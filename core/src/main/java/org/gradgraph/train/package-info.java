/**
 * Optimisers and the training loop.
 *
 * <p>A {@link org.gradgraph.train.Trainer} feeds a program, asks an {@link org.gradgraph.train.Optimizer} for steps, tells
 * listeners, and stops on request or when the cost is not finite. {@link org.gradgraph.train.Npz} keeps
 * the parameters.
 */
@NullMarked
package org.gradgraph.train;

import org.jspecify.annotations.NullMarked;
