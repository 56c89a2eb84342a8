/**
 * Costs and gradients over the rows of an Apache Spark table, for the optimisers of one machine.
 *
 * <p>Start with {@link org.gradgraph.spark.SparkCost}.
 */
@NullMarked
package org.gradgraph.spark;

import org.jspecify.annotations.NullMarked;
