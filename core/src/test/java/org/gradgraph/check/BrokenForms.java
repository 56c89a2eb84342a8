package org.gradgraph.check;

import static org.gradgraph.check.BrokenOps.X;
import static org.gradgraph.check.BrokenOps.Y;
import static org.gradgraph.check.BrokenOps.pointwise;
import static org.gradgraph.graph.LinearAlgebra.matmul;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.gradgraph.check.BrokenOps.Computation;
import org.gradgraph.check.BrokenOps.Made;
import org.gradgraph.check.BrokenOps.Rule;
import org.gradgraph.check.BrokenOps.ShapeRule;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Primitive;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Shape;

/** Operations of every form with one fault each, each at a point where the fault is hard to see. */
final class BrokenForms {
    private BrokenForms() {}

    /**
     * An operation and where it is checked.
     *
     * @param what the fault, or what is nasty
     * @param order of the check
     * @param at one number, or four of a 2×2 matrix
     * @param build the operation
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Form(String what, int order, double[] at, UnaryOperator<Node> build) {
        Node parameter() {
            return at.length == 1 ? Node.parameter("x") : Node.parameter("x", 2, 2);
        }

        DMatrixRMaj value() {
            int side = at.length == 1 ? 1 : 2;
            return new DMatrixRMaj(side, side, true, at);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static double[] at(double... numbers) {
        return numbers;
    }

    static final double[] PLAIN = at(0.5, -1.25, 2, 0.75);
    static final ShapeRule SAME = in -> in.get(0);
    static final ShapeRule ONE = in -> Shape.of(1, 1);
    static final ShapeRule ROW = in -> Shape.of(1, 2);

    static Form form(String what, double[] at, UnaryOperator<Node> build) {
        return new Form(what, 1, at, build);
    }

    /** A broken operation of one operand, named so. */
    static Form elementwise(String what, double[] at, Formula formula, Rule rule) {
        return form(what, at, x -> pointwise("broken", formula, rule, x));
    }

    static Form kernel(String what, double[] at, ShapeRule shape, Computation computation, Rule rule) {
        return form(what, at, x -> Node.apply(new Made("broken", shape, computation, rule), x));
    }

    /** A kernel that computes element by element. */
    static Computation each(java.util.function.DoubleUnaryOperator f) {
        return (in, out) -> {
            for (int i = 0; i < out.getNumElements(); i++) {
                out.data[i] = f.applyAsDouble(in.get(0).data[i]);
            }
        };
    }

    private static Formula of(Primitive primitive) {
        return Formula.of(primitive, X);
    }

    /** The operand, in a rule. */
    private static Node x(List<Node> in) {
        return in.get(0);
    }

    private static Node like(Node dy, List<Node> in) {
        return dy.broadcastTo(in.get(0).shape());
    }

    static List<Form> all() {
        List<Form> all = new ArrayList<>(elementwise());
        all.addAll(reductions());
        all.addAll(productsAndViews());
        all.addAll(conduct());
        return all;
    }

    private static List<Form> elementwise() {
        Formula square = X.times(X);
        Formula one = Formula.constant(1);
        Formula sigmoid = one.dividedBy(one.plus(X.negate().exp()));
        Formula positive = Formula.of(Primitive.MAX, X, Formula.constant(0));
        return List.of(
                elementwise("cos, sign", PLAIN, of(Primitive.COS), (in, y, dy) -> List.of(dy.times(x(in).sin()))),
                elementwise(
                        "sqrt, no half",
                        at(0.5, 1e-8, 2, 9e9),
                        of(Primitive.SQRT),
                        (in, y, dy) -> List.of(dy.dividedBy(y))),
                elementwise(
                        "atan, no square",
                        PLAIN,
                        of(Primitive.ATAN),
                        (in, y, dy) -> List.of(dy.dividedBy(x(in).abs().plus(1)))),
                elementwise(
                        "erf, factor",
                        PLAIN,
                        of(Primitive.ERF),
                        (in, y, dy) -> List.of(dy.times(x(in).square().negate().exp()))),
                elementwise(
                        "tanh, at 0 only by a thousandth",
                        at(0),
                        of(Primitive.TANH),
                        (in, y, dy) -> List.of(dy.times(0.999))),
                elementwise(
                        "log at 1e-20",
                        at(1e-20),
                        of(Primitive.LOG),
                        (in, y, dy) -> List.of(dy.dividedBy(x(in)).times(2))),
                elementwise(
                        "log at 1e-300",
                        at(1e-300),
                        of(Primitive.LOG),
                        (in, y, dy) -> List.of(dy.dividedBy(x(in)).times(2))),
                elementwise(
                        "0 in the tail",
                        at(0.5, -40, 2, 0.75),
                        sigmoid,
                        (in, y, dy) ->
                                List.of(dy.times(y.times(y.negate().plus(1))).times(Comparisons.greater(x(in), -30)))),
                elementwise(
                        "0 in the tail of exp",
                        at(0.5, -60, 2, 0.75),
                        X.exp(),
                        (in, y, dy) -> List.of(dy.times(y).times(Comparisons.greater(x(in), -50)))),
                elementwise(
                        "relu, leaky in the rule",
                        PLAIN,
                        positive,
                        (in, y, dy) -> List.of(dy.times(Comparisons.step(x(in), 0.01, 0, 1)))),
                elementwise("abs at 0, beyond its slopes", at(0), X.abs(), (in, y, dy) -> List.of(dy.times(2))),
                elementwise("a stair with a slope", at(1), of(Primitive.FLOOR), (in, y, dy) -> List.of(dy.times(7))),
                elementwise(
                        "clip, passing outside", at(3), Formula.of(Primitive.MIN, X, one), (in, y, dy) -> List.of(dy)),
                form(
                        "both of a tie",
                        at(0.5),
                        x -> pointwise(
                                "broken",
                                Formula.of(Primitive.MIN, X, Y),
                                (in, y, dy) -> List.of(dy, dy),
                                x,
                                x.times(1.0))),
                form(
                        "hypot, swapped",
                        PLAIN,
                        x -> pointwise(
                                "broken",
                                Formula.of(Primitive.HYPOT, X, Y),
                                (in, y, dy) -> List.of(
                                        dy.times(in.get(1)).dividedBy(y),
                                        dy.times(x(in)).dividedBy(y)),
                                x,
                                x.plus(1))),
                form(
                        "quotient, one sign",
                        PLAIN,
                        x -> pointwise(
                                "broken",
                                X.dividedBy(Y),
                                (in, y, dy) -> List.of(
                                        dy.dividedBy(in.get(1)), dy.times(y).dividedBy(in.get(1))),
                                x,
                                x.plus(3))),
                elementwise(
                        "a millionth",
                        PLAIN,
                        square,
                        (in, y, dy) -> List.of(dy.times(x(in)).times(2 + 4e-6))),
                kernel(
                        "floats, one hundredth",
                        PLAIN,
                        SAME,
                        each(v -> (float) Math.sin(v)),
                        (in, y, dy) -> List.of(dy.times(x(in).cos()).times(1.01))),
                kernel(
                        "decimals, sign",
                        PLAIN,
                        SAME,
                        each(v -> Math.rint(Math.exp(v) * 1e8) / 1e8),
                        (in, y, dy) -> List.of(dy.times(y).negate())));
    }

    private static List<Form> reductions() {
        Computation sum = (in, out) -> out.data[0] = CommonOps_DDRM.elementSum(in.get(0));
        Computation columns = (in, out) -> CommonOps_DDRM.sumCols(in.get(0), out);
        return List.of(
                kernel(
                        "a sum that averages",
                        PLAIN,
                        ONE,
                        sum,
                        (in, y, dy) -> List.of(like(dy, in).times(0.25))),
                kernel(
                        "column sums, crossed",
                        PLAIN,
                        ROW,
                        columns,
                        (in, y, dy) -> List.of(Layout.flipColumns(dy).broadcastTo(x(in).shape()))),
                kernel(
                        "squares without 2",
                        PLAIN,
                        ONE,
                        (in, out) -> out.data[0] = Math.pow(NormOps_DDRM.normF(in.get(0)), 2),
                        (in, y, dy) -> List.of(like(dy, in).times(x(in)))),
                kernel(
                        "all of each tie",
                        at(2, -1, 2, 0),
                        ONE,
                        (in, out) -> out.data[0] = CommonOps_DDRM.elementMax(in.get(0)),
                        (in, y, dy) -> List.of(like(dy, in).times(Comparisons.equal(x(in), like(y, in))))),
                kernel(
                        "a product at a zero",
                        at(2, 0, 3, 5),
                        ONE,
                        (in, out) -> out.data[0] =
                                in.get(0).data[0] * in.get(0).data[1] * in.get(0).data[2] * in.get(0).data[3],
                        (in, y, dy) -> List.of(Constants.zeros(x(in).shape()))),
                kernel(
                        "a norm without its quotient",
                        PLAIN,
                        ONE,
                        (in, out) -> out.data[0] = NormOps_DDRM.normF(in.get(0)),
                        (in, y, dy) -> List.of(like(dy, in).times(x(in)))),
                kernel(
                        "a norm at 0, too long",
                        at(0, 0, 0, 0),
                        ONE,
                        (in, out) -> out.data[0] = NormOps_DDRM.normF(in.get(0)),
                        (in, y, dy) -> List.of(like(dy, in))),
                kernel(
                        "a mean without n",
                        PLAIN,
                        ONE,
                        (in, out) -> out.data[0] = CommonOps_DDRM.elementSum(in.get(0)) / 4,
                        (in, y, dy) -> List.of(like(dy, in))));
    }

    private static List<Form> productsAndViews() {
        Computation transposed = (in, out) -> CommonOps_DDRM.transpose(in.get(0), out);
        Computation gram = (in, out) -> CommonOps_DDRM.multTransA(in.get(0), in.get(0), out);
        Computation inverse = (in, out) -> CommonOps_DDRM.invert(in.get(0), out);
        Computation turned = (in, out) -> {
            for (int i = 0; i < 4; i++) {
                out.data[i] = in.get(0).data[(i + 1) % 4];
            }
        };
        return List.of(
                kernel("a transpose not undone", PLAIN, SAME, transposed, (in, y, dy) -> List.of(dy)),
                kernel(
                        "a turn in the wrong direction",
                        PLAIN,
                        SAME,
                        turned,
                        (in, y, dy) -> List.of(Layout.reshape(
                                matmul(Layout.reshape(dy, 1, 4), Node.constant(new double[][] {
                                    {0, 0, 0, 1}, {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}
                                })),
                                2,
                                2))),
                kernel("half of AᵀA", PLAIN, SAME, gram, (in, y, dy) -> List.of(matmul(x(in), dy))),
                kernel(
                        "an inverse without transposes",
                        PLAIN,
                        SAME,
                        inverse,
                        (in, y, dy) -> List.of(matmul(matmul(y, dy), y).negate())),
                kernel(
                        "an inverse, sign",
                        PLAIN,
                        SAME,
                        inverse,
                        (in, y, dy) -> List.of(matmul(matmul(y, dy, true, false), y, false, true))),
                kernel(
                        "a determinant without itself",
                        PLAIN,
                        ONE,
                        (in, out) -> out.data[0] = CommonOps_DDRM.det(in.get(0)),
                        (in, y, dy) ->
                                List.of(LinearAlgebra.inverse(x(in)).transpose().times(like(dy, in)))),
                kernel(
                        "a first row alone",
                        PLAIN,
                        ROW,
                        (in, out) -> System.arraycopy(in.get(0).data, 0, out.data, 0, 2),
                        (in, y, dy) -> List.of(Layout.pad(dy, 1, 0, 0, 0))));
    }

    private static List<Form> conduct() {
        Formula square = X.times(X);
        Rule right = (in, y, dy) -> List.of(dy.times(x(in)).times(2));
        return List.of(
                elementwise("clipped dy", PLAIN, square, (in, y, dy) -> right.vjp(in, y, Comparisons.clip(dy, -9, 9))),
                elementwise("dy·|dy|", PLAIN, square, (in, y, dy) -> right.vjp(in, y, dy.times(dy.abs()))),
                elementwise("a constant beside dy", PLAIN, square, (in, y, dy) -> right.vjp(in, y, dy.plus(1e-3))),
                elementwise(
                        "dy normalised",
                        PLAIN,
                        square,
                        (in, y, dy) -> right.vjp(
                                in, y, dy.dividedBy(Reductions.norm2(dy)).times(2))),
                new Form(
                        "e^x, its second",
                        2,
                        PLAIN,
                        x -> pointwise(
                                "outer",
                                X.exp(),
                                (in, y, dy) -> List.of(dy.times(pointwise(
                                        "broken",
                                        X.exp(),
                                        (also, z, dz) -> List.of(dz.times(z).negate()),
                                        x(in)))),
                                x)),
                new Form(
                        "sigmoid, its second",
                        2,
                        PLAIN,
                        x -> pointwise(
                                "outer",
                                of(Primitive.SIN),
                                (in, y, dy) -> List.of(dy.times(pointwise(
                                        "broken",
                                        of(Primitive.COS),
                                        (also, z, dz) -> List.of(Constants.zeros(dz.shape())),
                                        x(in)))),
                                x)),
                form(
                        "averaged dy",
                        PLAIN,
                        x -> pointwise(
                                "broken",
                                square,
                                (in, y, dy) ->
                                        right.vjp(in, y, Reductions.mean(dy).broadcastTo(dy.shape())),
                                x)),
                elementwise(
                        "a stopped term",
                        PLAIN,
                        square.times(X),
                        (in, y, dy) -> List.of(dy.times(Arithmetic.stopGradient(x(in).square()))
                                .times(2))),
                elementwise(
                        "a saturated rule",
                        at(36.5, 0.5, 1, -2),
                        of(Primitive.TANH),
                        (in, y, dy) -> List.of(dy.times(Activations.sigmoid(x(in))))),
                elementwise(
                        "softplus by a step",
                        at(0.3, -0.2, 2, 0.1),
                        Formula.constant(1).plus(X.exp()).log(),
                        (in, y, dy) -> List.of(dy.times(Comparisons.greater(x(in), 0)))),
                elementwise(
                        "degrees",
                        PLAIN,
                        of(Primitive.TAN),
                        (in, y, dy) -> List.of(dy.dividedBy(
                                Elementary.cos(x(in).times(Math.PI / 180)).square()))));
    }
}
