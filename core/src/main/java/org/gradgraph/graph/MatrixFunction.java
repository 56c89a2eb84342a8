package org.gradgraph.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A function of a symmetric matrix, {@code V·diag(f(λ))·Vᵀ}, or its derivative of an order in as many directions, by divided
 * differences, which are right where eigenvalues coincide.
 *
 * <p>See N. J. Higham, Functions of Matrices, 2008, theorem 3.11 (Daleckii and Krein). The derivatives are linear and
 * symmetric in their directions, and so closed under their own vjp. Operands are the matrix, the parameters of the function and
 * the directions.
 *
 * @param function how it is called, with its attributes
 * @param f the function of each eigenvalue
 * @param order how many directions there are
 */
record MatrixFunction(String function, EigenvalueFunction f, int order) implements Composite {
    @Override
    public String name() {
        int attributes = function.indexOf('(');
        String word = attributes < 0 ? function : function.substring(0, attributes);
        return word + (order == 0 ? "" : "Derivative");
    }

    @Override
    public String label() {
        return order == 0 ? function : name() + order;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Operands.require(1 + f.parameters() + order, inputs);
        Shape a = inputs.get(0);
        Operands.square(a);
        for (Shape direction : inputs.subList(1 + f.parameters(), inputs.size())) {
            Operands.requireShape(direction, a);
        }
        return a;
    }

    @Override
    public Node expansion(List<Node> inputs) {
        Node a = inputs.get(0);
        Node lambda = Node.apply(SymmetricOps.EIGENVALUES, a);
        List<Node> parameters = inputs.subList(1, 1 + f.parameters());
        if (order > 0) {
            Node table = Layout.concatColumns(
                    f.derivatives(order + 1, lambda, parameters).toArray(Node[]::new));
            List<Node> operands = new ArrayList<>(List.of(a, table));
            operands.addAll(inputs.subList(1 + f.parameters(), inputs.size()));
            return Node.apply(new DividedDifferences(order), operands);
        }
        Node vectors = Node.apply(SymmetricOps.EIGENVECTORS, a);
        return LinearAlgebra.matmul(
                vectors.times(f.left(lambda, parameters).transpose()),
                vectors.times(f.right(lambda, parameters).transpose()),
                false,
                true);
    }

    @Override
    public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
        List<Node> more = new ArrayList<>(inputs);
        more.add(dy);
        List<Node> cotangents = new ArrayList<>();
        cotangents.add(Node.apply(new MatrixFunction(function, f, order + 1), more));
        for (int k = 0; k < f.parameters(); k++) {
            Node slope = Node.apply(new MatrixFunction(function, f.by(k), order), inputs);
            cotangents.add(slope.times(dy).sum());
        }
        for (int d = 1 + f.parameters(); d < inputs.size(); d++) {
            List<Node> exchanged = new ArrayList<>(inputs);
            exchanged.set(d, dy);
            cotangents.add(Node.apply(this, exchanged));
        }
        return cotangents;
    }

    @Override
    public String nonFiniteAdvice() {
        return "an eigenvalue is outside of the domain of the function; add a small multiple of the identity";
    }
}
