package org.gradgraph.check;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Op.GradientFlow;
import org.gradgraph.graph.Shape;

/** Operations with one fault each. */
final class BrokenOps {
    private BrokenOps() {}

    /** A vjp as a function. */
    interface Rule {
        List<Node> vjp(List<Node> inputs, Node y, Node dy);
    }

    /** A kernel as a function. */
    interface Computation {
        void run(List<DMatrixRMaj> inputs, DMatrixRMaj out);
    }

    /** A shape rule as a function. */
    interface ShapeRule {
        Shape of(List<Shape> inputs);
    }

    /** An operation put together from functions. */
    static final class Made implements Kernel {
        private final String name;
        private final ShapeRule shape;
        private final Computation kernel;
        private final Rule rule;

        Made(String name, ShapeRule shape, Computation kernel, Rule rule) {
            this.name = name;
            this.shape = shape;
            this.kernel = kernel;
            this.rule = rule;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return shape.of(inputs);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            kernel.run(inputs, out);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return rule.vjp(inputs, y, dy);
        }
    }

    /** An elementwise operation with a formula and a rule of its own. */
    static final class Pointwise implements Elementwise {
        private final String name;
        private final Formula formula;
        private final Rule rule;

        Pointwise(String name, Formula formula, Rule rule) {
            this.name = name;
            this.formula = formula;
            this.rule = rule;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Formula formula() {
            return formula;
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return rule.vjp(inputs, y, dy);
        }
    }

    static final Formula X = Formula.argument(0);
    static final Formula Y = Formula.argument(1);

    static Node pointwise(String name, Formula formula, Rule rule, Node... inputs) {
        return Node.apply(new Pointwise(name, formula, rule), inputs);
    }

    /** x² with a derivative that is too large by a factor. */
    static Node factor(Node x, double factor) {
        return pointwise(
                "factor", X.times(X), (in, y, dy) -> List.of(dy.times(in.get(0)).times(2 * factor)), x);
    }

    /** x² with a derivative that is wrong at one element only. */
    static Node wrongAt(Node x, int row, int column) {
        int rows = x.shape().rows().size();
        int columns = x.shape().columns().size();
        double[][] factors = new double[rows][columns];
        for (double[] line : factors) {
            java.util.Arrays.fill(line, 2);
        }
        factors[row][column] = 2.5;
        return pointwise(
                "wrongAt",
                X.times(X),
                (in, y, dy) -> List.of(
                        in.get(0).shape().isFixed() && in.get(0).shape().equals(Shape.of(rows, columns))
                                ? dy.times(in.get(0)).times(Node.constant(factors))
                                : dy.times(in.get(0)).times(2)),
                x);
    }

    /** x² whose derivative is computed from the first operand that the kernel ever saw. */
    static Node stale(Node x) {
        double[] seen = {Double.NaN};
        Op slope = new Made(
                "staleSlope",
                in -> in.get(0),
                (in, out) -> {
                    for (int i = 0; i < out.getNumElements(); i++) {
                        seen[0] = Double.isNaN(seen[0]) ? in.get(0).data[i] : seen[0];
                        out.data[i] = 2 * seen[0];
                    }
                },
                (in, y, dy) -> List.of(dy.times(2)));
        return pointwise("stale", X.times(X), (in, y, dy) -> List.of(dy.times(Node.apply(slope, in.get(0)))), x);
    }

    /** x² plus something that changes from call to call. */
    static Node restless(Node x) {
        AtomicInteger calls = new AtomicInteger();
        return Node.apply(
                new Made(
                        "restless",
                        in -> in.get(0),
                        (in, out) -> {
                            for (int i = 0; i < out.getNumElements(); i++) {
                                double v = in.get(0).data[i];
                                out.data[i] = v * v + 1e-3 * calls.incrementAndGet();
                            }
                        },
                        (in, y, dy) -> List.of(dy.times(in.get(0)).times(2))),
                x);
    }

    /** x² with a right gradient whose own derivative is wrong. */
    static Node wrongInSecondOrder(Node x) {
        Op slope = new Pointwise("squareSlope", X.times(Formula.constant(2)), (in, y, dy) -> List.of(dy.times(3)));
        return pointwise("squared", X.times(X), (in, y, dy) -> List.of(dy.times(Node.apply(slope, in.get(0)))), x);
    }

    /** x³ with a right gradient in which something is taken as a constant. */
    static Node frozenInSecondOrder(Node x) {
        return pointwise(
                "cubed",
                X.times(X).times(X),
                (in, y, dy) -> List.of(
                        dy.times(Arithmetic.stopGradient(in.get(0).square().times(3)))),
                x);
    }

    /** x² that says it has no derivative. */
    static Node falselyCut(Node x) {
        return Node.apply(
                new Kernel() {
                    @Override
                    public String name() {
                        return "falselyCut";
                    }

                    @Override
                    public Shape shape(List<Shape> inputs) {
                        return inputs.get(0);
                    }

                    @Override
                    public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
                        for (int i = 0; i < out.getNumElements(); i++) {
                            out.data[i] = inputs.get(0).data[i] * inputs.get(0).data[i];
                        }
                    }

                    @Override
                    public GradientFlow gradientFlow() {
                        return GradientFlow.CUT;
                    }
                },
                x);
    }

    /** The matrix product with a rule of one's own. */
    static Node product(String name, Rule rule, Node a, Node b) {
        return Node.apply(
                new Made(
                        name,
                        in -> Shape.of(in.get(0).rows(), in.get(1).columns()),
                        (in, out) -> org.ejml.dense.row.CommonOps_DDRM.mult(in.get(0), in.get(1), out),
                        rule),
                a,
                b);
    }

    /** Adds a 1×n row to every row of an m×n matrix, without a broadcast node. */
    static Node addRow(String name, Rule rule, Node x, Node row) {
        return Node.apply(
                new Made(
                        name,
                        in -> in.get(0),
                        (in, out) -> {
                            for (int i = 0; i < out.getNumElements(); i++) {
                                out.data[i] = in.get(0).data[i] + in.get(1).data[i % out.numCols];
                            }
                        },
                        rule),
                x,
                row);
    }
}
