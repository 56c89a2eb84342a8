package org.gradgraph.rewrite;

import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;

/** What a product of the algebra is made of: a node that is not looked into, or a sum in parentheses. */
sealed interface Factor permits Factor.Atom, Polynomial {
    /** A number that puts atoms in the order in which their nodes came. */
    int rank();

    /** Whether it has one value for each row, each column, or for all, as the shape says. */
    boolean fits(Shape shape);

    /** How much there is to read. */
    int size();

    /** A node that is not looked into. */
    final class Atom implements Factor {
        private final Node node;
        private final int rank;

        Atom(Node node, int rank) {
            this.node = node;
            this.rank = rank;
        }

        Node node() {
            return node;
        }

        @Override
        public int rank() {
            return rank;
        }

        @Override
        public boolean fits(Shape shape) {
            Shape own = node.shape();
            return (own.rows().isOne() || own.rows().equals(shape.rows()))
                    && (own.columns().isOne() || own.columns().equals(shape.columns()));
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Atom that && node.equals(that.node);
        }

        @Override
        public int hashCode() {
            return node.hashCode();
        }
    }
}
