/** Networks of two layers. */
@NullMarked
package org.gradgraph.examples.network;

import org.jspecify.annotations.NullMarked;
