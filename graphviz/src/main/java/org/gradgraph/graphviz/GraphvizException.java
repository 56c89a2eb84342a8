package org.gradgraph.graphviz;

/**
 * A picture could not be made: Graphviz is not installed, was too slow, or refused the text.
 *
 * <p>The message says what to do.
 *
 * <pre>{@code
 * try {
 *     Dot.of(j).write(Path.of("j.svg"));
 * } catch (GraphvizException noPicture) {
 *     Dot.of(j).write(Path.of("j.html"));          // needs no Graphviz
 * }
 * }</pre>
 */
public final class GraphvizException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GraphvizException(String message) {
        super(message);
    }

    GraphvizException(String message, Throwable cause) {
        super(message, cause);
    }
}
