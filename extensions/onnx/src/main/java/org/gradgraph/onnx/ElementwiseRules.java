package org.gradgraph.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Special;

/** Operators that compute each element from the elements at the same place. */
final class ElementwiseRules {
    private static final double SQRT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);

    private ElementwiseRules() {}

    static Map<String, Rule> rules() {
        Map<String, Rule> rules = new HashMap<>();
        Map<String, UnaryOperator<Node>> unary = Map.ofEntries(
                Map.entry("Abs", Node::abs),
                Map.entry("Neg", Node::negate),
                Map.entry("Exp", Node::exp),
                Map.entry("Log", Node::log),
                Map.entry("Sqrt", Node::sqrt),
                Map.entry("Reciprocal", Node::reciprocal),
                Map.entry("Sin", Node::sin),
                Map.entry("Cos", Node::cos),
                Map.entry("Tan", Elementary::tan),
                Map.entry("Asin", Elementary::asin),
                Map.entry("Acos", Elementary::acos),
                Map.entry("Atan", Elementary::atan),
                Map.entry("Sinh", Elementary::sinh),
                Map.entry("Cosh", Elementary::cosh),
                Map.entry("Tanh", Node::tanh),
                Map.entry("Asinh", Elementary::asinh),
                Map.entry("Acosh", Elementary::acosh),
                Map.entry("Atanh", Elementary::atanh),
                Map.entry("Erf", Special::erf),
                Map.entry("Sign", Elementary::sign),
                Map.entry("Floor", Elementary::floor),
                Map.entry("Ceil", x -> Elementary.floor(x.negate()).negate()),
                Map.entry("Round", Elementary::round),
                Map.entry("Sigmoid", Node::sigmoid),
                Map.entry("Relu", Node::relu),
                Map.entry("Softplus", Node::softplus),
                Map.entry("Softsign", Activations::softsign),
                Map.entry("HardSwish", x -> x.times(x.dividedBy(6.0).plus(0.5).clip(0, 1))),
                Map.entry("Mish", x -> x.times(x.softplus().tanh())),
                Map.entry("Not", x -> Comparisons.equal(x, 0)),
                Map.entry("IsNaN", x -> Comparisons.notEqual(x, x)),
                Map.entry("IsInf", x -> Comparisons.equal(x.abs(), Double.POSITIVE_INFINITY)));
        unary.forEach((name, operation) -> rules.put(name, Rule.of(call -> mapped(call, operation))));
        rules.put("LeakyRelu", Rule.of(call -> mapped(call, x -> Activations.leakyRelu(x, call.real("alpha", 0.01f)))));
        rules.put("Elu", Rule.of(call -> mapped(call, x -> Activations.elu(x, call.real("alpha", 1)))));
        rules.put("Celu", Rule.of(ElementwiseRules::celu));
        rules.put("Selu", Rule.of(ElementwiseRules::selu));
        rules.put("Gelu", Rule.of(ElementwiseRules::gelu));
        rules.put(
                "HardSigmoid",
                Rule.of(call -> mapped(
                        call,
                        x -> x.times(call.real("alpha", 0.2f))
                                .plus(call.real("beta", 0.5))
                                .clip(0, 1))));
        rules.put("Clip", Rule.of(ElementwiseRules::clip));
        addBinary(rules);
        return rules;
    }

    private static void addBinary(Map<String, Rule> rules) {
        rules.put("Add", withNumber(Arithmetic::add, (x, c) -> x.plus(c), true));
        rules.put("Sub", withNumber(Arithmetic::subtract, (x, c) -> x.minus(c), false));
        rules.put("Mul", withNumber(ElementwiseRules::product, (x, c) -> x.times(c), true));
        rules.put("Div", withNumber(Arithmetic::divide, (x, c) -> x.dividedBy(c), false));
        rules.put("Pow", withNumber(Arithmetic::power, (x, c) -> x.power(c), false));
        relation(rules, "Less", Comparisons::less, Comparisons::less, Comparisons::greater);
        relation(rules, "LessOrEqual", Comparisons::lessOrEqual, Comparisons::lessOrEqual, Comparisons::greaterOrEqual);
        relation(rules, "Greater", Comparisons::greater, Comparisons::greater, Comparisons::less);
        relation(
                rules,
                "GreaterOrEqual",
                Comparisons::greaterOrEqual,
                Comparisons::greaterOrEqual,
                Comparisons::lessOrEqual);
        rules.put("Equal", withNumber(Comparisons::equal, Comparisons::equal, true));
        rules.put("And", withNumber(Arithmetic::multiply, (x, c) -> x.times(c), true));
        rules.put("Or", folded(Comparisons::maximum));
        rules.put("Xor", folded(Comparisons::notEqual));
        rules.put("Max", folded(Comparisons::maximum));
        rules.put("Min", folded(Comparisons::minimum));
        rules.put("Sum", folded(Arithmetic::add));
        rules.put("Mean", Rule.of(call -> {
            Tensor sum = folded(call.tensors(), Arithmetic::add);
            return new Tensor(sum.node().dividedBy((double) call.size()), sum.dims(), sum.split(), sum.transposed());
        }));
        rules.put(
                "Where",
                Rule.of(call -> Broadcasts.apply(
                        call.tensors(), nodes -> Comparisons.where(nodes.get(0), nodes.get(1), nodes.get(2)))));
        rules.put(
                "PRelu",
                Rule.of(call -> Broadcasts.apply(
                        call.tensors(),
                        nodes -> nodes.get(0)
                                .maximum(Node.constant(0))
                                .plus(nodes.get(0).minimum(Node.constant(0)).times(nodes.get(1))))));
    }

    private static Tensor mapped(Call call, UnaryOperator<Node> operation) {
        return mapped(call.tensor(0), operation);
    }

    static Tensor mapped(Tensor x, UnaryOperator<Node> operation) {
        return new Tensor(operation.apply(x.node()), x.dims(), x.split(), x.transposed());
    }

    /** An operation of a matrix and a number that never changes. */
    private interface ByNumber {
        Node apply(Node x, double number);
    }

    private static Rule withNumber(BinaryOperator<Node> operation, ByNumber byNumber, boolean commutes) {
        return withNumber(operation, byNumber, commutes ? Optional.of(byNumber) : Optional.empty());
    }

    private static void relation(
            Map<String, Rule> rules,
            String name,
            BinaryOperator<Node> operation,
            ByNumber byNumber,
            ByNumber mirrored) {
        rules.put(name, withNumber(operation, byNumber, Optional.of(mirrored)));
    }

    /** The number may be the second operand or, if that says the same in another way, the first. */
    private static Rule withNumber(BinaryOperator<Node> operation, ByNumber second, Optional<ByNumber> first) {
        return Rule.of(call -> {
            Tensor a = call.tensor(0);
            Tensor b = call.tensor(1);
            if (b.number().isPresent() && b.rank() <= a.rank()) {
                return mapped(a, x -> second.apply(x, b.number().get()));
            }
            if (first.isPresent() && a.number().isPresent() && a.rank() <= b.rank()) {
                return mapped(b, x -> first.get().apply(x, a.number().get()));
            }
            return binary(a, b, operation);
        });
    }

    private static Node product(Node a, Node b) {
        return a == b ? a.square() : a.times(b);
    }

    static Tensor binary(Tensor a, Tensor b, BinaryOperator<Node> operation) {
        return Broadcasts.apply(List.of(a, b), nodes -> operation.apply(nodes.get(0), nodes.get(1)));
    }

    private static Rule folded(BinaryOperator<Node> operation) {
        return Rule.of(call -> folded(call.tensors(), operation));
    }

    private static Tensor folded(List<Tensor> tensors, BinaryOperator<Node> operation) {
        return tensors.stream()
                .reduce((a, b) -> binary(a, b, operation))
                .orElseThrow(() -> new OnnxException("it has no operand"));
    }

    private static Item celu(Call call) {
        double alpha = call.real("alpha", 1);
        return mapped(call, x -> Activations.elu(x.dividedBy(alpha), 1).times(alpha));
    }

    private static Item selu(Call call) {
        double alpha = call.real("alpha", 1.6732632f);
        double gamma = call.real("gamma", 1.050701f);
        return mapped(call, x -> Activations.elu(x, alpha).times(gamma));
    }

    private static Item gelu(Call call) {
        return call.text("approximate", "none").equals("tanh")
                ? mapped(
                        call,
                        x -> x.times(0.5)
                                .times(x.plus(x.power(3.0).times(0.044715))
                                        .times(SQRT_TWO_OVER_PI)
                                        .tanh()
                                        .plus(1)))
                : mapped(call, Activations::gelu);
    }

    /** Bounds are operands, or attributes before opset 11. */
    private static Item clip(Call call) {
        boolean computed = IntStream.range(1, call.size())
                .anyMatch(k -> call.has(k) && call.tensor(k).number().isEmpty());
        if (computed) {
            Tensor raised = call.has(1) ? binary(call.tensor(0), call.tensor(1), Comparisons::maximum) : call.tensor(0);
            return call.has(2) ? binary(raised, call.tensor(2), Comparisons::minimum) : raised;
        }
        double low = call.has(1) ? number(call, 1) : call.real("min", Double.NEGATIVE_INFINITY);
        double high = call.has(2) ? number(call, 2) : call.real("max", Double.POSITIVE_INFINITY);
        return mapped(call, x -> x.clip(low, high));
    }

    private static double number(Call call, int place) {
        return call.tensor(place).number().orElseThrow();
    }
}
