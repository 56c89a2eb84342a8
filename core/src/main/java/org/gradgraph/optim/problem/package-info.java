/** The problem of an optimiser: its data checked and cut into mini-batches, its cost evaluated at points. */
@NullMarked
package org.gradgraph.optim.problem;

import org.jspecify.annotations.NullMarked;
