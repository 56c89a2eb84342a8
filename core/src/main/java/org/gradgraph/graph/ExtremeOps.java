package org.gradgraph.graph;

import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Op.GradientFlow;

/**
 * Largest and smallest elements over rows, columns, or everything.
 *
 * <p>Equal extremes share the cotangent evenly. NaN wins: the result is NaN, and the cotangent goes to what is NaN.
 */
final class ExtremeOps {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);

    /** NaN is the extreme if there is one, and equals NaN. */
    private static final Formula TIED = Formula.select(
            Formula.of(Primitive.EQUAL, B, B),
            Formula.of(Primitive.EQUAL, A, B),
            Formula.constant(1).minus(Formula.of(Primitive.EQUAL, A, A)));

    private static final Formula IF_TIED = Formula.select(A, B, Formula.constant(0));

    private ExtremeOps() {}

    /**
     * The largest or the smallest element.
     *
     * @param over where it is searched
     * @param largest whether it is the largest
     */
    record Extreme(Over over, boolean largest) implements Reduction {
        Extreme {
            Require.given(over, "extreme: what is reduced");
        }

        @Override
        public String name() {
            return over == Over.ALL ? word(largest) : over.prefixed(word(largest) + "imum");
        }

        @Override
        public Fold fold() {
            return largest ? Fold.MAX : Fold.MIN;
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(new Share(over, largest), inputs.get(0), dy));
        }
    }

    /**
     * The adjoint of {@link Extreme}: the second operand shared evenly among the extremes of the first, 0 elsewhere.
     *
     * @param over where an extreme is searched
     * @param largest whether it is the largest
     */
    record Share(Over over, boolean largest) implements Composite {
        @Override
        public String name() {
            return over.prefixed(word(largest) + "Share");
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Operands.require(2, inputs);
            Operands.requireShape(inputs.get(1), over.of(inputs.get(0)));
            return inputs.get(0);
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node x = inputs.get(0);
            Node tied = tied(x, over, largest);
            Node share = inputs.get(1).dividedBy(Node.apply(new Reductions.Sum(over), tied));
            return Inline.of(IF_TIED, tied, share.broadcastTo(x.shape()));
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            Node x = inputs.get(0);
            Node places = places(x, over, largest);
            Node share = inputs.get(1).dividedBy(Node.apply(new Reductions.Sum(over), places));
            return Optional.of(share.broadcastTo(x.shape()).times(places));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            return List.of(Constants.zeros(x.shape()), Node.apply(new Collect(over, largest), x, dy));
        }
    }

    /**
     * The mean of what the second operand holds where the first has its extremes.
     *
     * @param over where an extreme is searched
     * @param largest whether it is the largest
     */
    record Collect(Over over, boolean largest) implements Composite {
        @Override
        public String name() {
            return over.prefixed(word(largest) + "Collect");
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Operands.require(2, inputs);
            Operands.requireShape(inputs.get(1), inputs.get(0));
            return over.of(inputs.get(0));
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node tied = tied(inputs.get(0), over, largest);
            Node collected = Inline.of(IF_TIED, tied, inputs.get(1));
            Reductions.Sum sum = new Reductions.Sum(over);
            return Node.apply(sum, collected).dividedBy(Node.apply(sum, tied));
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            Node places = places(inputs.get(0), over, largest);
            Reductions.Sum sum = new Reductions.Sum(over);
            return Optional.of(Node.apply(sum, places.times(inputs.get(1))).dividedBy(Node.apply(sum, places)));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            return List.of(Constants.zeros(x.shape()), Node.apply(new Share(over, largest), x, dy));
        }
    }

    /**
     * The place of the first extreme, counted from 0; its derivative is 0.
     *
     * @param over where it is searched
     * @param largest whether it is the largest
     */
    record Position(Over over, boolean largest) implements Kernel {
        Position {
            Require.given(over, "position: what is reduced");
        }

        @Override
        public String name() {
            return over.prefixed("arg" + word(largest));
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return lanes == over ? lanes : Over.ALL;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return over.of(Operands.only(inputs));
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            DMatrixRMaj x = inputs.get(0);
            Lanes lanes = Lanes.of(x, over);
            for (int lane = 0; lane < lanes.count(); lane++) {
                double extreme = value(x.data, lanes, lane, largest);
                int place = 0;
                while (!same(x.data[lanes.start(lane) + place * lanes.stride()], extreme)) {
                    place++;
                }
                out.data[lane] = place;
            }
        }

        @Override
        public GradientFlow gradientFlow() {
            return GradientFlow.CUT;
        }
    }

    private static String word(boolean largest) {
        return largest ? "max" : "min";
    }

    private static double value(double[] data, Lanes lanes, int lane, boolean largest) {
        double extreme = data[lanes.start(lane)];
        for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
            extreme = largest ? Math.max(extreme, data[i]) : Math.min(extreme, data[i]);
        }
        return extreme;
    }

    /** 1 where an element equals the extreme of its lane, else 0. */
    private static Node tied(Node x, Over over, boolean largest) {
        Node extreme = Node.apply(new Extreme(over, largest), x);
        return Inline.of(TIED, x, extreme.broadcastTo(x.shape()));
    }

    /** The same for formulas that are read, as {@code [x = max(x)]}. */
    private static Node places(Node x, Over over, boolean largest) {
        Node extreme = Node.apply(new Extreme(over, largest), x);
        return Comparisons.equal(x, extreme.broadcastTo(x.shape()));
    }

    private static boolean same(double a, double b) {
        return a == b || (Double.isNaN(a) && Double.isNaN(b));
    }
}
