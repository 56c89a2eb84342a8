package org.gradgraph.rewrite;

import static org.gradgraph.graph.Arithmetic.SQUARE;
import static org.gradgraph.graph.Elementary.EXP;
import static org.gradgraph.rewrite.Rule.Effect.BETTER_ROUNDING;
import static org.gradgraph.rewrite.Rule.Effect.SAME_BITS;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Layout.Broadcast;
import org.gradgraph.graph.Layout.Transpose;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Reductions.Sum;
import org.gradgraph.graph.Shape;
import org.jspecify.annotations.Nullable;

/** Rules for what moves or repeats elements, and for the sums that take repetition back. */
final class LayoutRules {
    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            saying(SAME_BITS, "double transpose", "(xᵀ)ᵀ", "x")
                    .ieee("nothing is computed")
                    .at(Transpose.class, match -> match.inside(match.input(0), Transpose.class)),
            saying(SAME_BITS, "transpose of a number", "xᵀ", "x")
                    .when("x is 1×1")
                    .ieee("nothing is computed")
                    .at(Transpose.class, match -> match.shape().isScalar() ? match.input(0) : null),
            saying(SAME_BITS, "transpose of a repetition", "broadcast(x)ᵀ", "broadcast(xᵀ)")
                    .ieee("nothing is computed")
                    .at(Transpose.class, match -> {
                        Node x = match.inside(match.input(0), Broadcast.class);
                        return x == null ? null : Layout.broadcast(x.transpose(), match.shape());
                    }),
            saying(SAME_BITS, "double repetition", "broadcast(broadcast(x))", "broadcast(x)")
                    .ieee("nothing is computed")
                    .at(Broadcast.class, match -> {
                        Node x = match.inside(match.input(0), Broadcast.class);
                        return x == null ? null : Layout.broadcast(x, match.shape());
                    }),
            saying(SAME_BITS, "compute before repeating", "f(broadcast(x), broadcast(y))", "broadcast(f(x, y))")
                    .when("f is elementwise and all its operands repeat something of one shape")
                    .ieee("the same operation on the same numbers, once")
                    .at(Elementwise.class, LayoutRules::computeFirst),
            saying(SAME_BITS, "sum of one", "Σ x", "x")
                    .when("x has one element for each result, and is no exponential or square, whose sums have stable"
                            + " forms")
                    .ieee("nothing is computed")
                    .at(Sum.class, LayoutRules::sumOfOne),
            saying(BETTER_ROUNDING, "sum of a repetition", "sumTo(broadcast(x))", "n·x")
                    .when("the sum takes back exactly what was repeated, n times")
                    .ieee("one rounding instead of n; it overflows only where the sum would")
                    .at(Sum.class, match -> {
                        Node x = match.inside(match.input(0), Broadcast.class);
                        if (x == null || !x.shape().equals(match.shape())) {
                            return null;
                        }
                        Dim count =
                                match.op(Sum.class).over().count(match.input(0).shape());
                        return x.times(Constants.size(count));
                    }));

    private LayoutRules() {}

    private static @Nullable Node sumOfOne(Match match) {
        Op summed = match.input(0).op().orElse(null);
        boolean hasStableForm = summed == EXP || summed == SQUARE;
        return match.input(0).shape().equals(match.shape()) && !hasStableForm ? match.input(0) : null;
    }

    private static @Nullable Node computeFirst(Match match) {
        List<Node> inputs = match.node().inputs();
        if (inputs.isEmpty() || match.op(inputs.get(0), Broadcast.class) == null) {
            return null;
        }
        List<Node> parts = new ArrayList<>();
        Shape common = null;
        for (Node input : inputs) {
            Node part = match.inside(input, Broadcast.class);
            if (part == null || (common != null && !common.equals(part.shape()))) {
                return null;
            }
            common = part.shape();
            parts.add(part);
        }
        return Layout.broadcast(Node.apply(match.node().op().orElseThrow(), parts), match.shape());
    }
}
