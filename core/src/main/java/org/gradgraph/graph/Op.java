package org.gradgraph.graph;

import java.util.List;
import java.util.Optional;

/**
 * A declaration of one operation: its name, shape rule, vector-Jacobian product, and what it computes.
 *
 * <p>What it computes is said in one of seven forms, and each form is computed by one piece of code, whoever asks for it:
 *
 * <ul>
 *   <li>{@link Elementwise}: a scalar formula for each element;
 *   <li>{@link Reduction}: rows, columns or everything folded to one number each;
 *   <li>{@link MatMul}: the matrix product;
 *   <li>{@link View}: the same numbers, arranged in another way;
 *   <li>{@link Composite}: an expression made of other operations;
 *   <li>{@link Loop}: a body of other operations, run once for each step;
 *   <li>{@link Kernel}: code of its own, for what none of the others can say.
 * </ul>
 *
 * <p>Operations are immutable values without reference to nodes, best written as records: equal operations on the same
 * inputs are the same computation.
 *
 * <p>A user's own operation implements one of the forms, as the built-in ones do:
 *
 * <pre>{@code
 * record Cube() implements Elementwise {
 *     public String name() { return "cube"; }
 *     public Formula formula() {
 *         Formula x = Formula.argument(0);
 *         return x.times(x).times(x);
 *     }
 *     public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
 *         return List.of(dy.times(inputs.get(0).square().times(3)));
 *     }
 * }
 * Node y = Node.apply(new Cube(), x);
 * }</pre>
 */
public sealed interface Op permits Elementwise, Reduction, MatMul, View, Composite, Kernel, Loop {
    /** {@return the name of the operation, one lower-case word of the field such as {@code matmul}} */
    String name();

    /**
     * {@return the name with its attributes, as the text form prints it, for example {@code scale(3)}; the name by
     * default}
     */
    default String label() {
        return name();
    }

    /**
     * {@return the sign that people write for the operation, such as {@code ×} or {@code σ}, for pictures; the label by
     * default}
     *
     * <p>Attributes belong to it, as in {@code ×3}. Several operations may share one sign.
     */
    default String symbol() {
        return label();
    }

    /**
     * {@return how people write the operation in a formula; by default {@code name(a, b)}, with the attributes of the
     * {@link #label()} after the operands}
     */
    default Notation notation() {
        return Notation.labelled(name(), label());
    }

    /**
     * {@return the same value over the real numbers, made of operations that textbooks write, for formulas that are
     * read; empty if this operation is one of them}
     *
     * <p>An operation that guards a product or quotient against 0·∞ is written as the plain product or quotient.
     *
     * @param inputs the operands
     */
    default Optional<Node> textbookForm(List<Node> inputs) {
        return Optional.empty();
    }

    /**
     * {@return the shape of the result}
     *
     * @param inputs the shapes of the operands, not modified
     * @throws ShapeException if they do not fit, with the side that is wrong and a hint
     */
    Shape shape(List<Shape> inputs);

    /**
     * The vector-Jacobian product, as nodes: the cotangent of each input, given the cotangent of the output.
     *
     * <p>It builds nodes and never sees a number, so it can be differentiated, printed, drawn and simplified like any
     * other part of a graph. An operation that leaves it out cannot be differentiated; that is reported when a gradient
     * is built.
     *
     * @param inputs the operands
     * @param y the output, for rules that are shorter with it
     * @param dy the cotangent of the output, of the output's shape
     * @return one node for each input, of that input's shape; zeros where nothing flows
     */
    default List<Node> vjp(List<Node> inputs, Node y, Node dy) {
        if (gradientFlow() == GradientFlow.PASSES) {
            throw new NoGradientException("operation " + name() + " has no vjp");
        }
        return inputs.stream().map(input -> Constants.zeros(input.shape())).toList();
    }

    /**
     * {@return whether cotangents pass this operation; by default they do}
     *
     * <p>An operation whose result is constant between jumps answers {@link GradientFlow#CUT} and needs no vjp: its
     * inputs get zeros. For an operation that passes on the cotangents of some inputs only, its vjp returns zeros for the
     * others.
     */
    default GradientFlow gradientFlow() {
        return GradientFlow.PASSES;
    }

    /**
     * {@return what to do where this operation makes a NaN or an infinity out of finite numbers, for example the name
     * of a stable form; empty if there is no advice}
     *
     * <p>The report of the first value that is not finite prints it.
     */
    default String nonFiniteAdvice() {
        return "";
    }

    /**
     * {@return this operation with its symbolic dimensions replaced by sizes; itself if it has none}
     *
     * @param sizes the sizes of one run
     */
    default Op bind(Sizes sizes) {
        return this;
    }

    /**
     * Whether cotangents pass an operation, as {@link Op#gradientFlow()} says.
     *
     * <p>Reverse mode does not walk into what lies behind an operation that they do not pass; gradients there are explicit
     * zeros.
     *
     * <pre>{@code
     * node.op().map(Op::gradientFlow).orElse(GradientFlow.PASSES) == GradientFlow.STOPPED
     * }</pre>
     */
    enum GradientFlow {
        /** The operation has a derivative and a vjp. */
        PASSES,
        /** The result is constant between jumps, as that of a comparison or of rounding: the derivative is 0. */
        CUT,
        /** The gradient is stopped by {@code stopGradient}. */
        STOPPED
    }
}
