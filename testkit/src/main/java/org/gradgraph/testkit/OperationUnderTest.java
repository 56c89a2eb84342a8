package org.gradgraph.testkit;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.Shape;

/**
 * Checks one property of an operation; {@link OperationContract} gives one for each property.
 *
 * <pre>{@code
 * test.within(0.1, 5).check(new MyLogarithm(), Shape.of(2, 3));
 * }</pre>
 */
public final class OperationUnderTest {
    private final Property property;
    private double low = -2;
    private double high = 2;
    private boolean checked;

    OperationUnderTest(Property property) {
        this.property = property;
    }

    /**
     * Where the operands are taken from; between −2 and 2 if not given. Changes this object.
     *
     * @param least the lower bound
     * @param most the upper bound
     * @return this object
     */
    public OperationUnderTest within(double least, double most) {
        if (!(least < most) || Double.isInfinite(most - least)) {
            throw new IllegalArgumentException("the range from " + least + " to " + most
                    + " is empty or infinite; give two numbers, the smaller first");
        }
        this.low = least;
        this.high = most;
        return this;
    }

    /**
     * Checks the property.
     *
     * @param op the operation
     * @param shapes the shapes of its operands, fixed
     * @throws IllegalArgumentException if there is no shape, or one with symbols
     * @throws AssertionError if the operation does not have it
     */
    public void check(Op op, Shape... shapes) {
        checked = true;
        Require.given(op, "check: the operation");
        for (Shape shape : Require.given(shapes, "check: the list of shapes")) {
            if (!Require.given(shape, "check: a shape").isFixed()) {
                throw new IllegalArgumentException("check: the shape " + shape + " is not fixed; give it numbers");
            }
        }
        if (shapes.length == 0) {
            throw new IllegalArgumentException("check: no shape; give one for each operand");
        }
        property.check(new Sample(op, new ArrayList<>(List.of(shapes)), low, high));
    }

    boolean hasChecked() {
        return checked;
    }
}
