/**
 * Gradient checking: derivatives against finite differences.
 *
 * <p>Start with these types:
 *
 * <ol>
 *   <li>{@link org.gradgraph.check.GradientCheck}: compares the gradients of a cost with differences
 *   <li>{@link org.gradgraph.check.GradientReport}: what was compared, with the faulty operation by name
 *   <li>{@link org.gradgraph.check.Verdict}: right, wrong, or cannot be decided
 *   <li>{@link org.gradgraph.check.GradientReach}: which parameters a cost depends on
 *   <li>{@link org.gradgraph.graph.NoGradientException}: thrown where an operation has no vjp
 * </ol>
 */
@NullMarked
package org.gradgraph.check;

import org.jspecify.annotations.NullMarked;
