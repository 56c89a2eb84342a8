package org.gradgraph.graph;

/**
 * An operation that runs a body of other operations once for each step, with states that each step hands to the next one.
 *
 * <p>The operands are matrices of which each step reads its own rows, the initial states, and what all steps share, in the
 * order of the {@link LoopBody}. The value is one row that holds all results one after the other; {@link LoopBody} cuts
 * them out. {@code org.gradgraph.scan.Scan} makes such operations.
 *
 * <pre>{@code
 * node.op().orElseThrow() instanceof Loop loop && loop.body().states().size() == 1
 * }</pre>
 */
public non-sealed interface Loop extends Op {
    /** {@return what is done in each step} */
    LoopBody body();

    /**
     * {@return the same loop with another body, as rewriting makes it}
     *
     * @param body with the same placeholders, and results of the same shapes
     */
    Loop with(LoopBody body);
}
