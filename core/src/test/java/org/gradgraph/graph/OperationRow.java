package org.gradgraph.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * One row of the contract table: everything about one method of the vocabulary that its tests need to know.
 *
 * <p>Shapes are written with the symbols {@link #M}, {@link #N} and {@link #K}. The properties run with 2, 3 and 4 in
 * their place; the property about symbolic dimensions runs the very same row with the symbols.
 *
 * <pre>{@code
 * OperationRow.unary("exp", Elementary::exp).point(0, 1, 1).point(NaN, NaN, NaN).point(+∞, +∞, +∞).point(−∞, 0, 0)
 * OperationRow.of("matmul", in -> LinearAlgebra.matmul(in.get(0), in.get(1))).operands(MK, KN).reference(Naive::matmul)
 * }</pre>
 */
final class OperationRow {
    static final Dim M = Dim.named("m");
    static final Dim N = Dim.named("n");
    static final Dim K = Dim.named("k");
    static final Dim ONE = Dim.of(1);
    static final Shape MN = Shape.of(M, N);
    static final Shape NM = Shape.of(N, M);
    static final Shape MK = Shape.of(M, K);
    static final Shape KN = Shape.of(K, N);
    static final Shape MM = Shape.of(M, M);
    static final Shape M1 = Shape.of(M, ONE);
    static final Shape N1 = Shape.of(ONE, N);

    /** Makes the node; {@code at} gives the shapes of this test, fixed or symbolic. */
    interface Build {
        Node apply(List<Node> operands, UnaryOperator<Shape> at);
    }

    /** The result, written as plain loops over arrays; {@code at} gives the shapes of this test. */
    interface Reference {
        double[][] apply(List<double[][]> operands, UnaryOperator<Shape> at);
    }

    /** One element in, one element out, and the derivatives; all known from outside. */
    record Point(List<Double> operands, double value, List<Double> slopes) {
        @Override
        public String toString() {
            return operands.toString();
        }
    }

    /** One element for each operand, and the second derivatives there; known from outside. */
    record Second(List<Double> operands, List<Double> derivatives) {}

    /** Whole matrices in, the value, and the gradients of the sum of all its elements; all known from outside. */
    record Example(List<DMatrixRMaj> operands, DMatrixRMaj value, List<DMatrixRMaj> gradients) {}

    /** What docs/operations.md says about the method. */
    record Page(String formula, String derivative, String convention) {}

    /** Where random values come from. */
    record Domain(double from, double to) {
        double width() {
            return to - from;
        }
    }

    private final String method;
    private final Build build;
    private String variant = "";
    private List<Shape> shapes;
    private List<Domain> domains = List.of(new Domain(-2, 2));
    private double[] kinks = {};
    private Optional<String> text = Optional.empty();
    private final List<Point> points = new ArrayList<>();
    private final List<Second> seconds = new ArrayList<>();
    private final List<Example> examples = new ArrayList<>();
    private Optional<Reference> reference = Optional.empty();
    private boolean broadcasts;
    private boolean refusesBroadcast;
    private boolean withoutGradient;
    private boolean withoutAlias;
    private final Set<Integer> gradientFree = new TreeSet<>();
    private Optional<Page> page = Optional.empty();
    private double ulps = 2;
    private OptionalInt measure = OptionalInt.empty();
    private Optional<Class<?>> nonFinite = Optional.empty();

    private OperationRow(String method, int arity, Build build) {
        this.method = method;
        this.build = build;
        this.shapes = new ArrayList<>();
        for (int i = 0; i < arity; i++) {
            shapes.add(MN);
        }
    }

    /** A row for a method of one operand. */
    static OperationRow unary(String method, UnaryOperator<Node> build) {
        return new OperationRow(method, 1, (in, at) -> build.apply(in.get(0)));
    }

    /** A row for a method of two operands of the same shape. */
    static OperationRow binary(String method, BinaryOperator<Node> build) {
        return new OperationRow(method, 2, (in, at) -> build.apply(in.get(0), in.get(1)));
    }

    /** A row for any method; say with {@link #operands} what it takes. */
    static OperationRow of(String method, Function<List<Node>, Node> build) {
        return new OperationRow(method, 0, (in, at) -> build.apply(in));
    }

    /** A row for a method that is given shapes or sizes; take them from {@code at}. */
    static OperationRow shaped(String method, Build build) {
        return new OperationRow(method, 0, build);
    }

    /** Tells several rows of one method apart. */
    OperationRow variant(String words) {
        variant = words;
        return this;
    }

    /** The shapes of the operands; M×N for each is the default of unary and binary rows. */
    OperationRow operands(Shape... given) {
        shapes = List.of(given);
        return this;
    }

    /** Random values of all operands lie between these numbers; −2 and 2 if nothing is said. */
    OperationRow domain(double from, double to) {
        domains = List.of(new Domain(from, to));
        return this;
    }

    /** Random values of each operand lie in a domain of its own: from, to, from, to, … */
    OperationRow domains(double... bounds) {
        List<Domain> each = new ArrayList<>();
        for (int i = 0; i < bounds.length; i += 2) {
            each.add(new Domain(bounds[i], bounds[i + 1]));
        }
        domains = each;
        return this;
    }

    /** Random values keep away from these numbers, where there is no derivative to compare with. */
    OperationRow avoiding(double... places) {
        kinks = places;
        return this;
    }

    /** The operations of the text form, operands first, separated by commas; the method's name if nothing is said. */
    OperationRow text(String labels) {
        text = Optional.of(labels);
        return this;
    }

    /** Formula and derivative for docs/operations.md, where they are written as people write them and computed. */
    OperationRow page(String formula, String derivative) {
        return page(formula, derivative, "");
    }

    /** The same with what holds at kinks, poles and NaN. */
    OperationRow page(String formula, String derivative, String convention) {
        page = Optional.of(new Page(formula, derivative, convention));
        return this;
    }

    /** Elements of the operands, the element of the result, and the derivative by each operand. */
    OperationRow point(double... numbers) {
        int arity = shapes.size();
        if (numbers.length != 2 * arity + 1) {
            throw new IllegalArgumentException(
                    this + ": a point has " + arity + " operands, a value and as many slopes");
        }
        List<Double> all = Arrays.stream(numbers).boxed().toList();
        points.add(new Point(all.subList(0, arity), all.get(arity), all.subList(arity + 1, all.size())));
        return this;
    }

    /** Elements of the operands, and the second derivatives: one of one operand; by a, by a and b, by b of two. */
    OperationRow second(double... numbers) {
        int arity = shapes.size();
        if (numbers.length != arity + arity * (arity + 1) / 2) {
            throw new IllegalArgumentException(this + ": give the operands and each pair of them a second derivative");
        }
        List<Double> all = Arrays.stream(numbers).boxed().toList();
        seconds.add(new Second(all.subList(0, arity), all.subList(arity, all.size())));
        return this;
    }

    /** The operands of an {@link #example}. */
    static List<double[][]> given(double[][]... operands) {
        return List.of(operands);
    }

    /** Matrices, the value, and the gradients of the sum of its elements (none: only the value is compared). */
    OperationRow example(List<double[][]> operands, double[][] value, double[][]... gradients) {
        examples.add(new Example(
                operands.stream().map(Matrices::ofRows).toList(),
                Matrices.ofRows(value),
                Arrays.stream(gradients).map(Matrices::ofRows).toList()));
        return this;
    }

    /** What the operation computes, written as plain loops over arrays; it is compared in every non-finite position. */
    OperationRow reference(Function<List<double[][]>, double[][]> loops) {
        return sized((operands, at) -> loops.apply(operands));
    }

    /** The same for a result whose size is given and not that of an operand. */
    OperationRow sized(Reference loops) {
        reference = Optional.of(loops);
        return this;
    }

    /** Operands are broadcast to a common shape. Elementwise operations of several operands need not say so. */
    OperationRow broadcasting() {
        broadcasts = true;
        return this;
    }

    /** An elementwise operation that is applied as it is, because only rules make it, or whose operands differ in kind. */
    OperationRow withoutBroadcasting() {
        refusesBroadcast = true;
        return this;
    }

    /** The operation is piecewise constant or random: gradients are exact zeros. */
    OperationRow withoutGradient() {
        withoutGradient = true;
        return this;
    }

    /** This operand gets exact zeros as its gradient: a condition, a label, an index. */
    OperationRow withoutGradientFor(int operand) {
        gradientFree.add(operand);
        return this;
    }

    /** The same node cannot stand for all operands. */
    OperationRow withoutAlias() {
        withoutAlias = true;
        return this;
    }

    /** How far results may be from the exact ones, in units in the last place; 2 if nothing is said. */
    OperationRow ulps(double units) {
        ulps = units;
        return this;
    }

    /** Errors are measured by the sum of the sizes of this operand's elements: results are differences of such sums. */
    OperationRow measuredBy(int operand) {
        measure = OptionalInt.of(operand);
        return this;
    }

    /** What happens to NaN and ±∞ is tested elsewhere, in the test named here. */
    OperationRow nonFiniteTestedIn(Class<?> test) {
        nonFinite = Optional.of(test);
        return this;
    }

    String method() {
        return method;
    }

    Node build(List<Node> operands, UnaryOperator<Shape> at) {
        return build.apply(operands, at);
    }

    List<Shape> shapes() {
        return shapes;
    }

    int arity() {
        return shapes.size();
    }

    Domain domain(int operand) {
        return domains.get(Math.min(operand, domains.size() - 1));
    }

    double[] kinks() {
        return kinks;
    }

    String text() {
        return text.orElse(method);
    }

    Optional<Page> page() {
        return page;
    }

    List<Point> points() {
        return points;
    }

    List<Second> seconds() {
        return seconds;
    }

    List<Example> examples() {
        return examples;
    }

    Optional<Reference> reference() {
        return reference;
    }

    boolean broadcasts() {
        return broadcasts;
    }

    boolean refusesBroadcast() {
        return refusesBroadcast;
    }

    boolean hasGradient(int operand) {
        return !withoutGradient && !gradientFree.contains(operand);
    }

    boolean aliasable() {
        return arity() > 1 && !withoutAlias;
    }

    double ulps() {
        return ulps;
    }

    /** The least number in whose last place errors are counted. */
    double scale(List<DMatrixRMaj> operands) {
        return measure.isEmpty()
                ? 0
                : Arrays.stream(operands.get(measure.getAsInt()).data)
                        .map(Math::abs)
                        .filter(Double::isFinite)
                        .sum();
    }

    Optional<Class<?>> nonFiniteTest() {
        return nonFinite;
    }

    @Override
    public String toString() {
        return variant.isEmpty() ? method : method + ", " + variant;
    }
}
