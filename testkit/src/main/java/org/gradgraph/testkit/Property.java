package org.gradgraph.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;

/** What every operation must have. */
enum Property {
    SHAPES("the shape rule gives a shape, and refuses a wrong number of operands with a ShapeException") {
        @Override
        void check(Sample sample) {
            require(sample.op().shape(sample.shapes()) != null, "the shape rule gives null");
            List<Shape> more = new ArrayList<>(sample.shapes());
            more.add(Shape.SCALAR);
            requireRefused(sample, more, "one operand too many");
            requireRefused(sample, sample.shapes().subList(1, sample.shapes().size()), "one operand too few");
        }
    },
    OVERWRITES("the kernel writes every element, keeps its operands, and gives the same bits again") {
        @Override
        void check(Sample sample) {
            List<DMatrixRMaj> values = sample.values();
            List<DMatrixRMaj> after = sample.operandsAfter(values);
            for (int i = 0; i < values.size(); i++) {
                require(
                        Arrays.equals(values.get(i).data, after.get(i).data),
                        "the kernel has changed operand " + (i + 1));
            }
            double[] result = sample.result(values).data;
            require(
                    Arrays.equals(result, sample.resultAfterAnother(values).data)
                            && Arrays.equals(result, sample.kernel(values).data),
                    "the result depends on what was in its buffer, or on a state");
        }
    },
    LONGER_ARRAYS("operands in arrays that are longer than the matrix give the same") {
        @Override
        void check(Sample sample) {
            List<DMatrixRMaj> longer = sample.values();
            longer.forEach(value -> value.data = Arrays.copyOf(value.data, 2 * value.data.length + 1));
            require(
                    Arrays.equals(sample.result(sample.values()).data, sample.kernel(longer).data),
                    "the kernel takes the length of the array for the number of elements; ask getNumElements()");
        }
    },
    NOT_A_NUMBER("NaN propagates") {
        @Override
        void check(Sample sample) {
            for (int i = 0; i < sample.shapes().size(); i++) {
                List<DMatrixRMaj> values = sample.values();
                Arrays.fill(values.get(i).data, Double.NaN);
                boolean arrived = Arrays.stream(sample.result(values).data).anyMatch(Double::isNaN);
                require(arrived, "operand " + (i + 1) + " is all NaN, but the result has no NaN");
            }
        }
    },
    FIRST_DERIVATIVE("the vjp agrees with differences") {
        @Override
        void check(Sample sample) {
            List<Node> parameters = sample.parameters();
            sample.requireDerivatives(parameters, parameters, sample.values(), 1);
        }
    },
    SECOND_DERIVATIVE("the derivative of the vjp agrees with differences") {
        @Override
        void check(Sample sample) {
            List<Node> parameters = sample.parameters();
            sample.requireDerivatives(parameters, parameters, sample.values(), 2);
        }
    },
    ALIASING("operands that are one node get the sum of both derivatives") {
        @Override
        void check(Sample sample) {
            Shape shape = sample.shapes().get(0);
            if (sample.shapes().stream().allMatch(shape::equals)) {
                Node one = Node.parameter("operand", shape);
                List<Node> same = Collections.nCopies(sample.shapes().size(), one);
                sample.requireDerivatives(same, List.of(one), sample.values().subList(0, 1), 2);
            }
        }
    },
    BROADCASTS("operands that are broadcast get a gradient of their own shape") {
        @Override
        void check(Sample sample) {
            for (int i = 0; i < sample.shapes().size(); i++) {
                Shape shape = sample.shapes().get(i);
                for (Shape small : List.of(
                        Shape.SCALAR, Shape.of(Dim.of(1), shape.columns()), Shape.of(shape.rows(), Dim.of(1)))) {
                    List<Node> parameters = sample.parameters();
                    List<DMatrixRMaj> values = sample.values();
                    parameters.set(i, Node.parameter("broadcast operand " + (i + 1), small));
                    values.set(i, Samples.between(sample.low(), sample.high(), small, new Random(3)));
                    List<Node> operands = new ArrayList<>(parameters);
                    operands.set(i, Layout.broadcast(parameters.get(i), shape));
                    sample.requireDerivatives(operands, parameters, values, 1);
                }
            }
        }
    };

    private final String words;

    Property(String words) {
        this.words = words;
    }

    abstract void check(Sample sample);

    private static void requireRefused(Sample sample, List<Shape> shapes, String what) {
        try {
            sample.op().shape(shapes);
        } catch (ShapeException expected) {
            return;
        } catch (RuntimeException other) {
            throw new AssertionError(what + " gives " + other + "; throw a ShapeException", other);
        }
        throw new AssertionError(what + " is accepted; throw a ShapeException");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }

    @Override
    public String toString() {
        return words;
    }
}
