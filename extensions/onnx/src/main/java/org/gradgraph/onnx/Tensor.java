package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;

/**
 * A tensor of any rank as a matrix: its first sides are the rows, in row-major order, and the others the columns; or the
 * other way round.
 *
 * @param node the matrix
 * @param dims the sides of the tensor
 * @param split how many of them are the rows
 * @param transposed whether rows and columns are exchanged, as in a batch of pictures, one per column
 */
record Tensor(Node node, List<Dim> dims, int split, boolean transposed) implements Item {
    /** Whole numbers beyond it stand for the end of an axis, and are no sizes. */
    static final long FAR = Integer.MAX_VALUE - 1;

    Tensor {
        for (Dim side : dims) {
            if (side.isFixed() && (Sides.constant(side) < 1 || Sides.constant(side) >= FAR)) {
                throw new OnnxException("a side of " + side + " is no size");
            }
        }
    }

    /** A matrix as it is. */
    static Tensor matrix(Node node) {
        return new Tensor(node, List.of(node.shape().rows(), node.shape().columns()), 1, false);
    }

    static int usualSplit(int rank) {
        return Math.max(0, rank - 1);
    }

    int rank() {
        return dims.size();
    }

    /** How an axis is counted from the front, if it is counted from the end. */
    int axis(long given) {
        long axis = given < 0 ? given + rank() : given;
        if (axis < 0 || axis >= rank()) {
            throw new OnnxException("there is no axis " + given + " of " + rank());
        }
        return (int) axis;
    }

    static Dim product(List<Dim> dims) {
        return dims.stream().reduce(Dim.of(1), Dim::times);
    }

    static Shape shape(List<Dim> dims, int split) {
        return Shape.of(product(dims.subList(0, split)), product(dims.subList(split, dims.size())));
    }

    /** The matrix of another layout. */
    Node as(int otherSplit, boolean otherTransposed) {
        if (split == otherSplit && transposed == otherTransposed) {
            return node;
        }
        if (rank() == 4 && transposed && otherTransposed) {
            return as(otherSplit, false).transpose();
        }
        Node plain = transposed ? node.transpose() : node;
        Shape shape = shape(dims, otherSplit);
        Node reshaped = plain.shape().equals(shape) ? plain : Layout.reshape(plain, shape);
        return otherTransposed ? reshaped.transpose() : reshaped;
    }

    Tensor in(int otherSplit, boolean otherTransposed) {
        return new Tensor(as(otherSplit, otherTransposed), dims, otherSplit, otherTransposed);
    }

    /** The matrix of a tensor of at most two axes. */
    Node matrix() {
        if (rank() > 2) {
            throw new OnnxException("it needs a matrix where a tensor of " + rank() + " axes is given");
        }
        return as(usualSplit(rank()), false);
    }

    /** A batch of pictures, one per column. */
    Node pictures() {
        return as(1, true);
    }

    /** The same numbers under other sides. */
    Tensor reshaped(List<Dim> others) {
        if (!product(dims).equals(product(others))) {
            throw new OnnxException("sides " + dims + " cannot become " + others + ", which are not as many numbers");
        }
        List<Integer> splits = new ArrayList<>(List.of(usualSplit(others.size())));
        for (int k = 0; k <= others.size(); k++) {
            splits.add(k);
        }
        if (others.size() == 2 && !transposed) {
            splits = List.of(1);
        }
        Shape shape = transposed ? node.shape().transposed() : node.shape();
        for (int other : splits) {
            if (shape(others, other).equals(shape)) {
                return new Tensor(node, others, other, transposed);
            }
        }
        Node plain = transposed ? node.transpose() : node;
        int usual = usualSplit(others.size());
        return new Tensor(Layout.reshape(plain, shape(others, usual)), others, usual, false);
    }

    /** The number, if this is one that never changes. */
    Optional<Double> number() {
        return node.op().orElse(null) instanceof Constant constant
                        && constant.value().getNumElements() == 1
                ? Optional.of(constant.value().get(0))
                : Optional.empty();
    }

    boolean isNumber() {
        return dims.stream().allMatch(Dim::isOne);
    }

    /** The sides with ones in front, up to a rank. */
    List<Dim> padded(int rank) {
        List<Dim> padded = new ArrayList<>(Collections.nCopies(rank - rank(), Dim.of(1)));
        padded.addAll(dims);
        return padded;
    }
}
