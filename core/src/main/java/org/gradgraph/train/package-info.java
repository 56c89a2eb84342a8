/** Optimisers and the training loop. */
@NullMarked
package org.gradgraph.train;

import org.jspecify.annotations.NullMarked;
