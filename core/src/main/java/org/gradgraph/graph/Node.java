package org.gradgraph.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
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
 * <p>The methods here are the everyday ones; {@link Ops} is the complete list.
 */
public final class Node {
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

    /** The origin of what differentiation returned. */
    private static final class Derived {
        private final Object origin;
        private final Pullback.Part part;

        Derived(Object origin, Pullback.Part part) {
            this.origin = origin;
            this.part = part;
        }
    }

    private final @Nullable Op op;
    private final List<Node> inputs;
    private final Shape shape;
    private final @Nullable String name;

    /**
     * The line that made this node, the node whose vjp made it, or {@link Derived}; one field, because a graph may have
     * millions of nodes.
     */
    private final Object origin;

    /** What a vjp is given in place of this node, so that what it makes belongs to the right line. */
    private final @Nullable Node standsFor;

    /** Nodes made from this one inside a vjp belong to the same line of the forward graph. */
    private final boolean inVjp;

    private final boolean isParameter;

    private Node(
            @Nullable Op op,
            List<Node> inputs,
            Shape shape,
            @Nullable String name,
            Object origin,
            @Nullable Node standsFor,
            boolean inVjp,
            boolean isParameter) {
        this.op = op;
        this.inputs = inputs;
        this.shape = shape;
        this.name = name;
        this.origin = origin;
        this.standsFor = standsFor;
        this.inVjp = inVjp;
        this.isParameter = isParameter;
    }

    private static Node operation(
            @Nullable Op op, List<Node> inputs, Shape shape, @Nullable String name, Object origin, boolean inVjp) {
        return new Node(op, inputs, shape, name, origin, null, inVjp, false);
    }

    /** An input of one number, shape 1×1. */
    public static Node input(String name) {
        return input(name, Shape.SCALAR);
    }

    /** An input of fixed shape; see {@link #input(String, Shape)}. */
    public static Node input(String name, int rows, int columns) {
        return input(name, Shape.of(rows, columns));
    }

    /** An input with a symbolic number of columns, the usual one for examples; see {@link #input(String, Shape)}. */
    public static Node input(String name, int rows, Dim columns) {
        return input(name, Shape.of(Dim.of(rows), columns));
    }

    /** An input with a symbolic number of rows; see {@link #input(String, Shape)}. */
    public static Node input(String name, Dim rows, int columns) {
        return input(name, Shape.of(rows, Dim.of(columns)));
    }

    /** An input with both sides symbolic; see {@link #input(String, Shape)}. */
    public static Node input(String name, Dim rows, Dim columns) {
        return input(name, Shape.of(rows, columns));
    }

    /**
     * A node that is fed with data before each run.
     *
     * <pre>{@code
     * Node x = Node.input("X", 30, Dim.named("m"));
     * }</pre>
     *
     * @param name how messages, formulas and pictures call it
     * @param shape the shape of what will be fed
     */
    public static Node input(String name, Shape shape) {
        return leaf(false, name, shape);
    }

    /** A parameter of one number, shape 1×1. */
    public static Node parameter(String name) {
        return parameter(name, Shape.SCALAR);
    }

    /** A parameter of fixed shape; see {@link #parameter(String, Shape)}. */
    public static Node parameter(String name, int rows, int columns) {
        return parameter(name, Shape.of(rows, columns));
    }

    /** A parameter with a symbolic number of columns; see {@link #parameter(String, Shape)}. */
    public static Node parameter(String name, int rows, Dim columns) {
        return parameter(name, Shape.of(Dim.of(rows), columns));
    }

    /** A parameter with a symbolic number of rows; see {@link #parameter(String, Shape)}. */
    public static Node parameter(String name, Dim rows, int columns) {
        return parameter(name, Shape.of(rows, Dim.of(columns)));
    }

    /** A parameter with both sides symbolic; see {@link #parameter(String, Shape)}. */
    public static Node parameter(String name, Dim rows, Dim columns) {
        return parameter(name, Shape.of(rows, columns));
    }

    /**
     * A node for which gradients are taken, and which an optimiser updates.
     *
     * <p>It has no value of its own: a run is given one, as for an input.
     *
     * @param name how messages, formulas and pictures call it
     * @param shape the shape of its values
     */
    public static Node parameter(String name, Shape shape) {
        return leaf(true, name, shape);
    }

    private static Node leaf(boolean isParameter, String name, Shape shape) {
        if (name == null || shape == null) {
            throw new IllegalArgumentException(
                    "an input or parameter needs a name and a shape, for example Node.input(\"X\", 30, m)");
        }
        return new Node(null, List.of(), shape, name, SourceLine.ofCaller(), null, false, isParameter);
    }

    /** A constant number, shape 1×1. */
    public static Node constant(double value) {
        return constant(new DMatrixRMaj(1, 1, true, value));
    }

    /**
     * A constant matrix, given by its rows.
     *
     * @param rows rows of equal length, copied
     * @throws ShapeException if there is no element or the rows differ in length
     */
    public static Node constant(double[][] rows) {
        return constant(Matrices.ofRows(rows));
    }

    /**
     * A constant matrix.
     *
     * @param value its value, copied
     * @throws ShapeException if a side is 0
     * @throws IllegalArgumentException if its array is too short
     */
    public static Node constant(DMatrixRMaj value) {
        Constant constant =
                new Constant(Require.matrix(value, "the value of a constant").copy());
        Shape shape = constant.shape(List.of());
        return operation(constant, List.of(), shape, null, SourceLine.ofCaller(), false);
    }

    /** An operation applied to nodes, for operations of one's own; see {@link #apply(Op, List)}. */
    public static Node apply(Op op, Node... inputs) {
        return apply(op, Arrays.asList(Require.given(inputs, "the operands of an operation")));
    }

    /**
     * An operation applied to nodes.
     *
     * <p>The operands are taken as they are. Built-in operations are made by {@link Ops}, which broadcasts first.
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
        Node inherited = null;
        for (int i = 0; i < count; i++) {
            Node input = inputs.get(i);
            operands[i] = input.itself();
            shapes[i] = input.shape;
            inherited = inherited == null && input.inVjp ? input : inherited;
        }
        Object origin = inherited == null ? lineOfCaller(operands) : inherited.origin;
        try {
            Shape shape = op.shape(List.of(shapes));
            if (shape == null) {
                throw new ShapeException("its shape rule gives null", "return the shape of the result");
            }
            return operation(op, List.of(operands), shape, null, origin, inherited != null);
        } catch (ShapeException mismatch) {
            throw mismatch.in(op.label(), List.of(operands), lineOf(origin));
        } catch (RuntimeException bug) {
            ShapeException told = new ShapeException(
                            "its shape rule failed with " + bug, "mend shape(…) of " + op.name())
                    .in(op.label(), List.of(operands), lineOf(origin));
            told.addSuppressed(bug);
            throw told;
        }
    }

    /** The line of the caller; inside a vjp, the line of the node whose vjp it is. */
    static SourceLine lineOfOperation(List<Node> inputs) {
        for (Node input : inputs) {
            if (input.inVjp) {
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

    private static SourceLine lineOf(Object origin) {
        Object next = underlying(origin);
        while (next instanceof Node node) {
            next = underlying(node.origin);
        }
        return (SourceLine) next;
    }

    private static Object underlying(Object origin) {
        return origin instanceof Derived derived ? derived.origin : origin;
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
     * The same expression under a name; messages, formulas and pictures use it.
     *
     * <p>Keep the returned node: this one stays as it is. Inputs and parameters have their name from birth.
     *
     * <pre>{@code
     * Node z = w.transpose().matmul(x).plus(b).named("Z");
     * }</pre>
     *
     * @throws IllegalStateException if this is an input or a parameter
     */
    public Node named(String name) {
        if (name == null) {
            throw new IllegalArgumentException(describe() + " cannot be named null; give a text");
        }
        if (op == null) {
            throw new IllegalStateException(
                    describe() + " has its name from birth: a renamed copy would be another " + kindWord());
        }
        return operation(op, inputs, shape, name, origin, inVjp);
    }

    /**
     * The same operation on other operands, with the name and the line of nodes that are given.
     *
     * <p>Rewriting is made of this: what replaces a node is attributed to it.
     *
     * @param operands as many as before, each of the same shape as the one it replaces
     * @param named the node whose name the copy takes, if it has one
     * @param made the node whose line the copy takes
     * @throws ShapeException if an operand has another shape
     */
    public Node copy(List<Node> operands, Node named, Node made) {
        Require.given(operands, "copy: the list of nodes");
        Node namesake = Require.given(named, "copy: the node with the name");
        Object line = underlying(Require.given(made, "copy: the node with the line").origin);
        Node[] others = new Node[operands.size()];
        boolean fits = others.length == inputs.size();
        for (int i = 0; i < others.length; i++) {
            others[i] = Require.given(operands.get(i), "copy: an operand");
            fits = fits && inputs.get(i).shape.equals(others[i].shape);
        }
        if (!fits) {
            throw new ShapeException(
                    describe() + " cannot be copied to other operands", "give as many operands, of the same shapes");
        }
        return new Node(op, List.of(others), shape, namesake.name, line, null, false, isParameter);
    }

    /**
     * The cotangents of this node's inputs, given its own: the node's operation asked for its vjp, and the answer
     * checked.
     *
     * <p>Reverse mode is a loop over this. The nodes made belong to this node's line.
     *
     * @param dy a cotangent of this node's shape
     * @return one node for each input, of that input's shape
     * @throws NoGradientException if the operation has no vjp, or one that is wrong in number or shape; it names the
     *     operation and this node's line
     */
    public List<Node> vjp(Node dy) {
        Require.given(dy, "the cotangent of a node");
        if (op == null) {
            return List.of();
        }
        if (!dy.shape.equals(shape)) {
            throw new NoGradientException("a cotangent of " + describe() + ", made at " + source() + ", is " + shape
                    + ", not " + dy.shape + "; give one of exactly that shape");
        }
        List<Node> cotangents;
        try {
            Node[] operands = new Node[inputs.size()];
            for (int i = 0; i < operands.length; i++) {
                operands[i] = standIn(inputs.get(i));
            }
            cotangents = op.vjp(List.of(operands), standIn(this), standIn(dy));
        } catch (NoGradientException missing) {
            throw new NoGradientException(missing.getMessage() + ", so no gradient flows through " + describe()
                    + ", made at " + source() + "; give the operation a vjp or take the gradient of something else");
        }
        if (cotangents == null || cotangents.size() != inputs.size()) {
            throw wrongVjp((cotangents == null ? "null" : count(cotangents.size(), "cotangent")) + " for "
                    + count(inputs.size(), "operand"));
        }
        for (int i = 0; i < inputs.size(); i++) {
            Node cotangent = cotangents.get(i);
            if (cotangent == null) {
                throw wrongVjp("null for operand " + (i + 1));
            }
            if (!cotangent.shape.equals(inputs.get(i).shape)) {
                throw wrongVjp("a cotangent of shape " + cotangent.shape + " for operand " + (i + 1) + " of shape "
                        + inputs.get(i).shape);
            }
        }
        Node[] result = new Node[cotangents.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = cotangents.get(i).itself();
        }
        return List.of(result);
    }

    private NoGradientException wrongVjp(String answer) {
        return new NoGradientException(
                "the vjp of operation " + Require.given(op, "the operation").label() + " returns " + answer + " at "
                        + describe() + ", made at " + source()
                        + "; it must return one node for each operand, of that operand's shape, zeros where nothing flows");
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** Whether cotangents pass this node; see {@link Op#gradientFlow()}. Inputs and parameters stop nothing. */
    public boolean passesGradients() {
        return op == null || op.gradientFlow() == GradientFlow.PASSES;
    }

    /**
     * The sum of two cotangents of this node, for a node that is used several times.
     *
     * <p>Like the cotangents themselves, it belongs to this node's line.
     */
    public Node sumOfCotangents(Node first, Node second) {
        return standIn(Require.given(first, "the first cotangent")).plus(second);
    }

    /**
     * A result of {@link #vjp} as a node like any other: what is made from it belongs to the line that makes it.
     *
     * <p>Reverse mode ends with this.
     */
    public Node released() {
        return inVjp && standsFor == null ? operation(op, inputs, shape, name, origin, false) : this;
    }

    /** The same, remembering what it is a derivative of. */
    public Node released(Pullback.Part part) {
        Require.given(part, "released: what it is a derivative of");
        return inVjp && standsFor == null
                ? operation(op, inputs, shape, name, new Derived(underlying(origin), part), false)
                : this;
    }

    /** A node that a vjp uses in place of another one, with the line of this node. */
    private Node standIn(Node node) {
        return new Node(node.op, node.inputs, node.shape, node.name, this, node.itself(), true, node.isParameter);
    }

    /** The node that a vjp was given a stand-in for. */
    Node itself() {
        return standsFor == null ? this : standsFor;
    }

    /** What this node is. */
    public Kind kind() {
        if (op == null) {
            return isParameter ? Kind.PARAMETER : Kind.INPUT;
        }
        return op instanceof Constant ? Kind.CONSTANT : Kind.OPERATION;
    }

    /** The operation; empty for inputs and parameters. A constant is an operation without operands. */
    public Optional<Op> op() {
        return Optional.ofNullable(op);
    }

    /** The operands in order, none for a leaf; not modifiable. */
    public List<Node> inputs() {
        return inputs;
    }

    /** The shape of the value. */
    public Shape shape() {
        return shape;
    }

    /** The name, if it was given one. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The line of Java code that made this node; for a gradient, the line of what it is a gradient of. */
    public SourceLine source() {
        return lineOf(origin);
    }

    /**
     * The node whose vjp made this one; empty for what the user made.
     *
     * <p>So a gradient graph says of each of its nodes which operation of the forward graph it belongs to. A sum of
     * cotangents belongs to the operation that gave the first of them.
     */
    public Optional<Node> vjpOf() {
        return underlying(origin) instanceof Node node ? Optional.of(node) : Optional.empty();
    }

    /** What this is a derivative of, if differentiation returned it. */
    public Optional<Pullback.Part> derivative() {
        return origin instanceof Derived derived ? Optional.of(derived.part) : Optional.empty();
    }

    /** Name or operation, and shape, as messages show a node, for example {@code "w" 30×1} or {@code matmul 1×m}. */
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

    /** Elementwise sum; see {@link Ops#add}. */
    public Node plus(Node other) {
        return Ops.add(this, other);
    }

    /** Adds a number to every element; see {@link Ops#addScalar}. */
    public Node plus(double number) {
        return Ops.addScalar(this, number);
    }

    /** Elementwise difference; see {@link Ops#subtract}. */
    public Node minus(Node other) {
        return Ops.subtract(this, other);
    }

    /** Subtracts a number from every element; see {@link Ops#addScalar}. */
    public Node minus(double number) {
        return Ops.addScalar(this, -number);
    }

    /** Elementwise product; see {@link Ops#multiply}. The matrix product is {@link #matmul}. */
    public Node times(Node other) {
        return Ops.multiply(this, other);
    }

    /** Multiplies every element by a number; see {@link Ops#scale}. */
    public Node times(double number) {
        return Ops.scale(this, number);
    }

    /** Elementwise quotient; see {@link Ops#divide}. */
    public Node dividedBy(Node other) {
        return Ops.divide(this, other);
    }

    /** Divides every element by a number; see {@link Ops#divide}. */
    public Node dividedBy(double number) {
        return Ops.divide(this, constant(number));
    }

    /** Elementwise negative; see {@link Ops#negate}. */
    public Node negate() {
        return Ops.negate(this);
    }

    /** Elementwise square; see {@link Ops#square}. */
    public Node square() {
        return Ops.square(this);
    }

    /** Elementwise power; see {@link Ops#power(Node, double)}. */
    public Node power(double exponent) {
        return Ops.power(this, exponent);
    }

    /** Elementwise power; see {@link Ops#power(Node, Node)}. */
    public Node power(Node exponent) {
        return Ops.power(this, exponent);
    }

    /** Elementwise {@code 1/x}; see {@link Ops#reciprocal}. */
    public Node reciprocal() {
        return Ops.reciprocal(this);
    }

    /** Elementwise square root; see {@link Ops#sqrt}. */
    public Node sqrt() {
        return Ops.sqrt(this);
    }

    /** Elementwise absolute value; see {@link Ops#abs}. */
    public Node abs() {
        return Ops.abs(this);
    }

    /** Elementwise e to the power of this; see {@link Ops#exp}. */
    public Node exp() {
        return Ops.exp(this);
    }

    /** Elementwise natural logarithm; see {@link Ops#log}. */
    public Node log() {
        return Ops.log(this);
    }

    /** Elementwise sine; see {@link Ops#sin}. */
    public Node sin() {
        return Ops.sin(this);
    }

    /** Elementwise cosine; see {@link Ops#cos}. */
    public Node cos() {
        return Ops.cos(this);
    }

    /** Elementwise hyperbolic tangent; see {@link Ops#tanh}. */
    public Node tanh() {
        return Ops.tanh(this);
    }

    /** Elementwise 1/(1 + e<sup>−x</sup>); see {@link Ops#sigmoid}. */
    public Node sigmoid() {
        return Ops.sigmoid(this);
    }

    /** Elementwise maximum of this and 0; see {@link Ops#relu}. */
    public Node relu() {
        return Ops.relu(this);
    }

    /** Elementwise log(1 + e<sup>x</sup>); see {@link Ops#softplus}. */
    public Node softplus() {
        return Ops.softplus(this);
    }

    /** Elementwise larger one; see {@link Ops#maximum}. */
    public Node maximum(Node other) {
        return Ops.maximum(this, other);
    }

    /** Elementwise smaller one; see {@link Ops#minimum}. */
    public Node minimum(Node other) {
        return Ops.minimum(this, other);
    }

    /** Elementwise nearest number between two bounds; see {@link Ops#clip}. */
    public Node clip(double low, double high) {
        return Ops.clip(this, low, high);
    }

    /** The same value, taken as a constant by differentiation; see {@link Ops#stopGradient}. */
    public Node stopGradient() {
        return Ops.stopGradient(this);
    }

    /** The matrix product; see {@link Ops#matmul}. The elementwise product is {@link #times}. */
    public Node matmul(Node other) {
        return Ops.matmul(this, other);
    }

    /** Rows become columns; see {@link Ops#transpose}. */
    public Node transpose() {
        return Ops.transpose(this);
    }

    /** Repeats a row, a column or a number until it has the shape; see {@link Ops#broadcast}. */
    public Node broadcastTo(Shape target) {
        return Ops.broadcast(this, target);
    }

    /** Adds up what broadcasting repeats; see {@link Ops#sumTo}. */
    public Node sumTo(Shape target) {
        return Ops.sumTo(this, target);
    }

    /** The sum of all elements, 1×1; see {@link Ops#sum}. */
    public Node sum() {
        return Ops.sum(this);
    }

    /** The sum of each row, m×1; see {@link Ops#rowSums}. */
    public Node rowSums() {
        return Ops.rowSums(this);
    }

    /** The sum of each column, 1×n; see {@link Ops#columnSums}. */
    public Node columnSums() {
        return Ops.columnSums(this);
    }

    /** The mean of all elements, 1×1; see {@link Ops#mean}. */
    public Node mean() {
        return Ops.mean(this);
    }

    /** The mean of each row, m×1; see {@link Ops#rowMeans}. */
    public Node rowMeans() {
        return Ops.rowMeans(this);
    }

    /** The mean of each column, 1×n; see {@link Ops#columnMeans}. */
    public Node columnMeans() {
        return Ops.columnMeans(this);
    }

    /** The largest element, 1×1; see {@link Ops#max(Node)}. */
    public Node max() {
        return Ops.max(this);
    }

    /** The smallest element, 1×1; see {@link Ops#min(Node)}. */
    public Node min() {
        return Ops.min(this);
    }

    /** The Euclidean norm of all elements, 1×1; see {@link Ops#norm2(Node)}. */
    public Node norm2() {
        return Ops.norm2(this);
    }

    /** The softmax of each row; see {@link Ops#softmaxRows}. */
    public Node softmaxRows() {
        return Ops.softmaxRows(this);
    }

    /** The softmax of each column; see {@link Ops#softmaxColumns}. */
    public Node softmaxColumns() {
        return Ops.softmaxColumns(this);
    }

    /** The inner product with a matrix of the same shape, 1×1; see {@link Ops#dot}. */
    public Node dot(Node other) {
        return Ops.dot(this, other);
    }

    /** The same elements in row-major order under another shape; see {@link Ops#reshape(Node, int, int)}. */
    public Node reshape(int rows, int columns) {
        return Ops.reshape(this, rows, columns);
    }

    /** A block of neighbouring rows and columns, counted from 0, without the ends; see {@link Ops#slice}. */
    public Node slice(int fromRow, int toRow, int fromColumn, int toColumn) {
        return Ops.slice(this, fromRow, toRow, fromColumn, toColumn);
    }
}
