/** What every lesson of the course has in common. */
@NullMarked
package org.gradgraph.examples.lesson;

import org.jspecify.annotations.NullMarked;
