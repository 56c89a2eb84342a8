/**
 * Examples: whether a cost is a sum over the examples of a batch, so that it can be computed block by block.
 *
 * <p>Start with these types:
 *
 * <ol>
 *   <li>{@link org.gradgraph.batch.ExampleSum}: a cost as the sum of the shares of blocks, and a rest
 *   <li>{@link org.gradgraph.batch.TreeSum}: adds what blocks contribute, with the same bits whoever computed them
 * </ol>
 */
@NullMarked
package org.gradgraph.batch;

import org.jspecify.annotations.NullMarked;
