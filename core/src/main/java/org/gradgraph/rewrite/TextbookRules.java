package org.gradgraph.rewrite;

import static org.gradgraph.graph.Activations.SIGMOID_SLOPE;
import static org.gradgraph.graph.TrigonometricOps.TANH_SLOPE;
import static org.gradgraph.rewrite.Rule.Effect.EXACT_ALGEBRA;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.List;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions.Sum;
import org.gradgraph.graph.SoftmaxOps.LessMean;
import org.gradgraph.graph.SoftmaxOps.LessShare;
import org.gradgraph.graph.SoftmaxOps.Softmax;

/**
 * Derivatives that have operations of their own, because the formula of the textbook loses digits, are read as in the
 * textbook.
 */
final class TextbookRules {
    private static final String LOSES = "loses digits where the function is near its limits; not used for running";

    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            saying(EXACT_ALGEBRA, "slope of sigmoid", "sigmoidSlope(z)", "sigmoid(z)·(1 − sigmoid(z))")
                    .ieee(LOSES)
                    .at(SIGMOID_SLOPE, match -> {
                        Node y = match.input(0).sigmoid();
                        return y.times(y.negate().plus(1));
                    }),
            saying(EXACT_ALGEBRA, "slope of tanh", "tanhSlope(z)", "1 − tanh(z)²")
                    .ieee(LOSES)
                    .at(
                            TANH_SLOPE,
                            match -> match.input(0).tanh().square().negate().plus(1)),
            saying(EXACT_ALGEBRA, "tangent of log softmax", "lessMean(z, d)", "d − Σ d·softmax(z)")
                    .ieee(LOSES)
                    .at(LessMean.class, match -> {
                        LessMean op = match.op(LessMean.class);
                        Node d = match.input(1);
                        Node softmax = softmax(match, op.over(), op.orZero());
                        Node mean = Node.apply(new Sum(op.over()), d.times(softmax));
                        return d.minus(mean.broadcastTo(match.shape()));
                    }),
            saying(EXACT_ALGEBRA, "cotangent of log softmax", "lessShare(z, d)", "d − softmax(z)·Σ d")
                    .ieee(LOSES)
                    .at(LessShare.class, match -> {
                        LessShare op = match.op(LessShare.class);
                        Node d = match.input(1);
                        Node total = Node.apply(new Sum(op.over()), d);
                        return d.minus(softmax(match, op.over(), op.orZero()).times(total.broadcastTo(match.shape())));
                    }));

    private TextbookRules() {}

    private static Node softmax(Match match, Over over, boolean orZero) {
        return Node.apply(new Softmax(over, orZero), match.input(0));
    }
}
