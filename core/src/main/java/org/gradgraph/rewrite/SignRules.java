package org.gradgraph.rewrite;

import static org.gradgraph.graph.Arithmetic.ADD;
import static org.gradgraph.graph.Arithmetic.DIVIDE;
import static org.gradgraph.graph.Arithmetic.MULTIPLY;
import static org.gradgraph.graph.Arithmetic.NEGATE;
import static org.gradgraph.graph.Arithmetic.SQUARE;
import static org.gradgraph.graph.Arithmetic.SUBTRACT;
import static org.gradgraph.rewrite.Rule.Effect.SAME_BITS;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.List;
import org.gradgraph.graph.Arithmetic.Scale;
import org.gradgraph.graph.Node;

/** Rules for negatives; a sign never changes the rounding. */
final class SignRules {
    private static final String ANY = "the same bits; only the sign of a NaN may differ";

    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            saying(SAME_BITS, "double negation", "−(−x)", "x")
                    .ieee(ANY)
                    .at(NEGATE, match -> match.inside(match.input(0), NEGATE)),
            saying(SAME_BITS, "negative of a multiple", "−(c·x)", "(−c)·x")
                    .ieee(ANY)
                    .at(NEGATE, match -> {
                        Scale scale = match.op(match.input(0), Scale.class);
                        return scale == null
                                ? null
                                : match.operands(match.input(0)).get(0).times(-scale.factor());
                    }),
            saying(SAME_BITS, "multiple of a negative", "c·(−x)", "(−c)·x")
                    .ieee(ANY)
                    .at(Scale.class, match -> {
                        Node x = match.inside(match.input(0), NEGATE);
                        return x == null ? null : x.times(-match.op(Scale.class).factor());
                    }),
            saying(SAME_BITS, "sum with a negative", "x + (−y)", "x − y")
                    .ieee(ANY)
                    .at(ADD, match -> {
                        Node y = match.inside(match.input(1), NEGATE);
                        if (y != null) {
                            return match.input(0).minus(y);
                        }
                        Node x = match.inside(match.input(0), NEGATE);
                        return x == null ? null : match.input(1).minus(x);
                    }),
            saying(SAME_BITS, "difference with a negative", "x − (−y)", "x + y")
                    .ieee(ANY)
                    .at(SUBTRACT, match -> {
                        Node y = match.inside(match.input(1), NEGATE);
                        return y == null ? null : match.input(0).plus(y);
                    }),
            saying(SAME_BITS, "product of negatives", "(−x)·(−y)", "x·y")
                    .ieee(ANY)
                    .at(MULTIPLY, match -> {
                        Node x = match.inside(match.input(0), NEGATE);
                        Node y = match.inside(match.input(1), NEGATE);
                        return x == null || y == null ? null : x.times(y);
                    }),
            saying(SAME_BITS, "quotient of negatives", "(−x)/(−y)", "x/y")
                    .ieee(ANY)
                    .at(DIVIDE, match -> {
                        Node x = match.inside(match.input(0), NEGATE);
                        Node y = match.inside(match.input(1), NEGATE);
                        return x == null || y == null ? null : x.dividedBy(y);
                    }),
            saying(SAME_BITS, "square of a negative", "(−x)²", "x²").ieee(ANY).at(SQUARE, match -> {
                Node x = match.inside(match.input(0), NEGATE);
                return x == null ? null : x.square();
            }),
            saying(SAME_BITS, "product with itself", "x·x", "x²")
                    .ieee("the same product")
                    .at(
                            MULTIPLY,
                            match -> match.input(0).equals(match.input(1))
                                    ? match.input(0).square()
                                    : null));

    private SignRules() {}
}
