/**
 * Graphs made simpler and numerically safer without changing what they mean.
 *
 * <p>Start with these types:
 *
 * <ol>
 *   <li>{@link org.gradgraph.rewrite.Rewriter}: applies rules to a graph
 *   <li>{@link org.gradgraph.rewrite.RuleSet}: a choice of rules
 *   <li>{@link org.gradgraph.rewrite.Rule}: one rewrite, with the promise that it keeps
 *   <li>{@link org.gradgraph.rewrite.RuleApplication}: where a rule was applied
 *   <li>{@link org.gradgraph.rewrite.Assumptions}: what is known about nodes
 * </ol>
 */
@NullMarked
package org.gradgraph.rewrite;

import org.jspecify.annotations.NullMarked;
