/** Numerical methods on arrays: line search, quasi-Newton models, trust regions. */
@NullMarked
package org.gradgraph.optim.solve;

import org.jspecify.annotations.NullMarked;
