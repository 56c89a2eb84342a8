/** Pictures of cats and other things, read from files of the user. */
@NullMarked
package org.gradgraph.examples.cats;

import org.jspecify.annotations.NullMarked;
