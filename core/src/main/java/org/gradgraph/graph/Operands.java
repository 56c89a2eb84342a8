package org.gradgraph.graph;

import java.util.List;

/** Checks of the operands and the numbers that an operation is made with. */
final class Operands {
    private Operands() {}

    static Shape only(List<Shape> inputs) {
        require(1, inputs);
        return inputs.get(0);
    }

    static void require(int count, List<Shape> inputs) {
        if (inputs.size() != count) {
            throw new ShapeException(
                    "takes " + count + (count == 1 ? " operand" : " operands") + ", not " + inputs.size(),
                    "call the method that makes this operation, not Node.apply");
        }
    }

    static void requireShape(Shape given, Shape wanted) {
        if (!given.equals(wanted)) {
            throw new ShapeException("operand 2 is " + given, "it must be exactly " + wanted);
        }
    }

    static Dim lengthOfVector(Shape shape) {
        if (shape.columns().isOne()) {
            return shape.rows();
        }
        if (shape.rows().isOne()) {
            return shape.columns();
        }
        throw new ShapeException(shape + " is not a vector", "give a matrix of one column or one row");
    }

    static Shape squareMatrix(List<Shape> inputs) {
        square(only(inputs));
        return inputs.get(0);
    }

    static Dim square(Shape shape) {
        if (!shape.rows().equals(shape.columns())) {
            throw new ShapeException(shape + " is not square", "give a matrix with as many rows as columns");
        }
        return shape.rows();
    }

    static void requireBounds(String operation, double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException(operation + ": no number lies between " + Labels.number(low) + " and "
                    + Labels.number(high) + "; give the lower bound first");
        }
    }

    static void requireRate(String operation, double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException(operation + ": " + Labels.number(rate)
                    + " is not a rate; give a number in [0, 1), the fraction that becomes 0");
        }
    }
}
