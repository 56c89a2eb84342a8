/** An operation of one's own. */
@NullMarked
package org.gradgraph.examples.operation;

import org.jspecify.annotations.NullMarked;
