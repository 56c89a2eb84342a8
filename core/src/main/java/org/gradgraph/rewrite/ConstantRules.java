package org.gradgraph.rewrite;

import static org.gradgraph.graph.Arithmetic.ADD;
import static org.gradgraph.graph.Arithmetic.DIVIDE;
import static org.gradgraph.graph.Arithmetic.MULTIPLY;
import static org.gradgraph.graph.Arithmetic.SUBTRACT;
import static org.gradgraph.rewrite.Rule.Effect.SAME_BITS;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Arithmetic.AddScalar;
import org.gradgraph.graph.Arithmetic.Scale;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Constants.Size;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Layout.Broadcast;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Shape;
import org.jspecify.annotations.Nullable;

/** Rules for numbers that are known when the graph is built. */
final class ConstantRules {
    private static final String ANY = "the same bits";

    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            saying(SAME_BITS, "constant folding", "op(constants)", "constant")
                    .when("all operands are constants, and the result is not larger than they are together")
                    .ieee("computed by a program, with the bits of a run")
                    .at(Op.class, ConstantRules::fold),
            saying(SAME_BITS, "size of fixed sides", "size(n)", "n")
                    .when("the number is known")
                    .ieee(ANY)
                    .at(Size.class, match -> {
                        var size = match.op(Size.class);
                        return size.dim().isFixed() ? Node.constant(size.dim().size()) : null;
                    }),
            saying(SAME_BITS, "sum with a number", "x + c", "addScalar(c)(x)")
                    .when("c is one constant number")
                    .ieee(ANY)
                    .at(ADD, match -> {
                        OptionalDouble first = match.number(match.input(0));
                        if (first.isPresent()) {
                            return match.input(1).plus(first.getAsDouble());
                        }
                        OptionalDouble second = match.number(match.input(1));
                        return second.isPresent() ? match.input(0).plus(second.getAsDouble()) : null;
                    }),
            saying(SAME_BITS, "difference with a number", "x − c", "addScalar(−c)(x)")
                    .when("c is one constant number")
                    .ieee(ANY)
                    .at(SUBTRACT, match -> {
                        OptionalDouble second = match.number(match.input(1));
                        return second.isPresent() ? match.input(0).plus(-second.getAsDouble()) : null;
                    }),
            saying(SAME_BITS, "product with a number", "c·x", "scale(c)(x)")
                    .when("c is one constant number")
                    .ieee(ANY)
                    .at(MULTIPLY, match -> {
                        OptionalDouble first = match.number(match.input(0));
                        if (first.isPresent()) {
                            return match.input(1).times(first.getAsDouble());
                        }
                        OptionalDouble second = match.number(match.input(1));
                        return second.isPresent() ? match.input(0).times(second.getAsDouble()) : null;
                    }),
            saying(SAME_BITS, "quotient by a power of two", "x/c", "scale(1/c)(x)")
                    .when("c is a power of two, 1 and −1 included, so that 1/c is exact")
                    .ieee(ANY)
                    .at(DIVIDE, match -> {
                        OptionalDouble divisor = match.number(match.input(1));
                        return divisor.isPresent() && isPowerOfTwo(divisor.getAsDouble())
                                ? match.input(0).times(1 / divisor.getAsDouble())
                                : null;
                    }),
            saying(SAME_BITS, "product with one", "1·x", "x")
                    .ieee(ANY)
                    .at(Scale.class, match -> match.op(Scale.class).factor() == 1 ? match.input(0) : null),
            saying(SAME_BITS, "product with minus one", "−1·x", "−x")
                    .ieee(ANY)
                    .at(
                            Scale.class,
                            match -> match.op(Scale.class).factor() == -1
                                    ? match.input(0).negate()
                                    : null),
            saying(SAME_BITS, "sum with minus zero", "x + (−0)", "x")
                    .when("the zero is negative: +0 would turn −0 into 0")
                    .ieee(ANY)
                    .at(
                            AddScalar.class,
                            match -> Double.compare(match.op(AddScalar.class).number(), -0.0) == 0
                                    ? match.input(0)
                                    : null),
            saying(SAME_BITS, "constant read once", "broadcast(c) of full size", "c")
                    .when("the shape stays")
                    .ieee(ANY)
                    .at(
                            Broadcast.class,
                            match -> match.input(0).shape().equals(match.shape()) ? match.input(0) : null));

    private ConstantRules() {}

    private static @Nullable Node fold(Match match) {
        Node node = match.node();
        Shape shape = node.shape();
        Function<Node, DMatrixRMaj> evaluator = match.rewriter().evaluator();
        if (evaluator == null || !shape.isFixed()) {
            return null;
        }
        for (Node input : node.inputs()) {
            if (match.op(input, Constant.class) == null) {
                return null;
            }
        }
        long elements = 0;
        for (Node input : node.inputs()) {
            elements += elements(input.shape());
        }
        if (elements(shape) > elements) {
            return null;
        }
        for (Node input : node.inputs()) {
            match.operands(input);
        }
        try {
            return Node.constant(evaluator.apply(node));
        } catch (RuntimeException wrong) {
            return null; // the run raises it too, and names the node and its line
        }
    }

    private static long elements(Shape shape) {
        return (long) shape.rows().size() * shape.columns().size();
    }

    private static boolean isPowerOfTwo(double number) {
        return Math.abs(number) == Math.scalb(1.0, Math.getExponent(number)) && 1 / number != 0;
    }

    /** A number in every place of a shape. */
    static Node filled(double number, Shape shape) {
        return Layout.broadcast(Node.constant(number), shape);
    }
}
