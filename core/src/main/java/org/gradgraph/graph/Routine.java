package org.gradgraph.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * A kernel without attributes, as one constant.
 *
 * @param name its name
 * @param shapeRule what {@link Op#shape} answers
 * @param code what {@link Kernel#forward} does
 * @param rule what {@link Op#vjp} answers
 * @param nonFiniteAdvice what {@link Op#nonFiniteAdvice} answers
 * @param notation what {@link Op#notation} answers
 * @param textbook what {@link Op#textbookForm} answers
 * @param copiedOperands what {@link Kernel#copiedOperands} answers
 * @param lanes what {@link Kernel#apart} answers
 */
record Routine(
        String name,
        Function<List<Shape>, Shape> shapeRule,
        BiConsumer<List<DMatrixRMaj>, DMatrixRMaj> code,
        Vjp rule,
        String nonFiniteAdvice,
        Notation notation,
        Textbook textbook,
        int copiedOperands,
        Apart lanes)
        implements Kernel {
    /** Any element may depend on all of an operand. */
    private static final Apart NOTHING_APART = (operand, given) -> Over.ALL;

    /** The lanes that an operand keeps apart. */
    interface Apart {
        Over of(int operand, Over lanes);
    }

    /** The cotangents of the operands. */
    interface Vjp {
        List<Node> of(List<Node> inputs, Node y, Node dy);
    }

    /** What a textbook writes. */
    interface Textbook {
        Optional<Node> of(List<Node> inputs);
    }

    /** A kernel that is written as a call. */
    Routine(
            String name,
            Function<List<Shape>, Shape> shapeRule,
            BiConsumer<List<DMatrixRMaj>, DMatrixRMaj> code,
            Vjp rule) {
        this(name, shapeRule, code, rule, "", Notation.call(name), inputs -> Optional.empty(), 0, NOTHING_APART);
    }

    /** A kernel with advice, written as a call. */
    Routine(
            String name,
            Function<List<Shape>, Shape> shapeRule,
            BiConsumer<List<DMatrixRMaj>, DMatrixRMaj> code,
            Vjp rule,
            String nonFiniteAdvice) {
        this(
                name,
                shapeRule,
                code,
                rule,
                nonFiniteAdvice,
                Notation.call(name),
                inputs -> Optional.empty(),
                0,
                NOTHING_APART);
    }

    /** A kernel that is written in a way of its own. */
    Routine(
            String name,
            Function<List<Shape>, Shape> shapeRule,
            BiConsumer<List<DMatrixRMaj>, DMatrixRMaj> code,
            Vjp rule,
            Notation notation) {
        this(name, shapeRule, code, rule, "", notation, inputs -> Optional.empty(), 0, NOTHING_APART);
    }

    /** The same kernel with {@link Op#textbookForm}. */
    Routine textbook(UnaryOperator<Node> form) {
        return new Routine(
                name,
                shapeRule,
                code,
                rule,
                nonFiniteAdvice,
                notation,
                in -> Optional.of(form.apply(in.get(0))),
                copiedOperands,
                lanes);
    }

    /** The same kernel, whose elements are copies of those of its first operand. */
    Routine copying() {
        return new Routine(name, shapeRule, code, rule, nonFiniteAdvice, notation, textbook, 1, lanes);
    }

    /** The same kernel with {@link Kernel#apart}. */
    Routine keepingApart(Apart kept) {
        return new Routine(name, shapeRule, code, rule, nonFiniteAdvice, notation, textbook, copiedOperands, kept);
    }

    @Override
    public Over apart(int operand, Over given) {
        return lanes.of(operand, given);
    }

    @Override
    public Optional<Node> textbookForm(List<Node> inputs) {
        return textbook.of(inputs);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        return shapeRule.apply(inputs);
    }

    @Override
    public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
        code.accept(inputs, out);
    }

    @Override
    public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
        return rule.of(inputs, y, dy);
    }
}
