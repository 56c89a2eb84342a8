package org.gradgraph.onnx;

import java.util.Arrays;
import java.util.List;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;

/**
 * Whole numbers such as a shape or the places of a slice.
 *
 * @param numbers fixed, or polynomials of symbolic sides
 * @param isScalar whether it is one number instead of a list
 */
record Whole(List<Dim> numbers, boolean isScalar) implements Item {
    private static final Dim ZERO = Dim.of(1).minus(Dim.of(1));

    static Whole of(long... numbers) {
        return new Whole(Arrays.stream(numbers).mapToObj(Whole::dim).toList(), false);
    }

    /** A number as a polynomial; below 1, too. */
    static Dim dim(long number) {
        if (Math.abs(number) >= Integer.MAX_VALUE) {
            throw new OnnxException("the number " + number + " is no size");
        }
        return number >= 1 ? Dim.of((int) number) : ZERO.minus(number == 0 ? ZERO : Dim.of((int) -number));
    }

    static boolean isFixed(List<Dim> numbers) {
        return numbers.stream().allMatch(Dim::isFixed);
    }

    static long value(Dim number) {
        if (!number.isFixed()) {
            throw new OnnxException("it needs a number where " + number + " depends on the input");
        }
        return Sides.constant(number);
    }

    long[] values() {
        return numbers.stream().mapToLong(Whole::value).toArray();
    }

    long only() {
        if (numbers.size() != 1) {
            throw new OnnxException("it needs one number where " + numbers.size() + " are given");
        }
        return value(numbers.get(0));
    }

    Tensor tensor() {
        List<Dim> dims = isScalar ? List.of() : List.of(dim(numbers.size()));
        if (numbers.size() == 1 && !numbers.get(0).isFixed()) {
            return new Tensor(Constants.size(numbers.get(0)), dims, 0, false);
        }
        double[] values = Arrays.stream(values()).asDoubleStream().toArray();
        return new Tensor(Node.constant(1, values.length, values), dims, 0, false);
    }
}
