package org.gradgraph.graph;

import java.util.List;

/**
 * A formula in the expansion of a {@link Composite}, which is computed and never differentiated.
 *
 * @param formula the formula; two of these are equal if they have the same formula object
 */
record Inline(Formula formula) implements Elementwise {
    static Node of(Formula formula, Node... operands) {
        return Node.apply(new Inline(formula), operands);
    }

    /** All operands have one shape; a formula need not look at each. */
    @Override
    public Shape shape(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public String name() {
        return "inline";
    }
}
