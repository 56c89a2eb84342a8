/** Logistic regression, composed from everyday operations. */
@NullMarked
package org.gradgraph.examples.logistic;

import org.jspecify.annotations.NullMarked;
