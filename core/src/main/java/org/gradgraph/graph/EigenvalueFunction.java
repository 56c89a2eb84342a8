package org.gradgraph.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function that is applied to each eigenvalue alone, made of elementwise operations: the product of two factors, of one number and
 * of parameters that are the same for all eigenvalues.
 */
final class EigenvalueFunction {
    /** Far above what a formula has; rules look at a bounded part of a graph. */
    private static final int MOST_NODES = 200;

    private final Node x;
    private final List<Node> parameters;
    private final Node left;
    private final Node right;

    /** What makes two functions the same one. */
    private final List<Object> structure;

    private EigenvalueFunction(Node x, List<Node> parameters, Node left, Node right) {
        this.x = x;
        this.parameters = List.copyOf(parameters);
        this.left = left;
        this.right = right;
        List<Node> placeholders = new ArrayList<>(List.of(x));
        placeholders.addAll(parameters);
        this.structure = GraphStructure.of(placeholders, List.of(left, right));
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof EigenvalueFunction that && structure.equals(that.structure));
    }

    @Override
    public int hashCode() {
        return structure.hashCode();
    }

    /**
     * {@code V·diag(left·right)·Vᵀ} for two vectors of weights that are functions of the eigenvalues; null if one is not.
     *
     * @param a the matrix
     */
    static @Nullable Node applied(String name, Node a, Node left, Node right) {
        Builder builder = new Builder(a.itself());
        Node first = builder.ofOne(left.itself());
        Node second = first == null ? null : builder.ofOne(right.itself());
        if (first == null || second == null) {
            return null;
        }
        EigenvalueFunction f = new EigenvalueFunction(builder.x, builder.parameters, first, second);
        List<Node> operands = new ArrayList<>(List.of(a));
        operands.addAll(builder.operands);
        return Node.apply(new MatrixFunction(name, f, 0), operands);
    }

    int parameters() {
        return parameters.size();
    }

    /** The left factor for a column of numbers and values of the parameters. */
    Node left(Node column, List<Node> values) {
        return at(left, column, values);
    }

    /** The right factor. */
    Node right(Node column, List<Node> values) {
        return at(right, column, values);
    }

    /** The product of both factors and its derivatives up to an order. */
    List<Node> derivatives(int highest, Node column, List<Node> values) {
        List<Node> all = new ArrayList<>();
        Node derivative = left.times(right);
        for (int order = 0; order <= highest; order++) {
            all.add(at(derivative, column, values));
            derivative = slope(derivative, x);
        }
        return all;
    }

    /** The derivative by a parameter, as a function of the same parameters. */
    EigenvalueFunction by(int parameter) {
        return new EigenvalueFunction(
                x, parameters, slope(left.times(right), parameters.get(parameter)), Node.constant(1));
    }

    /** The derivative of a 1×1 node by a leaf: the vjp of an elementwise operation is also its jvp. */
    private static Node slope(Node f, Node leaf) {
        Map<Node, Node> slopes = new HashMap<>(Map.of(leaf, Node.constant(1)));
        for (Node node : Graph.of(f).nodes()) {
            for (int i = 0; i < node.inputs().size(); i++) {
                Node inner = slopes.get(node.inputs().get(i));
                if (inner != null) {
                    slopes.merge(node, Provenance.vjp(node, inner).get(i), Node::plus);
                }
            }
        }
        return slopes.getOrDefault(f, Node.constant(0));
    }

    private Node at(Node f, Node column, List<Node> values) {
        Map<Node, Node> known = new HashMap<>(Map.of(x, column));
        for (int k = 0; k < parameters.size(); k++) {
            known.put(parameters.get(k), values.get(k));
        }
        for (Node node : Graph.of(f).nodes()) {
            if (!known.containsKey(node)) {
                known.put(node, copy(node, known, column.shape()));
            }
        }
        return Layout.broadcast(known.getOrDefault(f, f), column.shape());
    }

    private static Node copy(Node node, Map<Node, Node> known, Shape shape) {
        Op op = node.op().orElseThrow();
        if (node.inputs().isEmpty()) {
            return node;
        }
        List<Node> operands =
                node.inputs().stream().map(in -> known.getOrDefault(in, in)).toList();
        if (op instanceof View) {
            return operands.get(0);
        }
        return Node.apply(
                op, operands.stream().map(in -> Layout.broadcast(in, shape)).toList());
    }

    /** Makes the function of one number out of weights for all eigenvalues. */
    private static final class Builder {
        private final Node a;
        private final Node x = Node.input("λ");
        private final List<Node> parameters = new ArrayList<>();
        private final List<Node> operands = new ArrayList<>();
        private final Map<Node, Node> known = new HashMap<>();

        Builder(Node a) {
            this.a = a;
        }

        /** Depth first, without recursion. */
        @Nullable
        Node ofOne(Node weights) {
            Deque<Node> path = new ArrayDeque<>(List.of(weights));
            while (!path.isEmpty()) {
                Node node = path.peek();
                List<Node> needed = operandsOf(node);
                if (needed == null || known.size() + path.size() > MOST_NODES) {
                    return null;
                }
                int waiting = path.size();
                needed.stream().filter(in -> !known.containsKey(in)).forEach(path::push);
                if (path.size() == waiting) {
                    path.pop();
                    known.computeIfAbsent(node, this::made);
                }
            }
            return known.get(weights);
        }

        /** Those that differ from eigenvalue to eigenvalue or not; null if the node is no function of each alone. */
        private @Nullable List<Node> operandsOf(Node node) {
            Op op = node.op().orElse(null);
            if (isEigenvalues(node) || isParameter(node)) {
                return List.of();
            }
            if (op instanceof Constant constant) {
                return constant.isAll(constant.value().get(0)) ? List.of() : null;
            }
            boolean isRepeated = op instanceof Layout.Broadcast
                    && node.inputs().get(0).shape().isScalar();
            boolean isSameOrder = op instanceof Layout.Transpose || op instanceof Layout.Reshape;
            return op instanceof Elementwise || isRepeated || isSameOrder ? node.inputs() : null;
        }

        /** A number is one; of a 1×1 matrix the weights are numbers, too. */
        private boolean isParameter(Node node) {
            return node.shape().isScalar()
                    && !(a.shape().isScalar() && node.op().orElse(null) instanceof Elementwise);
        }

        private boolean isEigenvalues(Node node) {
            return node.op().orElse(null) == SymmetricOps.EIGENVALUES
                    && node.inputs().get(0).equals(a);
        }

        private Node made(Node node) {
            Op op = node.op().orElse(null);
            if (isEigenvalues(node)) {
                return x;
            }
            if (op instanceof Constant constant) {
                return Node.constant(constant.value().get(0));
            }
            if (isParameter(node)) {
                Node parameter = Node.input("parameter " + (parameters.size() + 1));
                parameters.add(parameter);
                operands.add(node);
                return parameter;
            }
            List<Node> inputs = node.inputs().stream().map(known::get).toList();
            return op instanceof Elementwise ? Node.apply(op, inputs) : inputs.get(0);
        }
    }
}
