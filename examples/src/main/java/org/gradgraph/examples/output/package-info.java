/** What the examples write: pictures in an output folder, each file whole or not at all. */
@NullMarked
package org.gradgraph.examples.output;

import org.jspecify.annotations.NullMarked;
