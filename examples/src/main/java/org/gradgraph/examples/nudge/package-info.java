/** Derivatives seen by moving a value a little. */
@NullMarked
package org.gradgraph.examples.nudge;

import org.jspecify.annotations.NullMarked;
