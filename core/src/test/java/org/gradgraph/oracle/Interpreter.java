package org.gradgraph.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradgraph.graph.Node;

/** Builds the graph of an expression: names, numbers, {@code let}, {@code repeat}, and the words of the vocabulary. */
final class Interpreter {
    private Interpreter() {}

    /** Recursion follows the text only; a {@code repeat} is a loop. */
    static Node build(Expression expression, Map<String, Node> names) {
        if (expression.isToken()) {
            return token(expression.token(), names);
        }
        return switch (expression.head()) {
            case "let" -> let(expression, names);
            case "repeat" -> repeat(expression, names);
            default -> Vocabulary.word(expression.head()).build(new Arguments(expression, names));
        };
    }

    /** A name wins over a number that is written the same. */
    private static Node token(String token, Map<String, Node> names) {
        Node named = names.get(token);
        return named != null ? named : Node.constant(Double.parseDouble(token));
    }

    private static Node let(Expression expression, Map<String, Node> names) {
        Map<String, Node> inner = new HashMap<>(names);
        for (Expression binding : expression.items().get(1).items()) {
            inner.put(binding.items().get(0).token(), build(binding.items().get(1), inner));
        }
        return build(expression.items().get(2), inner);
    }

    private static Node repeat(Expression expression, Map<String, Node> names) {
        List<Expression> parts = expression.tail();
        int times = Integer.parseInt(parts.get(0).token());
        String name = parts.get(1).token();
        Node current = build(parts.get(2), names);
        Map<String, Node> inner = new HashMap<>(names);
        for (int i = 0; i < times; i++) {
            inner.put(name, current);
            current = build(parts.get(3), inner);
        }
        return current;
    }

    /** What follows an operation: expressions first, then plain numbers. */
    record Arguments(Expression expression, Map<String, Node> names) {
        int size() {
            return expression.tail().size();
        }

        Node node(int i) {
            return Interpreter.build(expression.tail().get(i), names);
        }

        Node[] nodes() {
            Node[] nodes = new Node[size()];
            for (int i = 0; i < nodes.length; i++) {
                nodes[i] = node(i);
            }
            return nodes;
        }

        int integer(int i) {
            return Integer.parseInt(expression.tail().get(i).token());
        }

        double number(int i) {
            return Double.parseDouble(expression.tail().get(i).token());
        }
    }
}
