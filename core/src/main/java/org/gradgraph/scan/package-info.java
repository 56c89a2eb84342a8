/**
 * Loops inside a graph: {@link org.gradgraph.scan.Scan}, for recurrent networks, filters, likelihoods of series and
 * differential equations.
 *
 * <p>A loop is one node, whatever the number of its steps, and its derivative is another loop.
 */
@NullMarked
package org.gradgraph.scan;

import org.jspecify.annotations.NullMarked;
