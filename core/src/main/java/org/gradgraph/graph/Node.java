package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Provenance.StandIn;
import org.jspecify.annotations.Nullable;

/**
 * A matrix-valued expression: an input, a parameter, a constant, or an operation applied to nodes.
 *
 * <p>A node is immutable, knows its {@link Shape} from birth and the line of Java code that made it, and holds neither a
 * value nor a gradient. Operands are broadcast where the result has the shape of one of them; a column plus a row is
 * refused.
 *
 * <pre>{@code
 * Node a = Node.parameter("a"), b = Node.parameter("b"), c = Node.parameter("c");      // 1×1
 * Node u = b.times(c).named("u");
 * Node j = a.plus(u).times(3).named("J");
 * }</pre>
 *
 * <p>Two nodes are equal only if they are the same object. Nodes may be shared between threads and graphs.
 *
 * <p>The methods here are the everyday ones; the families, such as {@link Activations}, {@link Losses} and {@link LinearAlgebra}, are complete.
 */
@CheckReturnValue
public sealed class Node permits StandIn {
    /** What a node is. */
    public enum Kind {
        /** Fed with data. */
        INPUT,
        /** What gradients are taken for when nothing else is said, and what an optimiser updates. */
        PARAMETER,
        /** Never changes. */
        CONSTANT,
        /** An operation applied to nodes. */
        OPERATION
    }

    private final @Nullable Op op;
    private final List<Node> inputs;
    private final Shape shape;
    private final @Nullable String name;

    /** The line that made this node, or what {@link Provenance} says of a gradient; a graph may have millions of nodes. */
    private final Object origin;

    private final boolean isParameter;

    Node(@Nullable Op op, List<Node> inputs, Shape shape, @Nullable String name, Object origin, boolean isParameter) {
        this.op = op;
        this.inputs = inputs;
        this.shape = shape;
        this.name = name;
        this.origin = origin;
        this.isParameter = isParameter;
    }

    /** What a vjp is given in place of a node: the same, except that what is made of it has the given origin. */
    Node(Node node, Object origin) {
        this(node.op, node.inputs, node.shape, node.name, origin, node.isParameter);
    }

    /**
     * {@return an input of one number, shape 1×1}
     *
     * @param name how messages, formulas and pictures call it; not blank
     */
    public static Node input(String name) {
        return input(name, Shape.SCALAR);
    }

    /**
     * {@return an input of fixed shape; see {@link #input(String, Shape)}}
     *
     * @param name how messages, formulas and pictures call it; not blank
     * @param rows the number of rows
     * @param columns the number of columns
     */
    public static Node input(String name, int rows, int columns) {
        return input(name, Shape.of(rows, columns));
    }

    /**
     * {@return an input with a symbolic number of columns, the usual one for examples; see
     * {@link #input(String, Shape)}}
     *
     * @param name how messages, formulas and pictures call it; not blank
     * @param rows the number of rows
     * @param columns the number of columns
     */
    public static Node input(String name, int rows, Dim columns) {
        return input(name, Shape.of(Dim.of(rows), columns));
    }

    /**
     * {@return an input with a symbolic number of rows; see {@link #input(String, Shape)}}
     *
     * @param name how messages, formulas and pictures call it; not blank
     * @param rows the number of rows
     * @param columns the number of columns
     */
    public static Node input(String name, Dim rows, int columns) {
        return input(name, Shape.of(rows, Dim.of(columns)));
    }

    /**
     * {@return an input with both sides symbolic; see {@link #input(String, Shape)}}
     *
     * @param name how messages, formulas and pictures call it; not blank
     * @param rows the number of rows
     * @param columns the number of columns
     */
    public static Node input(String name, Dim rows, Dim columns) {
        return input(name, Shape.of(rows, columns));
    }

    /**
     * {@return a node that is fed with data before each run}
     *
     * <pre>{@code
     * Node x = Node.input("X", 30, Dim.named("m"));
     * }</pre>
     *
     * @param name how messages, formulas and pictures call it; not blank
     * @param shape the shape of what will be fed
     */
    public static Node input(String name, Shape shape) {
        return leaf(false, name, shape);
    }

    /**
     * {@return a parameter of one number, shape 1×1}
     *
     * @param name how messages, formulas and pictures call it; not blank
     */
    public static Node parameter(String name) {
        return parameter(name, Shape.SCALAR);
    }

    /**
     * {@return a parameter of fixed shape; see {@link #parameter(String, Shape)}}
     *
     * @param name how messages, formulas and pictures call it; not blank
     * @param rows the number of rows
     * @param columns the number of columns
     */
    public static Node parameter(String name, int rows, int columns) {
        return parameter(name, Shape.of(rows, columns));
    }

    /**
     * {@return a parameter with a symbolic number of columns; see {@link #parameter(String, Shape)}}
     *
     * @param name how messages, formulas and pictures call it; not blank
     * @param rows the number of rows
     * @param columns the number of columns
     */
    public static Node parameter(String name, int rows, Dim columns) {
        return parameter(name, Shape.of(Dim.of(rows), columns));
    }

    /**
     * {@return a parameter with a symbolic number of rows; see {@link #parameter(String, Shape)}}
     *
     * @param name how messages, formulas and pictures call it; not blank
     * @param rows the number of rows
     * @param columns the number of columns
     */
    public static Node parameter(String name, Dim rows, int columns) {
        return parameter(name, Shape.of(rows, Dim.of(columns)));
    }

    /**
     * {@return a parameter with both sides symbolic; see {@link #parameter(String, Shape)}}
     *
     * @param name how messages, formulas and pictures call it; not blank
     * @param rows the number of rows
     * @param columns the number of columns
     */
    public static Node parameter(String name, Dim rows, Dim columns) {
        return parameter(name, Shape.of(rows, columns));
    }

    /**
     * {@return a node for which gradients are taken, and which an optimiser updates}
     *
     * <p>It has no value of its own: a run is given one, as for an input.
     *
     * @param name how messages, formulas and pictures call it; not blank
     * @param shape the shape of its values
     */
    public static Node parameter(String name, Shape shape) {
        return leaf(true, name, shape);
    }

    private static Node leaf(boolean isParameter, String name, Shape shape) {
        String method = isParameter ? "Node.parameter" : "Node.input";
        requireName(method, name);
        if (shape == null) {
            throw new IllegalArgumentException(
                    method + ": the shape of \"" + name + "\" is null; give a value, for example Shape.SCALAR");
        }
        return new Node(null, List.of(), shape, name, SourceLine.ofCaller(), isParameter);
    }

    private static void requireName(String method, String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(
                    method + ": the name is " + (name == null ? "null" : "empty") + "; give a text, for example \"x\"");
        }
    }

    /**
     * {@return a constant number, shape 1×1}
     *
     * @param value any number, NaN and ±∞ included
     */
    public static Node constant(double value) {
        return constant(new DMatrixRMaj(1, 1, true, value));
    }

    /**
     * {@return a constant matrix, given by its rows}
     *
     * @param rows rows of equal length, copied
     * @throws ShapeException if there is no element or the rows differ in length
     */
    public static Node constant(double[][] rows) {
        return constant(Matrices.ofRows(rows));
    }

    /**
     * {@return a constant matrix, given by its elements row by row}
     *
     * @param rows the number of rows
     * @param columns the number of columns
     * @param elements rows·columns elements, the first row first; copied
     * @throws ShapeException if a side is below 1, or the number of elements is another
     */
    public static Node constant(int rows, int columns, double[] elements) {
        return constant(Matrices.ofElements(rows, columns, elements));
    }

    /**
     * {@return a constant matrix}
     *
     * @param value its value, copied
     * @throws ShapeException if a side is 0
     * @throws IllegalArgumentException if its array is too short
     */
    public static Node constant(DMatrixRMaj value) {
        Constant constant =
                new Constant(Require.matrix(value, "the value of a constant").copy());
        Shape shape = constant.shape(List.of());
        return new Node(constant, List.of(), shape, null, SourceLine.ofCaller(), false);
    }

    /**
     * {@return an operation applied to nodes, for user-defined operations; see {@link #apply(Op, List)}}
     *
     * @param op the operation
     * @param inputs its operands
     */
    public static Node apply(Op op, Node... inputs) {
        return apply(op, Arrays.asList(Require.given(inputs, "the operands of an operation")));
    }

    /**
     * {@return the result of an operation applied to nodes}
     *
     * <p>The operands are taken as they are. The methods of the families broadcast first.
     *
     * @param op the operation
     * @param inputs its operands, copied
     * @throws ShapeException if the operands do not fit, naming operation, operands, shapes and lines
     */
    public static Node apply(Op op, List<Node> inputs) {
        requireOperands(op, inputs);
        int count = inputs.size();
        Node[] operands = new Node[count];
        Shape[] shapes = new Shape[count];
        Object origin = null;
        for (int i = 0; i < count; i++) {
            Node input = inputs.get(i);
            operands[i] = input.itself();
            shapes[i] = input.shape;
            origin = origin == null ? Provenance.passedOn(input.origin) : origin;
        }
        origin = origin == null ? lineOfCaller(operands) : origin;
        try {
            Shape shape = op.shape(List.of(shapes));
            if (shape == null) {
                throw new ShapeException("its shape rule gives null", "return the shape of the result");
            }
            return new Node(op, List.of(operands), shape, null, origin, false);
        } catch (ShapeException mismatch) {
            throw mismatch.in(op.label(), List.of(operands), Provenance.line(origin));
        } catch (RuntimeException bug) {
            ShapeException placed = new ShapeException(
                            "its shape rule failed with " + bug, "fix shape(…) in " + op.name())
                    .in(op.label(), List.of(operands), Provenance.line(origin));
            placed.addSuppressed(bug);
            throw placed;
        }
    }

    /** The line of the caller; inside a vjp, the line of the node whose vjp it is. */
    static SourceLine lineOfOperation(List<Node> inputs) {
        for (Node input : inputs) {
            if (Provenance.passedOn(input.origin) != null) {
                return input.source();
            }
        }
        return SourceLine.ofCaller();
    }

    /** Nodes that a loop makes on one line share it. */
    private static SourceLine lineOfCaller(Node... operands) {
        SourceLine line = SourceLine.ofCaller();
        for (Node operand : operands) {
            if (line.equals(operand.origin)) {
                return (SourceLine) operand.origin;
            }
        }
        return line;
    }

    static void requireOperands(Op op, List<Node> inputs) {
        Require.given(op, "the operation to apply");
        Require.given(inputs, "the list of operands");
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i) == null) {
                throw missingOperand(op.label(), i);
            }
        }
    }

    static void requireOperands(String operation, Node... inputs) {
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i] == null) {
                throw missingOperand(operation, i);
            }
        }
    }

    static IllegalArgumentException missingOperand(String operation, int place) {
        return new IllegalArgumentException(operation + ": operand " + (place + 1) + " is null; give a node");
    }

    /**
     * {@return the same expression under a name; messages, formulas and pictures use it}
     *
     * <p>Keep the returned node: this one stays as it is. Inputs and parameters have their name from birth.
     *
     * <pre>{@code
     * Node z = w.transpose().matmul(x).plus(b).named("Z");
     * }</pre>
     *
     * @param name how messages, formulas and pictures call it; not blank
     * @throws IllegalArgumentException if the name is null or blank
     * @throws IllegalStateException if this is an input or a parameter
     */
    public Node named(String name) {
        requireName("Node.named", name);
        if (op == null) {
            throw new IllegalStateException(
                    describe() + " has its name from birth: a renamed copy would be another " + kindWord());
        }
        return new Node(op, inputs, shape, name, origin, false);
    }

    /** The same computation on other operands, with another name and origin. */
    Node copy(List<Node> operands, @Nullable String otherName, Object otherOrigin) {
        return new Node(op, operands, shape, otherName, otherOrigin, isParameter);
    }

    /** The same node with sizes in place of symbols; what held for any size may not hold for these. */
    Node bind(List<Node> operands, Sizes sizes) {
        if (op == null) {
            return new Node(null, operands, shape.bind(sizes), name, origin, isParameter);
        }
        Op bound = op.bind(sizes);
        try {
            Shape checked = bound.shape(operands.stream().map(Node::shape).toList());
            return new Node(bound, operands, checked, name, origin, isParameter);
        } catch (ShapeException mismatch) {
            throw mismatch.in(op.label(), operands, source());
        }
    }

    /** The node of the graph: this one, or the node that it represents inside a vjp. */
    Node itself() {
        return this;
    }

    /** Where it comes from, for {@link Provenance}. */
    final Object origin() {
        return origin;
    }

    /** {@return what this node is} */
    public Kind kind() {
        if (op == null) {
            return isParameter ? Kind.PARAMETER : Kind.INPUT;
        }
        return op instanceof Constant ? Kind.CONSTANT : Kind.OPERATION;
    }

    /** {@return the operation; empty for inputs and parameters} A constant is an operation without operands. */
    public Optional<Op> op() {
        return Optional.ofNullable(op);
    }

    /** {@return the operands in order, none for a leaf; not modifiable} */
    public List<Node> inputs() {
        return inputs;
    }

    /** {@return the shape of the value} */
    public Shape shape() {
        return shape;
    }

    /** {@return the name; empty if it has none} */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** {@return the line of Java code that made this node; for a gradient, the line of what it is a gradient of} */
    public SourceLine source() {
        return Provenance.line(origin);
    }

    /**
     * {@return the name or operation, and the shape, as messages show a node, for example {@code "w" 30×1} or
     * {@code matmul 1×m}}
     */
    public String describe() {
        return (name != null ? Labels.quoted(name) : op != null ? op.label() : kindWord()) + " " + shape;
    }

    private String kindWord() {
        return Labels.of(kind());
    }

    /** The same as {@link #describe()}; {@link Graph#toString()} prints a whole graph. */
    @Override
    public String toString() {
        return describe();
    }

    /**
     * {@return the elementwise sum; see {@link Arithmetic#add}}
     *
     * @param other a matrix of the same shape, or one that broadcasts with this
     */
    public Node plus(Node other) {
        return Arithmetic.add(this, other);
    }

    /**
     * {@return every element plus a number; see {@link Arithmetic#addScalar}}
     *
     * @param number any number
     */
    public Node plus(double number) {
        return Arithmetic.addScalar(this, number);
    }

    /**
     * {@return the elementwise difference; see {@link Arithmetic#subtract}}
     *
     * @param other a matrix of the same shape, or one that broadcasts with this
     */
    public Node minus(Node other) {
        return Arithmetic.subtract(this, other);
    }

    /**
     * {@return every element minus a number; see {@link Arithmetic#addScalar}}
     *
     * @param number any number
     */
    public Node minus(double number) {
        return Arithmetic.addScalar(this, -number);
    }

    /**
     * {@return the elementwise product; see {@link Arithmetic#multiply}} The matrix product is {@link #matmul}.
     *
     * @param other a matrix of the same shape, or one that broadcasts with this
     */
    public Node times(Node other) {
        return Arithmetic.multiply(this, other);
    }

    /**
     * {@return every element times a number; see {@link Arithmetic#scale}}
     *
     * @param number any number
     */
    public Node times(double number) {
        return Arithmetic.scale(this, number);
    }

    /**
     * {@return every element times an integer; see {@link Arithmetic#scale}}
     *
     * <p>0 is refused, because it is what Java makes of {@code 1/2}. Write {@code times(0.5)} for a half, and {@code
     * times(0.0)} for zeros.
     *
     * @param number an integer, not 0
     * @throws IllegalArgumentException if the number is 0
     */
    public Node times(int number) {
        return times((double) notZero("times", number));
    }

    private static int notZero(String method, int number) {
        if (number == 0) {
            throw new IllegalArgumentException(
                    "Node." + method + ": the integer is 0, and 1/2 is 0 in Java; write 0.5 or" + " 1.0/2 for a half, "
                            + method + "(0.0) if 0 is meant");
        }
        return number;
    }

    /**
     * {@return the elementwise quotient; see {@link Arithmetic#divide}}
     *
     * @param other a matrix of the same shape, or one that broadcasts with this
     */
    public Node dividedBy(Node other) {
        return Arithmetic.divide(this, other);
    }

    /**
     * {@return every element divided by a number; see {@link Arithmetic#divide}}
     *
     * @param number any number
     */
    public Node dividedBy(double number) {
        return Arithmetic.divide(this, constant(number));
    }

    /**
     * {@return every element divided by an integer; see {@link Arithmetic#divide}}
     *
     * <p>0 is refused, as by {@link #times(int)}; {@code dividedBy(0.0)} is not.
     *
     * @param number an integer, not 0
     * @throws IllegalArgumentException if the number is 0
     */
    public Node dividedBy(int number) {
        return dividedBy((double) notZero("dividedBy", number));
    }

    /** {@return the elementwise negative; see {@link Arithmetic#negate}} */
    public Node negate() {
        return Arithmetic.negate(this);
    }

    /** {@return the elementwise square; see {@link Arithmetic#square}} */
    public Node square() {
        return Arithmetic.square(this);
    }

    /**
     * {@return the elementwise power; see {@link Arithmetic#power(Node, double)}}
     *
     * @param exponent any number
     */
    public Node power(double exponent) {
        return Arithmetic.power(this, exponent);
    }

    /**
     * {@return the elementwise power; see {@link Arithmetic#power(Node, Node)}}
     *
     * @param exponent a matrix of the same shape, or one that broadcasts with this
     */
    public Node power(Node exponent) {
        return Arithmetic.power(this, exponent);
    }

    /** {@return elementwise {@code 1/x}; see {@link Arithmetic#reciprocal}} */
    public Node reciprocal() {
        return Arithmetic.reciprocal(this);
    }

    /** {@return the elementwise square root; see {@link Elementary#sqrt}} */
    public Node sqrt() {
        return Elementary.sqrt(this);
    }

    /** {@return the elementwise absolute value; see {@link Elementary#abs}} */
    public Node abs() {
        return Elementary.abs(this);
    }

    /** {@return elementwise e<sup>x</sup>; see {@link Elementary#exp}} */
    public Node exp() {
        return Elementary.exp(this);
    }

    /** {@return the elementwise natural logarithm; see {@link Elementary#log}} */
    public Node log() {
        return Elementary.log(this);
    }

    /** {@return the elementwise sine; see {@link Elementary#sin}} */
    public Node sin() {
        return Elementary.sin(this);
    }

    /** {@return the elementwise cosine; see {@link Elementary#cos}} */
    public Node cos() {
        return Elementary.cos(this);
    }

    /** {@return the elementwise hyperbolic tangent; see {@link Elementary#tanh}} */
    public Node tanh() {
        return Elementary.tanh(this);
    }

    /** {@return elementwise 1/(1 + e<sup>−x</sup>); see {@link Activations#sigmoid}} */
    public Node sigmoid() {
        return Activations.sigmoid(this);
    }

    /** {@return the elementwise maximum of this and 0; see {@link Activations#relu}} */
    public Node relu() {
        return Activations.relu(this);
    }

    /** {@return elementwise log(1 + e<sup>x</sup>); see {@link Activations#softplus}} */
    public Node softplus() {
        return Activations.softplus(this);
    }

    /**
     * {@return the elementwise maximum; see {@link Comparisons#maximum}}
     *
     * @param other a matrix of the same shape, or one that broadcasts with this
     */
    public Node maximum(Node other) {
        return Comparisons.maximum(this, other);
    }

    /**
     * {@return the elementwise minimum; see {@link Comparisons#minimum}}
     *
     * @param other a matrix of the same shape, or one that broadcasts with this
     */
    public Node minimum(Node other) {
        return Comparisons.minimum(this, other);
    }

    /**
     * {@return each element limited to an interval; see {@link Comparisons#clip}}
     *
     * @param low the lower bound, at most {@code high}
     * @param high the upper bound
     */
    public Node clip(double low, double high) {
        return Comparisons.clip(this, low, high);
    }

    /** {@return the same value, taken as a constant by differentiation; see {@link Arithmetic#stopGradient}} */
    public Node stopGradient() {
        return Arithmetic.stopGradient(this);
    }

    /**
     * {@return the matrix product; see {@link LinearAlgebra#matmul}} The elementwise product is {@link #times}.
     *
     * @param other k×n for this node's m×k
     */
    public Node matmul(Node other) {
        return LinearAlgebra.matmul(this, other);
    }

    /** {@return the transposed matrix: m×n becomes n×m; see {@link Layout#transpose}} */
    public Node transpose() {
        return Layout.transpose(this);
    }

    /**
     * {@return a row, a column or a number repeated to a shape; see {@link Layout#broadcast}}
     *
     * @param target the shape of the result
     */
    public Node broadcastTo(Shape target) {
        return Layout.broadcast(this, target);
    }

    /**
     * {@return the sum over what broadcasting from a shape would repeat; see {@link Layout#sumTo}}
     *
     * @param target the shape of the result
     */
    public Node sumTo(Shape target) {
        return Layout.sumTo(this, target);
    }

    /** {@return the sum of all elements, 1×1; see {@link Reductions#sum}} */
    public Node sum() {
        return Reductions.sum(this);
    }

    /** {@return the sum of each row, m×1; see {@link Reductions#rowSums}} */
    public Node rowSums() {
        return Reductions.rowSums(this);
    }

    /** {@return the sum of each column, 1×n; see {@link Reductions#columnSums}} */
    public Node columnSums() {
        return Reductions.columnSums(this);
    }

    /** {@return the mean of all elements, 1×1; see {@link Reductions#mean}} */
    public Node mean() {
        return Reductions.mean(this);
    }

    /** {@return the mean of each row, m×1; see {@link Reductions#rowMeans}} */
    public Node rowMeans() {
        return Reductions.rowMeans(this);
    }

    /** {@return the mean of each column, 1×n; see {@link Reductions#columnMeans}} */
    public Node columnMeans() {
        return Reductions.columnMeans(this);
    }

    /** {@return the largest element, 1×1; see {@link Reductions#max(Node)}} */
    public Node max() {
        return Reductions.max(this);
    }

    /** {@return the smallest element, 1×1; see {@link Reductions#min(Node)}} */
    public Node min() {
        return Reductions.min(this);
    }

    /** {@return the Euclidean norm of all elements, 1×1; see {@link Reductions#norm2(Node)}} */
    public Node norm2() {
        return Reductions.norm2(this);
    }

    /** {@return the softmax of each row; see {@link Activations#softmaxRows}} */
    public Node softmaxRows() {
        return Activations.softmaxRows(this);
    }

    /** {@return the softmax of each column; see {@link Activations#softmaxColumns}} */
    public Node softmaxColumns() {
        return Activations.softmaxColumns(this);
    }

    /**
     * {@return the inner product with a matrix of the same shape, 1×1; see {@link LinearAlgebra#dot}}
     *
     * @param other a matrix of the same shape
     */
    public Node dot(Node other) {
        return LinearAlgebra.dot(this, other);
    }

    /**
     * {@return the same elements in row-major order under another shape; see {@link Layout#reshape(Node, int, int)}}
     *
     * @param rows the number of rows
     * @param columns the number of columns
     */
    public Node reshape(int rows, int columns) {
        return Layout.reshape(this, rows, columns);
    }

    /**
     * {@return one element, 1×1; see {@link Layout#at}}
     *
     * @param row the row, counted from 0
     * @param column the column, counted from 0
     */
    public Node at(int row, int column) {
        return Layout.at(this, row, column);
    }

    /**
     * {@return a block of neighbouring rows and columns, counted from 0, without the ends; see {@link Layout#slice}}
     *
     * @param fromRow the first row of the block
     * @param toRow the row after the last one
     * @param fromColumn the first column
     * @param toColumn the column after the last one
     */
    public Node slice(int fromRow, int toRow, int fromColumn, int toColumn) {
        return Layout.slice(this, fromRow, toRow, fromColumn, toColumn);
    }
}
