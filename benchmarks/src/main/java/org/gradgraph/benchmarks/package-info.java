/** Times gradgraph and its peers side by side and writes the table of the documentation. */
@NullMarked
package org.gradgraph.benchmarks;

import org.jspecify.annotations.NullMarked;
