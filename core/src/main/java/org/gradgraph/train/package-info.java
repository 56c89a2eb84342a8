/**
 * Optimisers and the training loop.
 *
 * <p>Start with these types:
 *
 * <ol>
 *   <li>{@link org.gradgraph.train.Trainer}: the cost, the data and what else a training needs
 *   <li>{@link org.gradgraph.train.Optimizers}: gradient descent, Adam, L-BFGS and others
 *   <li>{@link org.gradgraph.train.Training}: the result: costs, parameters and why it stopped
 *   <li>{@link org.gradgraph.train.Schedule}: learning rates that change from step to step
 *   <li>{@link org.gradgraph.train.Npz}: parameters in files that NumPy reads
 * </ol>
 */
@NullMarked
package org.gradgraph.train;

import org.jspecify.annotations.NullMarked;
