package org.gradgraph.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;

/** A graph of random operations on small values, all alive at the end, with a feed. */
final class RandomGraph {
    private final Random random;
    private final int rows;
    private final int columns;
    private final List<Node> pool = new ArrayList<>();
    final List<Node> leaves = new ArrayList<>();
    final List<Node> inner = new ArrayList<>();
    final Node output;
    Feeds feeds = Feeds.none();

    RandomGraph(long seed, int rows, int columns, int size) {
        this.random = new Random(seed);
        this.rows = rows;
        this.columns = columns;
        leaf("X", rows, columns);
        leaf("Y", rows, columns);
        leaf("row", 1, columns);
        leaf("column", rows, 1);
        leaf("number", 1, 1);
        leaf("square", columns, columns);
        pool.add(Node.constant(0.5));
        for (int i = 0; i < size; i++) {
            Node node = next();
            pool.add(node);
            inner.add(node);
        }
        Node total = Node.constant(0);
        for (Node node : pool) {
            total = total.plus(random.nextBoolean() ? node.mean() : node.sum().times(0.01));
        }
        this.output = total;
    }

    private void leaf(String name, int m, int n) {
        Node leaf = Node.parameter(name, m, n);
        leaves.add(leaf);
        pool.add(leaf);
        DMatrixRMaj value = new DMatrixRMaj(m, n);
        for (int i = 0; i < value.getNumElements(); i++) {
            value.data[i] = random.nextGaussian();
        }
        feeds = feeds.and(leaf, value);
    }

    private Node any() {
        return pool.get(random.nextInt(pool.size()));
    }

    private Node any(Shape shape) {
        List<Node> fitting =
                pool.stream().filter(node -> node.shape().equals(shape)).toList();
        return fitting.get(random.nextInt(fitting.size()));
    }

    private Node next() {
        Node x = any();
        return switch (random.nextInt(13)) {
            case 0 -> x.plus(any(x.shape()));
            case 1 -> any(Shape.of(rows, columns)).times(any(Shape.of(1, columns)));
            case 2 -> any(Shape.of(rows, 1)).minus(any(Shape.of(rows, columns)));
            case 3 -> x.times(any(Shape.SCALAR));
            case 4 -> x.sigmoid();
            case 5 -> x.sigmoid().exp().square().minus(x.negate());
            case 6 -> x.rowSums().times(1.0 / columns).sigmoid();
            case 7 -> x.columnSums().times(1.0 / rows).sigmoid();
            case 8 -> x.transpose().transpose().dividedBy(x.square().plus(1));
            case 9 ->
                any(Shape.of(rows, columns))
                        .matmul(any(Shape.of(columns, columns)))
                        .times(1.0 / columns);
            case 10 ->
                LinearAlgebra.matmul(any(Shape.of(rows, columns)), any(Shape.of(1, columns)), false, true)
                        .sigmoid();
            case 11 ->
                any(Shape.of(rows, 1))
                        .transpose()
                        .matmul(any(Shape.of(rows, columns)))
                        .sigmoid();
            default -> any(Shape.of(1, columns)).transpose().transpose().plus(x.mean());
        };
    }
}
