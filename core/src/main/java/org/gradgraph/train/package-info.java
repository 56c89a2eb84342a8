/**
 * The training loop.
 *
 * <p>Start with these types:
 *
 * <ol>
 *   <li>{@link org.gradgraph.train.Trainer}: the cost, the data and what else a training needs
 *   <li>{@link org.gradgraph.train.Training}: the result: costs, parameters and why it stopped
 *   <li>{@link org.gradgraph.train.Checkpoint}: a training that goes on later
 * </ol>
 */
@NullMarked
package org.gradgraph.train;

import org.jspecify.annotations.NullMarked;
