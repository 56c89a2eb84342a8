package org.gradgraph.rewrite;

import static org.gradgraph.rewrite.Effect.SAME_BITS;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.List;
import org.gradgraph.graph.ArithmeticOps.Add;
import org.gradgraph.graph.ArithmeticOps.Divide;
import org.gradgraph.graph.ArithmeticOps.Multiply;
import org.gradgraph.graph.ArithmeticOps.Negate;
import org.gradgraph.graph.ArithmeticOps.Scale;
import org.gradgraph.graph.ArithmeticOps.Square;
import org.gradgraph.graph.ArithmeticOps.Subtract;
import org.gradgraph.graph.Node;

/** Rules for negatives; a sign never changes the rounding. */
final class SignRules {
    private static final String ANY = "the same bits; only the sign of a NaN may differ";

    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            saying(SAME_BITS, "double negation", "−(−x)", "x")
                    .ieee(ANY)
                    .at(Negate.class, match -> match.inside(match.input(0), Negate.class)),
            saying(SAME_BITS, "negative of a multiple", "−(c·x)", "(−c)·x")
                    .ieee(ANY)
                    .at(Negate.class, match -> {
                        Scale scale = match.op(match.input(0), Scale.class);
                        return scale == null
                                ? null
                                : match.operands(match.input(0)).get(0).times(-scale.factor());
                    }),
            saying(SAME_BITS, "multiple of a negative", "c·(−x)", "(−c)·x")
                    .ieee(ANY)
                    .at(Scale.class, match -> {
                        Node x = match.inside(match.input(0), Negate.class);
                        return x == null ? null : x.times(-match.op(Scale.class).factor());
                    }),
            saying(SAME_BITS, "sum with a negative", "x + (−y)", "x − y")
                    .ieee(ANY)
                    .at(Add.class, match -> {
                        Node y = match.inside(match.input(1), Negate.class);
                        if (y != null) {
                            return match.input(0).minus(y);
                        }
                        Node x = match.inside(match.input(0), Negate.class);
                        return x == null ? null : match.input(1).minus(x);
                    }),
            saying(SAME_BITS, "difference with a negative", "x − (−y)", "x + y")
                    .ieee(ANY)
                    .at(Subtract.class, match -> {
                        Node y = match.inside(match.input(1), Negate.class);
                        return y == null ? null : match.input(0).plus(y);
                    }),
            saying(SAME_BITS, "product of negatives", "(−x)·(−y)", "x·y")
                    .ieee(ANY)
                    .at(Multiply.class, match -> {
                        Node x = match.inside(match.input(0), Negate.class);
                        Node y = match.inside(match.input(1), Negate.class);
                        return x == null || y == null ? null : x.times(y);
                    }),
            saying(SAME_BITS, "quotient of negatives", "(−x)/(−y)", "x/y")
                    .ieee(ANY)
                    .at(Divide.class, match -> {
                        Node x = match.inside(match.input(0), Negate.class);
                        Node y = match.inside(match.input(1), Negate.class);
                        return x == null || y == null ? null : x.dividedBy(y);
                    }),
            saying(SAME_BITS, "square of a negative", "(−x)²", "x²").ieee(ANY).at(Square.class, match -> {
                Node x = match.inside(match.input(0), Negate.class);
                return x == null ? null : x.square();
            }),
            saying(SAME_BITS, "product with itself", "x·x", "x²")
                    .ieee("the same product")
                    .at(
                            Multiply.class,
                            match -> match.input(0).equals(match.input(1))
                                    ? match.input(0).square()
                                    : null));

    private SignRules() {}
}
