/**
 * Optimisers, and a cost as a function of one array.
 *
 * <p>Start with these types:
 *
 * <ol>
 *   <li>{@link org.gradgraph.optim.Optimizers}: gradient descent, Adam, L-BFGS, Levenberg-Marquardt and others
 *   <li>{@link org.gradgraph.optim.Schedule}: learning rates that change from step to step
 *   <li>{@link org.gradgraph.optim.Objective}: a cost for the optimisers of any library
 * </ol>
 */
@NullMarked
package org.gradgraph.optim;

import org.jspecify.annotations.NullMarked;
