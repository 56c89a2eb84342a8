package org.gradgraph.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gradgraph.graph.Op.GradientFlow;
import org.jspecify.annotations.Nullable;

/**
 * An elementwise operation without attributes, declared in one expression.
 *
 * <p>Each is one constant in the file of its family, so it is recognised by identity. Rules are lambdas that run only
 * when something is differentiated, so a family needs nothing but formulas to be initialised. A rule that uses a
 * constant declared further below, or its own, writes it with the name of its class.
 *
 * <pre>{@code
 * static final Elementwise CUBE = function("cube", X.times(X).times(X), (x, y, dy) -> dy.times(x.square().times(3)))
 *         .notation(new Notation.Superscript("³", "3"));
 * }</pre>
 */
final class ScalarFunction implements Elementwise {
    /** The vjp of a function of any number of operands. */
    private interface Rule {
        List<Node> of(List<Node> inputs, Node y, Node dy);
    }

    /** The vjp of a function of one operand. */
    @FunctionalInterface
    interface Unary extends Rule {
        Node vjp(Node x, Node y, Node dy);

        @Override
        default List<Node> of(List<Node> inputs, Node y, Node dy) {
            return List.of(vjp(inputs.get(0), y, dy));
        }
    }

    /** The vjp of a function of two operands. */
    @FunctionalInterface
    interface Binary extends Rule {
        List<Node> vjp(Node a, Node b, Node y, Node dy);

        @Override
        default List<Node> of(List<Node> inputs, Node y, Node dy) {
            return vjp(inputs.get(0), inputs.get(1), y, dy);
        }
    }

    /** The vjp of a function of three operands. */
    @FunctionalInterface
    interface Ternary extends Rule {
        List<Node> vjp(Node a, Node b, Node c, Node y, Node dy);

        @Override
        default List<Node> of(List<Node> inputs, Node y, Node dy) {
            return vjp(inputs.get(0), inputs.get(1), inputs.get(2), y, dy);
        }
    }

    private final String name;
    private final Formula formula;
    private final @Nullable Rule rule;
    private final GradientFlow flow;
    private final String symbol;

    /** Null for the default, which is made when it is asked for. */
    private final @Nullable Notation notation;

    private final String advice;
    private final @Nullable Function<List<Node>, Node> textbook;

    private ScalarFunction(
            String name,
            Formula formula,
            @Nullable Rule rule,
            GradientFlow flow,
            String symbol,
            @Nullable Notation notation,
            String advice,
            @Nullable Function<List<Node>, Node> textbook) {
        this.name = name;
        this.formula = formula;
        this.rule = rule;
        this.flow = flow;
        this.symbol = symbol;
        this.notation = notation;
        this.advice = advice;
        this.textbook = textbook;
    }

    private static ScalarFunction of(String name, Formula formula, @Nullable Rule rule, GradientFlow flow) {
        return new ScalarFunction(name, formula, rule, flow, name, null, "", null);
    }

    static ScalarFunction function(String name, Formula formula, Unary vjp) {
        return of(name, formula, vjp, GradientFlow.PASSES);
    }

    static ScalarFunction function(String name, Formula formula, Binary vjp) {
        return of(name, formula, vjp, GradientFlow.PASSES);
    }

    static ScalarFunction function(String name, Formula formula, Ternary vjp) {
        return of(name, formula, vjp, GradientFlow.PASSES);
    }

    /** A function that cotangents do not pass. */
    static ScalarFunction function(String name, Formula formula, GradientFlow flow) {
        return of(name, formula, null, flow);
    }

    /** The same function with another {@link Op#symbol()}; its name is the default. */
    ScalarFunction symbol(String sign) {
        return new ScalarFunction(name, formula, rule, flow, sign, notation, advice, textbook);
    }

    /** The same function with another {@link Op#notation()}; a call is the default. */
    ScalarFunction notation(Notation how) {
        return new ScalarFunction(name, formula, rule, flow, symbol, how, advice, textbook);
    }

    /** The same function with {@link Op#nonFiniteAdvice()}. */
    ScalarFunction nonFiniteAdvice(String words) {
        return new ScalarFunction(name, formula, rule, flow, symbol, notation, words, textbook);
    }

    /** The same function with {@link Op#textbookForm}. */
    ScalarFunction textbook(Function<List<Node>, Node> form) {
        return new ScalarFunction(name, formula, rule, flow, symbol, notation, advice, form);
    }

    @Override
    public Optional<Node> textbookForm(List<Node> inputs) {
        return Optional.ofNullable(textbook).map(form -> form.apply(inputs));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String symbol() {
        return symbol;
    }

    @Override
    public Notation notation() {
        return notation == null ? Elementwise.super.notation() : notation;
    }

    @Override
    public Formula formula() {
        return formula;
    }

    @Override
    public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
        return rule == null ? Elementwise.super.vjp(inputs, y, dy) : rule.of(inputs, y, dy);
    }

    @Override
    public GradientFlow gradientFlow() {
        return flow;
    }

    @Override
    public String nonFiniteAdvice() {
        return advice;
    }

    @Override
    public String toString() {
        return name;
    }
}
