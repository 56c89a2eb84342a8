package org.gradgraph.rewrite;

import static org.gradgraph.graph.Activations.LOG_SIGMOID;
import static org.gradgraph.graph.Activations.RELU;
import static org.gradgraph.graph.Activations.SIGMOID;
import static org.gradgraph.graph.Activations.SOFTPLUS;
import static org.gradgraph.graph.Arithmetic.ADD;
import static org.gradgraph.graph.Arithmetic.DIVIDE;
import static org.gradgraph.graph.Arithmetic.MULTIPLY;
import static org.gradgraph.graph.Arithmetic.NEGATE;
import static org.gradgraph.graph.Arithmetic.POWER;
import static org.gradgraph.graph.Arithmetic.RECIPROCAL;
import static org.gradgraph.graph.Arithmetic.SQUARE;
import static org.gradgraph.graph.Arithmetic.SUBTRACT;
import static org.gradgraph.graph.Elementary.ABS;
import static org.gradgraph.graph.Elementary.EXP;
import static org.gradgraph.graph.Elementary.LOG;
import static org.gradgraph.graph.Elementary.LOG1P;
import static org.gradgraph.graph.Elementary.SQRT;
import static org.gradgraph.graph.TrigonometricOps.HYPOT;
import static org.gradgraph.graph.TrigonometricOps.TANH;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Arithmetic.AddScalar;
import org.gradgraph.graph.Arithmetic.ConstantPower;
import org.gradgraph.graph.Arithmetic.Scale;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Constants.Size;
import org.gradgraph.graph.DiagonalOps;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Layout.Broadcast;
import org.gradgraph.graph.Layout.Transpose;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.NormOps.Norm2;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.OrderOps.CumulativeSum;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions.Mean;
import org.gradgraph.graph.Reductions.Sum;
import org.gradgraph.graph.SoftmaxOps.Softmax;

/**
 * Values and first derivatives of small graphs, computed with a hundred digits, or {@value #MOST_DIGITS} where leaves are
 * large or tiny, from the mathematical formula of each operation.
 */
final class HighPrecision {
    /** Enough for 1 + exp(−800), which differs from 1 in digit 348. */
    private static final int MOST_DIGITS = 400;

    private static final int DIGITS = 100;
    private static final Apfloat ZERO = new Apfloat(0, MOST_DIGITS);
    private static final Apfloat ONE = new Apfloat(1, MOST_DIGITS);

    /** A number and its derivative by each seed. */
    private static final class Dual {
        private final Apfloat value;
        private final Apfloat[] slopes;

        Dual(Apfloat value, Apfloat[] slopes) {
            this.value = value;
            this.slopes = slopes;
        }

        /** f(a), given f'(a). */
        Dual map(Apfloat result, Apfloat slope) {
            return new Dual(result, Arrays.stream(slopes).map(slope::multiply).toArray(Apfloat[]::new));
        }

        Dual plus(Dual other) {
            return combine(value.add(other.value), other, ONE, ONE);
        }

        Dual times(Dual other) {
            return combine(value.multiply(other.value), other, other.value, value);
        }

        /** f(a, b), given both partial derivatives. */
        Dual combine(Apfloat result, Dual other, Apfloat byThis, Apfloat byOther) {
            Apfloat[] both = new Apfloat[slopes.length];
            for (int i = 0; i < both.length; i++) {
                both[i] = slopes[i].multiply(byThis).add(other.slopes[i].multiply(byOther));
            }
            return new Dual(result, both);
        }
    }

    private final Map<Node, Dual[]> values = new HashMap<>();
    private final Map<Node, Integer> firstSeed = new HashMap<>();
    private final Node root;
    private final int seeds;
    private final int digits;

    /**
     * Evaluates a graph.
     *
     * @param wrt nodes by whose elements derivatives are taken
     */
    HighPrecision(Node root, Map<Node, DMatrixRMaj> feeds, List<Node> wrt) {
        this.root = root;
        digits = feeds.values().stream().allMatch(HighPrecision::isModerate) ? DIGITS : MOST_DIGITS;
        int count = 0;
        for (Node node : wrt) {
            firstSeed.put(node, count);
            count += elements(node);
        }
        seeds = count;
        for (Node node : Graph.of(root).nodes()) {
            Dual[] value = feeds.containsKey(node) ? constant(feeds.get(node)) : compute(node);
            Integer first = firstSeed.get(node);
            for (int i = 0; first != null && i < value.length; i++) {
                Apfloat[] slopes = value[i].slopes.clone();
                slopes[first + i] = slopes[first + i].add(ONE);
                value[i] = new Dual(value[i].value, slopes);
            }
            values.put(node, value);
        }
    }

    private static boolean isModerate(DMatrixRMaj matrix) {
        return Arrays.stream(matrix.data).map(Math::abs).allMatch(size -> size == 0 || (size > 1e-30 && size < 60));
    }

    Node root() {
        return root;
    }

    /** An element of a value, counted row by row. */
    Apfloat value(Node node, int element) {
        return meant(values.get(node)[element].value);
    }

    /** The derivative of an element of a value by an element of a node. */
    Apfloat slope(Node node, int element, Node by, int byElement) {
        return meant(values.get(node)[element].slopes[firstSeed.get(by) + byElement]);
    }

    /** What cancels leaves a rest in the last digits; nothing else is that small. */
    private Apfloat meant(Apfloat number) {
        return number.signum() != 0 && number.scale() < 10 - digits ? ZERO : number;
    }

    static int elements(Node node) {
        return node.shape().rows().size() * node.shape().columns().size();
    }

    static Apfloat of(double number) {
        return new Apfloat(new BigDecimal(number), MOST_DIGITS);
    }

    /** The nearest double, infinite if the number is too large for one. */
    static double rounded(Apfloat number) {
        if (number.signum() == 0) {
            return 0;
        }
        if (number.scale() > 310 || number.scale() < -330) {
            return number.signum() * (number.scale() > 0 ? Double.POSITIVE_INFINITY : 0.0);
        }
        return new BigDecimal(number.toString())
                .setScale(420, RoundingMode.HALF_EVEN)
                .doubleValue();
    }

    private Dual constant(Apfloat number) {
        Apfloat[] slopes = new Apfloat[seeds];
        Arrays.fill(slopes, ZERO);
        return new Dual(number, slopes);
    }

    private Dual[] constant(DMatrixRMaj matrix) {
        return Arrays.stream(matrix.data, 0, matrix.getNumElements())
                .mapToObj(number -> constant(number == 0 ? ZERO : of(number).precision(digits)))
                .toArray(Dual[]::new);
    }

    private Dual[] compute(Node node) {
        Op op = node.op().orElseThrow();
        if (op instanceof Constant constant) {
            return constant(constant.value());
        }
        if (op instanceof Size size) {
            return new Dual[] {constant(of(size.dim().size()))};
        }
        Dual[] a = values.get(node.inputs().get(0));
        if (op instanceof Sum || op instanceof Broadcast || op instanceof Transpose) {
            return moved(node, op, a);
        }
        if (op instanceof CumulativeSum sum && !sum.fromEnd()) {
            return runningSums(a, sum.over(), node.shape().columns().size());
        }
        if (op instanceof MatMul product) {
            return product(node, product, a, values.get(node.inputs().get(1)));
        }
        if (op instanceof Norm2 norm) {
            Dual[] squares = Arrays.stream(a).map(x -> x.times(x)).toArray(Dual[]::new);
            return Arrays.stream(moved(node, new Sum(norm.over()), squares))
                    .map(x -> unary(SQRT, x))
                    .toArray(Dual[]::new);
        }
        if (op instanceof Softmax softmax) {
            return softmax(node, softmax, a);
        }
        if (op instanceof Mean mean) {
            Apfloat count = of((double) a.length / elements(node));
            return Arrays.stream(moved(node, new Sum(mean.over()), a))
                    .map(x -> divided(x, constant(count)))
                    .toArray(Dual[]::new);
        }
        if (op == DiagonalOps.DIAGONAL_MATRIX) {
            return IntStream.range(0, a.length * a.length)
                    .mapToObj(i -> i % (a.length + 1) == 0 ? a[i / (a.length + 1)] : constant(ZERO))
                    .toArray(Dual[]::new);
        }
        if (!op.name().equals("mask") && op.textbookForm(node.inputs()).isPresent()) {
            return asWritten(node);
        }
        Dual[] b = node.inputs().size() < 2 ? null : values.get(node.inputs().get(1));
        List<Dual> result = new ArrayList<>();
        for (int i = 0; i < elements(node); i++) {
            result.add(b == null ? unary(op, a[i]) : binary(op, a[i], b[i]));
        }
        return result.toArray(Dual[]::new);
    }

    private static Dual[] runningSums(Dual[] x, Over over, int columns) {
        Dual[] sums = x.clone();
        for (int i = 0; i < x.length; i++) {
            int before = over == Over.EACH_COLUMN ? i - columns : i - 1;
            boolean isFirst = before < 0 || (over == Over.EACH_ROW && i % columns == 0);
            sums[i] = isFirst ? x[i] : sums[before].plus(x[i]);
        }
        return sums;
    }

    private Dual unary(Op op, Dual x) {
        Apfloat value = x.value;
        if (op == NEGATE) {
            return x.map(value.negate(), ONE.negate());
        }
        if (op instanceof AddScalar sum) {
            return x.map(value.add(of(sum.number())), ONE);
        }
        if (op instanceof Scale scale) {
            return x.map(value.multiply(of(scale.factor())), of(scale.factor()));
        }
        if (op == SQUARE) {
            return x.times(x);
        }
        if (op == ABS) {
            return value.signum() < 0 ? unary(NEGATE, x) : x;
        }
        if (op == RELU) {
            return value.signum() > 0 ? x : unary(new Scale(0), x);
        }
        if (op == SOFTPLUS) {
            return unary(LOG, unary(new AddScalar(1), unary(EXP, x)));
        }
        if (op == RECIPROCAL) {
            return divided(constant(ONE), x);
        }
        if (op instanceof ConstantPower power) {
            Dual result = x;
            if (power.exponent() < 0) {
                result = divided(constant(ONE), x);
            }
            for (int i = 1; i < power.exponent(); i++) {
                result = result.times(x);
            }
            return result;
        }
        if (op == EXP) {
            Apfloat exp = exp(value);
            return x.map(exp, exp);
        }
        if (op == LOG) {
            return x.map(ApfloatMath.log(value.precision(digits)), ONE.divide(value));
        }
        if (op == LOG1P) {
            return unary(LOG, unary(new AddScalar(1), x));
        }
        if (op == SQRT) {
            Apfloat root = value.signum() == 0 ? value : ApfloatMath.sqrt(value.precision(digits));
            return root.signum() == 0 ? x.map(root, ZERO) : x.map(root, ONE.divide(root.add(root)));
        }
        if (op == SIGMOID) {
            return divided(constant(ONE), unary(new AddScalar(1), unary(EXP, unary(NEGATE, x))));
        }
        if (op == LOG_SIGMOID) {
            return unary(LOG, unary(SIGMOID, x));
        }
        if (op == TANH) {
            Dual power = unary(EXP, unary(new Scale(2), x));
            return divided(unary(new AddScalar(-1), power), unary(new AddScalar(1), power));
        }
        throw new IllegalArgumentException("no formula for " + op.label());
    }

    private Apfloat exp(Apfloat x) {
        return ApfloatMath.exp(x.signum() == 0 ? x : x.precision(digits));
    }

    private Dual binary(Op op, Dual a, Dual b) {
        if (op == ADD) {
            return a.plus(b);
        }
        if (op == SUBTRACT) {
            return a.combine(a.value.subtract(b.value), b, ONE, ONE.negate());
        }
        if (op == MULTIPLY || op.name().equals("mask")) {
            return a.times(b);
        }
        if (op == POWER) {
            return unary(new ConstantPower(b.value.doubleValue()), a);
        }
        if (op == HYPOT) {
            return unary(SQRT, a.times(a).plus(b.times(b)));
        }
        if (op == DIVIDE) {
            return divided(a, b);
        }
        throw new IllegalArgumentException("no formula for " + op.label());
    }

    private static Dual divided(Dual a, Dual b) {
        Apfloat inverse = ONE.divide(b.value);
        Apfloat quotient = a.value.multiply(inverse);
        return a.combine(quotient, b, inverse, quotient.multiply(inverse).negate());
    }

    private Dual[] moved(Node node, Op op, Dual[] x) {
        int rows = node.inputs().get(0).shape().rows().size();
        int columns = node.inputs().get(0).shape().columns().size();
        int toRows = node.shape().rows().size();
        int toColumns = node.shape().columns().size();
        Dual[] result = new Dual[toRows * toColumns];
        for (int i = 0; i < Math.max(rows, toRows); i++) {
            for (int j = 0; j < Math.max(columns, toColumns); j++) {
                if (op instanceof Transpose) {
                    if (i < rows && j < columns) {
                        result[j * toColumns + i] = x[i * columns + j];
                    }
                } else {
                    Dual element = x[Math.min(i, rows - 1) * columns + Math.min(j, columns - 1)];
                    int place = Math.min(i, toRows - 1) * toColumns + Math.min(j, toColumns - 1);
                    result[place] = result[place] == null ? element : result[place].plus(element);
                }
            }
        }
        return result;
    }

    private Dual[] product(Node node, MatMul op, Dual[] a, Dual[] b) {
        int columnsOfA = node.inputs().get(0).shape().columns().size();
        int columnsOfB = node.inputs().get(1).shape().columns().size();
        int inner = op.transposeA() ? a.length / columnsOfA : columnsOfA;
        int columns = node.shape().columns().size();
        Dual[] result = new Dual[elements(node)];
        for (int i = 0; i < result.length; i++) {
            for (int k = 0; k < inner; k++) {
                int row = i / columns;
                int column = i % columns;
                Dual left = op.transposeA() ? a[k * columnsOfA + row] : a[row * columnsOfA + k];
                Dual right = op.transposeB() ? b[column * columnsOfB + k] : b[k * columnsOfB + column];
                Dual term = left.times(right);
                result[i] = result[i] == null ? term : result[i].plus(term);
            }
        }
        return result;
    }

    /** What the rule of the textbook writes, evaluated as nodes. */
    private Dual[] asWritten(Node node) {
        Node written = node.op().orElseThrow().textbookForm(node.inputs()).orElseThrow();
        for (Node step : Graph.of(written).nodes()) {
            if (!values.containsKey(step)) {
                values.put(step, compute(step));
            }
        }
        return values.get(written);
    }

    /** exp(x)/Σ exp(x), as nodes. */
    private Dual[] softmax(Node node, Softmax op, Dual[] x) {
        Node leaf = node.inputs().get(0);
        Node exp = leaf.exp();
        Node sums = Node.apply(new Sum(op.over()), exp);
        Node repeated = sums.broadcastTo(leaf.shape());
        values.put(exp, Arrays.stream(x).map(element -> unary(EXP, element)).toArray(Dual[]::new));
        values.put(sums, compute(sums));
        values.put(repeated, sums.equals(repeated) ? values.get(sums) : compute(repeated));
        return compute(exp.dividedBy(repeated));
    }
}
