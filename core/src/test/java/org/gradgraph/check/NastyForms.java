package org.gradgraph.check;

import static org.gradgraph.check.BrokenForms.ONE;
import static org.gradgraph.check.BrokenForms.PLAIN;
import static org.gradgraph.check.BrokenForms.SAME;
import static org.gradgraph.check.BrokenForms.at;
import static org.gradgraph.check.BrokenForms.each;
import static org.gradgraph.check.BrokenForms.form;
import static org.gradgraph.check.BrokenForms.kernel;
import static org.gradgraph.graph.LinearAlgebra.matmul;

import java.util.ArrayList;
import java.util.List;
import org.ejml.dense.row.NormOps_DDRM;
import org.gradgraph.check.BrokenForms.Form;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Special;

/** Right operations, each at a point where differences are hard to take. */
final class NastyForms {
    private NastyForms() {}

    private static final double[] WIDE = at(0.5, -40, 40, 0);

    static List<Form> all() {
        List<Form> all = new ArrayList<>(coarse());
        all.addAll(elementwise());
        all.addAll(corners());
        all.addAll(matrices());
        return all;
    }

    private static List<Form> coarse() {
        return List.of(
                kernel(
                        "sin in floats",
                        PLAIN,
                        SAME,
                        each(v -> (float) Math.sin(v)),
                        (in, y, dy) -> List.of(dy.times(in.get(0).cos()))),
                kernel(
                        "exp in 8 decimals",
                        PLAIN,
                        SAME,
                        each(v -> Math.rint(Math.exp(v) * 1e8) / 1e8),
                        (in, y, dy) -> List.of(dy.times(in.get(0).exp()))),
                kernel(
                        "softplus in floats",
                        PLAIN,
                        SAME,
                        each(v -> (float) Math.log1p(Math.exp(v))),
                        (in, y, dy) -> List.of(dy.times(in.get(0).sigmoid()))),
                kernel(
                        "a sum of squares in floats",
                        PLAIN,
                        ONE,
                        (in, out) -> out.data[0] = (float) Math.pow(NormOps_DDRM.normF(in.get(0)), 2),
                        (in, y, dy) -> List.of(dy.broadcastTo(in.get(0).shape())
                                .times(in.get(0))
                                .times(2))),
                kernel(
                        "a slow slope in floats",
                        at(0.3),
                        SAME,
                        each(v -> (float) (1 + 1e-3 * Math.sin(v))),
                        (in, y, dy) -> List.of(dy.times(in.get(0).cos()).times(1e-3))));
    }

    private static List<Form> elementwise() {
        return List.of(
                form("sin at 1e15", at(1e15), Elementary::sin),
                form("cos at 1e22", at(1e22), Elementary::cos),
                form("a fast wave", at(0.3), x -> x.times(1e9).sin()),
                form("the smallest slope", at(0.3), x -> x.times(Double.MIN_VALUE)),
                form("the end of exp", at(-744.4), Node::exp),
                form("exp at 709", at(709), Node::exp),
                form("sigmoid from end to end", WIDE, Node::sigmoid),
                form("softplus from end to end", WIDE, Activations::softplus),
                new Form("tanh twice", 2, WIDE, Node::tanh),
                form("erfc in its tail", at(0.5, 5, 20, -3), Special::erfc),
                form("log at 1e-300", at(1e-300), Node::log),
                form("log at 1e300", at(1e300), Node::log),
                form("1/x at 1e-100", at(1e-100), Node::reciprocal),
                form("tan near its pole", at(1.57), Elementary::tan),
                form("asin near its edge", at(0.999999999), Elementary::asin),
                form("a power near 0", at(1e-12), x -> x.power(0.5)),
                form(
                        "sqrt at its edge, times x",
                        at(0),
                        x -> x.times(x.abs().plus(1e-30).sqrt())),
                form("under a large value", at(1), x -> x.square().plus(1e16)),
                form("cancelling", at(1e8), x -> x.plus(1).minus(x).times(x)),
                form("atan2 across its cut", at(0.5, -2, -0.1, -0.75), x -> Elementary.atan2(x, x.minus(3))));
    }

    private static List<Form> corners() {
        return List.of(
                form("relu at 0", at(0, 1, -1, 0), Activations::relu),
                new Form(
                        "relu² at 0",
                        2,
                        at(0, 1, -1, 0),
                        x -> Activations.relu(x).square()),
                form("ties", at(2, -1, 2, 0), Reductions::max),
                form("clip at its end", at(1, 0.5, 3, -1), x -> Comparisons.clip(x, -1, 1)),
                form("a norm at 0", at(0, 0, 0, 0), Reductions::norm2),
                form("a stair", at(1), x -> Elementary.floor(x).plus(x)),
                form(
                        "a branch not taken",
                        at(0, 4, 1, 9),
                        x -> Comparisons.where(Comparisons.greater(x, 0.5), x.sqrt(), x)),
                form(
                        "|x| − |y|",
                        at(0, 0, 0, 0),
                        x -> Layout.sliceRows(x, 0, 1)
                                .abs()
                                .minus(Layout.sliceRows(x, 1, 2).abs())));
    }

    private static List<Form> matrices() {
        double[] nearlySingular = at(1, 1, 1, 1.000001);
        return List.of(
                form("an inverse, nearly singular", nearlySingular, LinearAlgebra::inverse),
                form("a determinant, nearly singular", nearlySingular, LinearAlgebra::determinant),
                form(
                        "a factor, nearly singular",
                        nearlySingular,
                        x -> LinearAlgebra.cholesky(x.plus(x.transpose()).times(0.5))),
                form("softmax from end to end", at(1000, 0, -1000, 3), x -> Activations.softmaxRows(x)),
                form("logSumExp of ties", at(700, 700, 700, -700), Reductions::logSumExp),
                form("products of all sizes", at(1e8, 1e-8, 1, -1e8), x -> matmul(x, x)),
                form("a product with a zero", at(2, 0, 3, 5), Reductions::product),
                form(
                        "repeated rows",
                        PLAIN,
                        x -> Indexing.gatherRows(x, 1, 1, 0).square()),
                form("a variance of nearly equal numbers", at(1e6, 1e6 + 1, 1e6 + 2, 1e6), Reductions::variance),
                form(
                        "a transposed view of a view",
                        PLAIN,
                        x -> Layout.flip(Layout.reshape(x.transpose(), 1, 4)).square()));
    }
}
