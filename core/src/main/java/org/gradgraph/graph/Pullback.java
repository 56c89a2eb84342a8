package org.gradgraph.graph;

import java.util.List;

/**
 * What derivatives were taken of: outputs, their cotangents, and the nodes that were differentiated by.
 *
 * <p>Each node that differentiation returns remembers this. So a program that is given a gradient as an output can
 * rewrite what it is a gradient of before it is differentiated.
 *
 * <pre>{@code
 * Node dz = Derivatives.gradient(j, z);
 * dz.derivative().orElseThrow().whole().outputs();       // [j]
 * }</pre>
 */
public final class Pullback {
    private final List<Node> outputs;
    private final List<Node> cotangents;
    private final List<Node> wrt;

    /**
     * The sum of the vector-Jacobian products of some outputs.
     *
     * @param outputs what was differentiated
     * @param cotangents one for each output, of its shape
     * @param wrt the nodes that were differentiated by
     */
    public Pullback(List<Node> outputs, List<Node> cotangents, List<Node> wrt) {
        this.outputs = Require.nodes("new Pullback, outputs", outputs);
        this.cotangents = Require.nodes("new Pullback, cotangents", cotangents);
        this.wrt = Require.nodes("new Pullback, nodes to differentiate by", wrt);
    }

    /** What was differentiated. */
    public List<Node> outputs() {
        return outputs;
    }

    /** The cotangent of each output. */
    public List<Node> cotangents() {
        return cotangents;
    }

    /** The nodes that were differentiated by. */
    public List<Node> wrt() {
        return wrt;
    }

    /** The derivative with respect to one of the nodes. */
    public Part part(int place) {
        return new Part(this, place);
    }

    /** One of several derivatives that were taken together. */
    public static final class Part {
        private final Pullback whole;
        private final int place;

        private Part(Pullback whole, int place) {
            this.whole = whole;
            this.place = place;
        }

        /** All of them. */
        public Pullback whole() {
            return whole;
        }

        /** The place of the node that was differentiated by. */
        public int place() {
            return place;
        }
    }
}
