package org.gradgraph.rewrite;

import static org.gradgraph.graph.Arithmetic.SUBTRACT;
import static org.gradgraph.rewrite.RuleRow.column;
import static org.gradgraph.rewrite.RuleRow.row;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Layout.Broadcast;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Reductions.Sum;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.SoftmaxOps.Softmax;
import org.gradgraph.rewrite.Assumptions.Fact;

/** A row for each rewrite rule, two for those with two kinds of operands; {@link RulesAreProvenTest} runs them. */
final class RuleRows {
    static final double INFINITY = Double.POSITIVE_INFINITY;
    static final double HUGE = 1e300;

    /** Logits up to where everything has become 0, 1 or infinite, and beyond. */
    static final double[] LOGITS = {
        0,
        -0.0,
        Double.MIN_VALUE,
        -1e-310,
        1e-20,
        -1e-8,
        0.1,
        -0.5,
        1,
        -3,
        20,
        -20,
        36.5,
        -36.5,
        40,
        -40,
        100,
        -100,
        500,
        -500,
        709,
        -709,
        720,
        -744,
        760,
        -800,
        800
    };

    private static final double[] LABELS = {0, 1, 0.25, 1e-9};

    private RuleRows() {}

    static Node one() {
        return Node.constant(1);
    }

    static Node ones(Node z) {
        return one().broadcastTo(z.shape());
    }

    static Node oneMinus(Node x) {
        return x.negate().plus(1);
    }

    private static Node wide(Node x) {
        return Layout.broadcast(
                x,
                Shape.of(
                        x.shape().rows(),
                        x.shape().columns().isOne() ? Dim.of(4) : x.shape().columns()));
    }

    static List<RuleRow> all() {
        List<RuleRow> rows = new ArrayList<>();
        rows.addAll(constants());
        rows.addAll(signs());
        rows.addAll(layout());
        rows.addAll(stability());
        rows.addAll(losses());
        rows.addAll(ExponentialRows.rows());
        rows.addAll(kinks());
        rows.add(spectral());
        rows.addAll(probabilities());
        rows.addAll(algebra());
        rows.addAll(matrices());
        return rows;
    }

    private static RuleRow spectral() {
        return row("function of a symmetric matrix", "x")
                .only("3×3")
                .at("2×2")
                .fires(
                        "symmetricFunction(x)",
                        x -> eigenvectors(x)
                                .times(eigenvalues(x).square().transpose())
                                .matmul(eigenvectors(x).transpose()))
                .fires(
                        "symmetricFunction(x)",
                        x -> eigenvectors(x)
                                .matmul(LinearAlgebra.diagonalMatrix(
                                        eigenvalues(x).exp().plus(2)))
                                .matmul(eigenvectors(x).transpose()))
                .fires(
                        "transpose(symmetricFunction(x))",
                        x -> eigenvectors(x)
                                .matmul(eigenvalues(x).times(eigenvectors(x).transpose())))
                .fires("symmetricFunction(x)", x -> {
                    Node root = eigenvectors(x).times(eigenvalues(x).sqrt().transpose());
                    return LinearAlgebra.matmul(root, root, false, true);
                })
                .fires(
                        "symmetricFunction(x)",
                        x -> eigenvectors(x).matmul(eigenvectors(x).transpose()))
                .fires(
                        "spectralProduct(x, transpose(transpose(softmax(symmetricEigenvalues(x)))))",
                        x -> eigenvectors(x)
                                .times(Activations.softmax(eigenvalues(x), Over.ALL)
                                        .transpose())
                                .matmul(eigenvectors(x).transpose()))
                .refuses(
                        "the eigenvectors are rows",
                        x -> eigenvectors(x)
                                .transpose()
                                .times(eigenvalues(x).transpose())
                                .matmul(eigenvectors(x)))
                .refuses(
                        "the eigenvectors are those of another matrix",
                        x -> eigenvectors(x)
                                .times(eigenvalues(x).transpose())
                                .matmul(eigenvectors(x.square()).transpose()))
                .refuses("weights that are no functions of each eigenvalue on both sides", x -> {
                    Node share = Activations.softmax(eigenvalues(x), Over.ALL);
                    Node both = eigenvectors(x).times(share.transpose());
                    return LinearAlgebra.matmul(both, both, false, true);
                })
                .refuses(
                        "the weights are those of rows",
                        x -> eigenvectors(x)
                                .times(eigenvalues(x))
                                .matmul(eigenvectors(x).transpose()));
    }

    private static Node eigenvectors(Node x) {
        return LinearAlgebra.symmetricEigenvectors(x);
    }

    private static Node eigenvalues(Node x) {
        return LinearAlgebra.symmetricEigenvalues(x);
    }

    private static List<RuleRow> constants() {
        Node matrix = Node.constant(new double[][] {{0.3, -0.7, 5}, {-0.0, 1e-310, 3e300}});
        Node same = Node.constant(new double[][] {{2, 2, 2}, {2, 2, 2}});
        return List.of(
                row("constant folding", "x")
                        .only("2×3")
                        .at("1×1")
                        .fires(
                                "multiply(x, broadcast(5))",
                                x -> x.times(Node.constant(2).plus(3)))
                        .fires(
                                "multiply(x, broadcast(20.085536923187668))",
                                x -> x.times(Node.constant(3).exp()))
                        .fires(
                                "multiply(x, broadcast(1.7320508075688772))",
                                x -> x.times(Node.constant(3).sqrt()))
                        .fires(
                                "multiply(x, broadcast(Infinity))",
                                x -> x.times(matrix.sum().exp()))
                        .fires(
                                "multiply(x, broadcast(6))",
                                x -> x.times(Node.constant(2).matmul(Node.constant(3))))
                        .refuses("an operand is no constant", x -> x.plus(Node.constant(3)))
                        .refuses(
                                "the result is larger",
                                x -> x.times(Layout.broadcast(Node.constant(2), Shape.of(2, 3))
                                        .sum()))
                        .refuses(
                                "a size that is not known",
                                x -> x.times(Layout.broadcast(Node.constant(2), Shape.of(Dim.named("m"), Dim.of(1)))
                                        .sum()))
                        .refuses(
                                "it cannot be computed",
                                x -> x.times(Indexing.gatherRows(Node.constant(2), Node.constant(5)))),
                row("size of fixed sides", "x")
                        .fires("multiply(x, broadcast(7))", x -> x.times(Constants.size(Dim.of(7))))
                        .refuses("not a number", x -> x.times(Constants.size(Dim.named("m")))),
                row("sum with a number", "x")
                        .fires("addScalar(3)(x)", x -> x.plus(Node.constant(3)))
                        .fires("addScalar(3)(x)", x -> Node.constant(3).plus(x))
                        .fires("addScalar(-0)(x)", x -> x.plus(Node.constant(-0.0)))
                        .fires("addScalar(NaN)(x)", x -> x.plus(Node.constant(Double.NaN)))
                        .fires("addScalar(Infinity)(x)", x -> x.plus(Node.constant(INFINITY)))
                        .refuses("several numbers", x -> x.sum().plus(same))
                        .refuses("no constant", x -> x.plus(x.exp())),
                row("difference with a number", "x")
                        .fires("addScalar(-3)(x)", x -> x.minus(Node.constant(3)))
                        .fires("addScalar(-0)(x)", x -> x.minus(Node.constant(0)))
                        .fires("addScalar(0)(x)", x -> x.minus(Node.constant(-0.0)))
                        .refuses("the number comes first", x -> Node.constant(3).minus(x))
                        .refuses("no constant", x -> x.minus(x.exp())),
                row("product with a number", "x")
                        .fires("scale(3)(x)", x -> x.times(Node.constant(3)))
                        .fires("scale(3)(x)", x -> Node.constant(3).times(x))
                        .fires("scale(-0)(x)", x -> x.times(Node.constant(-0.0)))
                        .fires("scale(Infinity)(x)", x -> x.times(Node.constant(INFINITY)))
                        .refuses("no constant", x -> x.times(x.exp())),
                row("quotient by a power of two", "x")
                        .fires("scale(0.125)(x)", x -> x.dividedBy(Node.constant(8)))
                        .fires("scale(-1)(x)", x -> x.dividedBy(Node.constant(-1)))
                        .fires("scale(1.1125369292536007E-308)(x)", x -> x.dividedBy(Node.constant(0x1p1023)))
                        .fires("scale(8.98846567431158E307)(x)", x -> x.dividedBy(Node.constant(0x1p-1023)))
                        .refuses("no power of two", x -> x.dividedBy(Node.constant(3)))
                        .refuses("the inverse overflows", x -> x.dividedBy(Node.constant(0x1p-1024)))
                        .refuses("zero", x -> x.dividedBy(Node.constant(0)))
                        .refuses("infinity", x -> x.dividedBy(Node.constant(INFINITY)))
                        .refuses("NaN", x -> x.dividedBy(Node.constant(Double.NaN)))
                        .refuses("the number comes first", x -> Node.constant(8).dividedBy(x)),
                row("product with one", "x")
                        .fires("x", x -> x.times(1))
                        .refuses("another number", x -> x.times(1.0000000000000002))
                        .refuses("minus one", x -> x.times(-1)),
                row("product with minus one", "x")
                        .fires("negate(x)", x -> x.times(-1))
                        .refuses("another number", x -> x.times(1)),
                row("sum with minus zero", "x")
                        .fires("x", x -> x.plus(-0.0))
                        .refuses("a positive zero, which turns −0 into 0", x -> x.plus(0.0)),
                row("constant read once", "x")
                        .fires("x", x -> Node.apply(new Broadcast(x.shape()), x))
                        .refuses("a larger shape", x -> Layout.broadcast(x.sum(), Shape.of(2, 2))));
    }

    private static List<RuleRow> signs() {
        return List.of(
                row("double negation", "x")
                        .fires("x", x -> x.negate().negate())
                        .refuses("one of them", x -> x.exp().negate()),
                row("negative of a multiple", "x")
                        .fires("scale(-3)(x)", x -> x.times(3).negate())
                        .fires("scale(0)(x)", x -> x.times(-0.0).negate())
                        .refuses("no multiple", x -> x.exp().negate()),
                row("multiple of a negative", "x")
                        .fires("scale(-3)(x)", x -> x.negate().times(3))
                        .fires("scale(-0)(x)", x -> x.negate().times(0.0))
                        .refuses("no negative", x -> x.exp().times(3)),
                row("sum with a negative", "xy")
                        .fires("subtract(x, y)", (x, y) -> x.plus(y.negate()))
                        .fires("subtract(y, x)", (x, y) -> x.negate().plus(y))
                        .fires("subtract(negate(x), y)", (x, y) -> x.negate().plus(y.negate()))
                        .refuses("no negative", (x, y) -> x.plus(y)),
                row("difference with a negative", "xy")
                        .fires("add(x, y)", (x, y) -> x.minus(y.negate()))
                        .refuses(
                                "the first one is negative",
                                (x, y) -> x.negate().minus(y)),
                row("product of negatives", "xy")
                        .fires("multiply(x, y)", (x, y) -> x.negate().times(y.negate()))
                        .refuses("one of them", (x, y) -> x.negate().times(y))
                        .refuses("the other one", (x, y) -> x.times(y.negate())),
                row("quotient of negatives", "xy")
                        .fires("divide(x, y)", (x, y) -> x.negate().dividedBy(y.negate()))
                        .refuses("one of them", (x, y) -> x.negate().dividedBy(y))
                        .refuses("the other one", (x, y) -> x.dividedBy(y.negate())),
                row("square of a negative", "x")
                        .fires("square(x)", x -> x.negate().square())
                        .refuses("no negative", x -> x.exp().square()),
                row("product with itself", "x")
                        .fires("square(x)", x -> x.times(x))
                        .refuses("another operand", x -> x.times(x.negate())));
    }

    private static List<RuleRow> layout() {
        Shape tall = Shape.of(2, 3);
        return List.of(
                row("double transpose", "x")
                        .fires("x", x -> x.transpose().transpose())
                        .refuses("one of them", x -> x.exp().transpose()),
                row("transpose of a number", "x")
                        .only("1×1")
                        .fires("x", x -> x.transpose())
                        .refuses(
                                "a row",
                                x -> Layout.broadcast(x, Shape.of(1, 3)).transpose()),
                row("transpose of a repetition", "x")
                        .only("2×1")
                        .at("1×1")
                        .fires("broadcast(transpose(x))", x -> wide(x).transpose())
                        .refuses("no repetition", x -> x.exp().transpose()),
                row("double repetition", "x")
                        .only("1×1")
                        .fires("broadcast(x)", x -> Layout.broadcast(Layout.broadcast(x, Shape.of(1, 3)), tall))
                        .refuses("one of them", x -> Layout.broadcast(x.exp(), tall)),
                row("compute before repeating", "xy")
                        .only("2×1", "2×1")
                        .at("1×1", "1×1")
                        .fires("broadcast(exp(x))", (x, y) -> wide(x).exp())
                        .fires("broadcast(tanh(x))", (x, y) -> wide(x).tanh())
                        .fires("broadcast(multiply(x, y))", (x, y) -> wide(x).times(wide(y)))
                        .fires("broadcast(power(x, y))", (x, y) -> Arithmetic.power(wide(x), wide(y)))
                        .withRoundedGradient()
                        .refuses("an operand is not repeated", (x, y) -> wide(x).times(y.columnSums()))
                        .refuses(
                                "they repeat different shapes",
                                (x, y) -> Layout.broadcast(x.sum(), tall)
                                        .times(Layout.broadcast(
                                                y.transpose().sum().times(Node.parameter("r", 1, 3)), tall))),
                row("sum of one", "x")
                        .only("1×1")
                        .at("2×1")
                        .at("5×1")
                        .fires("x", x -> x.rowSums())
                        .fires("transpose(x)", x -> x.transpose().columnSums())
                        .refuses("more than one for each result", x -> wide(x).rowSums())
                        .refuses("an exponential", x -> x.exp().rowSums())
                        .refuses("a square", x -> x.square().rowSums()),
                row("sum of a repetition", "x")
                        .only("2×1")
                        .at("1×1")
                        .fires("multiply(x, broadcast(size(4)))", x -> wide(x).rowSums())
                        .fires(
                                "multiply(transpose(x), broadcast(size(4)))",
                                x -> Layout.broadcast(
                                                x.transpose(),
                                                Shape.of(Dim.of(4), x.shape().rows()))
                                        .columnSums())
                        .within(1)
                        .samples(0, 0, -0.0, 0.1, -3, Double.MIN_VALUE, 1e-310, HUGE, -4e307, 1 / 3.0)
                        .whereTheLeftSideLosesNothing()
                        .limit(INFINITY, INFINITY, 4)
                        .limit(-INFINITY, -INFINITY, 4)
                        .limit(Double.NaN, Double.NaN, 4)
                        .limit(1e308, INFINITY, 4)
                        .refuses("another sum than the repetition needs", x -> wide(x).columnSums())
                        .refuses("no repetition", x -> wide(x).exp().plus(1).rowSums()),
                row("product of a transpose", "xy")
                        .only("3×3", "3×3")
                        .at("1×1", "1×1")
                        .at("40×40", "40×40")
                        .fires("matmul(aᵀ, b)(x, y)", (x, y) -> x.transpose().matmul(y))
                        .fires("matmul(x, y)", (x, y) -> LinearAlgebra.matmul(x.transpose(), y, true, false))
                        .fires("matmul(a, bᵀ)(x, y)", (x, y) -> x.matmul(y.transpose()))
                        .fires("matmul(x, y)", (x, y) -> LinearAlgebra.matmul(x, y.transpose(), false, true))
                        .fires("matmul(aᵀ, bᵀ)(x, y)", (x, y) -> x.transpose().matmul(y.transpose()))
                        .refuses("no transpose", (x, y) -> x.matmul(y)));
    }

    private static List<RuleRow> stability() {
        return List.of(
                // exp, its argument, the sum and the quotient
                row("quotient of exponentials", "z")
                        .fires(
                                "sigmoid(z)",
                                z -> one().dividedBy(z.negate().exp().plus(1)))
                        .fires(
                                "sigmoid(negate(z))",
                                z -> one().dividedBy(z.exp().plus(1)))
                        .fires("sigmoid(z)", z -> z.exp().dividedBy(z.exp().plus(1)))
                        .samples(0, LOGITS)
                        .within(3)
                        .gradientOf(0, RuleRows::ones)
                        .limit(INFINITY, 1, 0)
                        .limit(-INFINITY, 0, 0)
                        .limit(-HUGE, 0, 0)
                        .limit(HUGE, 1, 0)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses(
                                "a dividend of its own",
                                z -> z.square().dividedBy(z.negate().exp().plus(1)))
                        .refuses(
                                "no exponential",
                                z -> one().dividedBy(z.square().plus(1))),
                row("reciprocal of exponentials", "z")
                        .fires(
                                "sigmoid(z)",
                                z -> Arithmetic.reciprocal(z.negate().exp().plus(1)))
                        .fires(
                                "sigmoid(negate(z))",
                                z -> Arithmetic.reciprocal(z.exp().plus(1)))
                        .samples(0, LOGITS)
                        .within(3)
                        .limit(INFINITY, 1, 0)
                        .limit(-INFINITY, 0, 0)
                        .limit(-HUGE, 0, 0)
                        .limit(HUGE, 1, 0)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses("one exponential", z -> Arithmetic.reciprocal(z.exp()))
                        .refuses(
                                "no exponential",
                                z -> Arithmetic.reciprocal(z.square().plus(1))),
                restOfSigmoid("rest of a share")
                        .fires("sigmoid(negate(z))", z -> oneMinus(z.sigmoid()))
                        .fires("sigmoid(z)", z -> oneMinus(z.negate().sigmoid()))
                        .refuses("not 1 − …", z -> z.sigmoid().negate().plus(2))
                        .refuses("not its negative", z -> z.sigmoid().plus(1))
                        .refuses("no negative below", z -> z.sigmoid().exp().plus(1))
                        .refuses("no share", z -> oneMinus(z.square())),
                restOfSigmoid("rest of a share, as a difference")
                        .fires("sigmoid(negate(z))", z -> one().minus(z.sigmoid()))
                        .fires("sigmoid(z)", z -> one().minus(z.negate().sigmoid()))
                        .refuses("not 1 − …", z -> Node.constant(2).minus(z.sigmoid()))
                        .refuses("the other way round", z -> z.sigmoid().minus(1))
                        .refuses("no share", z -> one().minus(z.square())),
                row("logarithm of exponentials", "z")
                        .fires("logSigmoid(z)", z -> z.sigmoid().log())
                        .samples(0, LOGITS)
                        .within(3)
                        .limit(INFINITY, 0, 0)
                        .limit(-INFINITY, -INFINITY, 1)
                        .limit(HUGE, 0, 0)
                        .limit(-HUGE, -HUGE, 1)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses("no sigmoid", z -> z.tanh().log()),
                row("logarithm of exponentials", "z")
                        .fires("softplus(z)", z -> z.exp().plus(1).log())
                        .samples(0, LOGITS)
                        .within(3)
                        .limit(INFINITY, INFINITY, 1)
                        .limit(-INFINITY, 0, 0)
                        .limit(HUGE, HUGE, 1)
                        .limit(-HUGE, 0, 0)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses("no exponential", z -> z.square().plus(1).log()),
                row("log1p of exponentials", "z")
                        .fires("softplus(z)", z -> Elementary.log1p(z.exp()))
                        .samples(0, LOGITS)
                        .within(3)
                        .limit(INFINITY, INFINITY, 1)
                        .limit(-INFINITY, 0, 0)
                        .limit(HUGE, HUGE, 1)
                        .limit(-HUGE, 0, 0)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses("no exponential", z -> Elementary.log1p(z.square())),
                row("logarithm of one plus", "x")
                        .fires("log1p(x)", x -> x.plus(1).log())
                        .samples(
                                0,
                                0,
                                -0.0,
                                Double.MIN_VALUE,
                                -1e-310,
                                1e-20,
                                -1e-20,
                                1e-9,
                                -1e-9,
                                0.1,
                                -0.5,
                                -0.999,
                                3,
                                1e10,
                                HUGE)
                        .within(2)
                        .limit(INFINITY, INFINITY, 0)
                        .limit(-1, -INFINITY, INFINITY)
                        .limit(-2, Double.NaN, -1)
                        .limit(-INFINITY, Double.NaN, 0)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses("not 1 + …", x -> x.plus(2).log()),
                row("logarithm of one minus", "x")
                        .fires("log1p(negate(x))", x -> oneMinus(x).log())
                        .fires("log1p(negate(x))", x -> one().minus(x).log())
                        .samples(
                                0,
                                0,
                                -0.0,
                                Double.MIN_VALUE,
                                -1e-310,
                                1e-20,
                                -1e-20,
                                1e-9,
                                -1e-9,
                                0.1,
                                0.5,
                                0.999,
                                -3,
                                -1e10,
                                -HUGE)
                        .within(2)
                        .limit(-INFINITY, INFINITY, 0)
                        .limit(1, -INFINITY, -INFINITY)
                        .limit(2, Double.NaN, 1)
                        .limit(INFINITY, Double.NaN, 0)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses("not 1 − …", x -> Node.constant(2).minus(x).log())
                        .refuses("the other way round", x -> x.minus(one()).log()),
                row("exponential minus one", "x")
                        .fires("expm1(x)", x -> x.exp().minus(1))
                        .samples(0, LOGITS)
                        .within(2)
                        .limit(INFINITY, INFINITY, INFINITY)
                        .limit(-INFINITY, -1, 0)
                        .limit(HUGE, INFINITY, INFINITY)
                        .limit(-HUGE, -1, 0)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses("not −1", x -> x.exp().plus(1))
                        .refuses("no exponential", x -> x.square().minus(1)));
    }

    private static RuleRow restOfSigmoid(String rule) {
        return row(rule, "z")
                .samples(0, LOGITS)
                .within(3)
                .gradientOf(0, RuleRows::ones)
                .limit(INFINITY, 0, 0)
                .limit(-INFINITY, 1, 0)
                .limit(HUGE, 0, 0)
                .limit(-HUGE, 1, 0)
                .limit(Double.NaN, Double.NaN, Double.NaN);
    }

    private static RuleRow lanes(String rule) {
        return row(rule, "z").only("3×2").at("1×1").at("3×1").at("1×4").samples(0, LOGITS);
    }

    private static List<RuleRow> losses() {
        double half = Math.sqrt(0.5);
        return List.of(
                // The difference to the maximum is rounded: half an ulp of up to 745, and an exponential passes that
                // on.
                lanes("quotient of exponentials")
                        .fires(
                                "softmaxColumns(z)",
                                z -> z.exp().dividedBy(z.exp().columnSums()))
                        .fires("softmaxRows(z)", z -> z.exp().dividedBy(z.exp().rowSums()))
                        .fires("softmax(z)", z -> z.exp().dividedBy(z.exp().sum()))
                        .within(745)
                        .gradientOf(0, RuleRows::ones)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .limit(column(1000, 1000), column(0.5, 0.5), column(-0.25, 0.25))
                        .limit(column(-1000, -1000), column(0.5, 0.5), column(-0.25, 0.25))
                        .limit(column(HUGE, 0), column(1, 0), column(0, 0))
                        .limit(column(-INFINITY, 3), column(0, 1), column(0, 0))
                        .refuses(
                                "the sum is of something else",
                                z -> z.exp().dividedBy(z.negate().exp().columnSums()))
                        .refuses(
                                "the sum is of squares",
                                z -> z.exp().dividedBy(z.square().columnSums()))
                        .refuses("no exponentials below", z -> z.exp().dividedBy(z.columnSums()))
                        .refuses(
                                "no exponentials above",
                                z -> z.square().dividedBy(z.exp().columnSums()))
                        .refuses("no sum", z -> z.exp().dividedBy(z.exp())),
                lanes("logarithm of exponentials")
                        .fires(
                                "logSoftmaxColumns(z)",
                                z -> Activations.softmaxColumns(z).log())
                        .fires(
                                "logSoftmaxRows(z)",
                                z -> Activations.softmaxRows(z).log())
                        .fires(
                                "logSoftmax(z)",
                                z -> Activations.softmax(z, Over.ALL).log())
                        .within(8)
                        .gradientOf(0, z -> Node.constant(21 * 745).broadcastTo(z.shape()))
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .limit(column(-INFINITY, 3), column(-INFINITY, 0), column(1, -1))
                        .limit(column(HUGE, 0), column(0, -HUGE), column(-2, 2))
                        .refuses(
                                "zero instead of NaN",
                                z -> Node.apply(new Softmax(Over.EACH_COLUMN, true), z)
                                        .log()),
                lanes("logarithm of exponentials")
                        .fires(
                                "transpose(logSoftmaxColumns(z))",
                                z -> Activations.softmaxColumns(z).transpose().log())
                        .fires(
                                "transpose(logSigmoid(z))",
                                z -> z.sigmoid().transpose().log())
                        .within(8)
                        .gradientOf(0, z -> Node.constant(21 * 745).broadcastTo(z.shape()))
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .limit(column(-INFINITY, 3), column(-INFINITY, 0), column(1, -1))
                        .limit(column(HUGE, 0), column(0, -HUGE), column(-2, 2))
                        .refuses("no softmax", z -> z.tanh().transpose().log()),
                lanes("logarithm of exponentials")
                        .fires("columnLogSumExps(z)", z -> z.exp().columnSums().log())
                        .fires("rowLogSumExps(z)", z -> z.exp().rowSums().log())
                        .fires("logSumExp(z)", z -> z.exp().sum().log())
                        .within(6, z -> z.square().sum().plus(40).broadcastTo(z.shape()))
                        .gradientOf(0, z -> Node.constant(12 * 745).broadcastTo(z.shape()))
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .limit(column(-INFINITY, -INFINITY), column(-INFINITY), column(0, 0))
                        .limit(column(-INFINITY, 3), column(3), column(0, 1))
                        .limit(column(INFINITY, 3), column(INFINITY), column(Double.NaN, Double.NaN))
                        .limit(column(HUGE, HUGE), column(HUGE), column(0.5, 0.5))
                        .refuses("no exponentials", z -> z.square().columnSums().log()),
                lanes("logarithm of exponentials")
                        .fires(
                                "rowLogCumulativeSumExps(z)",
                                z -> Reductions.cumulativeSum(z.exp(), Over.EACH_ROW)
                                        .log())
                        .fires(
                                "columnLogCumulativeSumExps(z)",
                                z -> Reductions.cumulativeSum(z.exp(), Over.EACH_COLUMN)
                                        .log())
                        .fires(
                                "logCumulativeSumExp(z)",
                                z -> Reductions.cumulativeSum(z.exp(), Over.ALL).log())
                        .within(6, z -> z.square().sum().plus(40).broadcastTo(z.shape()))
                        .gradientOf(0, z -> Node.constant(12 * 745).broadcastTo(z.shape()))
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses(
                                "no exponentials",
                                z -> Reductions.cumulativeSum(z.square(), Over.ALL)
                                        .log()),
                // A sum of up to six squares, scaled by powers of two, and its root
                row("root of a sum of squares", "x")
                        .only("3×2")
                        .at("1×1")
                        .at("3×1")
                        .at("1×4")
                        .fires("columnNorms(x)", x -> Elementary.sqrt(x.square().columnSums()))
                        .fires("rowNorms(x)", x -> Elementary.sqrt(x.square().rowSums()))
                        .fires("norm2(x)", x -> Elementary.sqrt(x.square().sum()))
                        .samples(0, 0.1, -3, 1e-200, -1e-310, Double.MIN_VALUE, 1e200, -HUGE, 1e-160, 1 / 3.0)
                        .within(6)
                        .gradientOf(0, x -> Node.constant(6).broadcastTo(x.shape()))
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .limit(0, 0, 0)
                        .limit(INFINITY, INFINITY, 1)
                        .limit(column(0, 0), column(0), column(0, 0))
                        .limit(column(HUGE, HUGE), column(Math.sqrt(2) * HUGE), column(half, half))
                        .refuses("no sum", x -> Elementary.sqrt(x.square()))
                        .refuses("no squares", x -> Elementary.sqrt(x.exp().columnSums())),
                row("cross entropy of sigmoid", "zy")
                        .only("2×3", "2×3")
                        .at("1×1", "1×1")
                        .fires(
                                "negate(bceWithLogits(z, y))",
                                (z, y) -> Node.apply(Losses.X_LOG_Y, y, z.sigmoid())
                                        .plus(Node.apply(Losses.X_LOG_ONE_MINUS_Y, oneMinus(y), z.sigmoid())))
                        .samples(0, LOGITS)
                        .samples(1, LABELS)
                        .within(8)
                        .gradientOf(
                                0,
                                (z, y) -> oneMinus(y)
                                        .times(z.sigmoid())
                                        .plus(y.times(z.negate().sigmoid())))
                        .limit(INFINITY, 1, 0, 0)
                        .limit(INFINITY, 0, -INFINITY, -1)
                        .limit(-INFINITY, 1, -INFINITY, 1)
                        .limit(-INFINITY, 0, 0, 0)
                        .limit(HUGE, 0, -HUGE, -1)
                        .limit(Double.NaN, 0, Double.NaN, Double.NaN)
                        .refuses(
                                "the weights are no label and its rest",
                                (z, y) -> Node.apply(Losses.X_LOG_Y, y, z.sigmoid())
                                        .plus(Node.apply(Losses.X_LOG_ONE_MINUS_Y, y, z.sigmoid()))),
                logisticLoss("logistic loss")
                        .fires(
                                "negate(bceWithLogits(z, y))",
                                (z, y) -> y.times(Activations.logSigmoid(z))
                                        .plus(oneMinus(y).times(Activations.logSigmoid(z.negate()))))
                        .fires(
                                "negate(bceWithLogits(z, y))",
                                (z, y) -> Activations.logSigmoid(z.negate())
                                        .times(one().minus(y))
                                        .plus(Activations.logSigmoid(z).times(y)))
                        .fires(
                                "negate(negate(bceWithLogits(z, y)))",
                                (z, y) -> y.negate()
                                        .times(Activations.logSigmoid(z))
                                        .plus(oneMinus(y)
                                                .times(Activations.logSigmoid(z.negate()))
                                                .negate()))
                        .limit(INFINITY, 1, 0, 0)
                        .limit(INFINITY, 0, -INFINITY, -1)
                        .limit(-INFINITY, 1, -INFINITY, 1)
                        .limit(-INFINITY, 0, 0, 0)
                        .limit(HUGE, 1, 0, 0)
                        .limit(HUGE, 0, -HUGE, -1)
                        .limit(Double.NaN, 0, Double.NaN, Double.NaN)
                        .limit(0, Double.NaN, Double.NaN, Double.NaN)
                        .refuses(
                                "the terms have different signs",
                                (z, y) -> y.times(Activations.logSigmoid(z))
                                        .plus(oneMinus(y)
                                                .times(Activations.logSigmoid(z.negate()))
                                                .negate()))
                        .refuses(
                                "the weights do not sum to 1",
                                (z, y) -> y.times(Activations.logSigmoid(z))
                                        .plus(y.negate().plus(2).times(Activations.logSigmoid(z.negate()))))
                        .refuses(
                                "the weights are the same",
                                (z, y) -> y.times(Activations.logSigmoid(z))
                                        .plus(y.times(Activations.logSigmoid(z.negate()))))
                        .refuses(
                                "the logits are the same",
                                (z, y) -> y.times(Activations.logSigmoid(z))
                                        .plus(oneMinus(y).times(Activations.logSigmoid(z))))
                        .refuses(
                                "the logits have nothing to do with each other",
                                (z, y) -> y.times(Activations.logSigmoid(z))
                                        .plus(oneMinus(y).times(Activations.logSigmoid(y))))
                        .refuses(
                                "the logarithms are repeated",
                                (z, y) -> y.times(Activations.logSigmoid(z.columnSums()))
                                        .plus(oneMinus(y)
                                                .times(Activations.logSigmoid(
                                                        z.columnSums().negate()))))
                        .refuses(
                                "a term is a difference",
                                (z, y) -> y.minus(Activations.logSigmoid(z))
                                        .plus(oneMinus(y).times(Activations.logSigmoid(z.negate()))))
                        .refuses(
                                "a term is no product",
                                (z, y) -> Activations.logSigmoid(z)
                                        .plus(oneMinus(y).times(Activations.logSigmoid(z.negate()))))
                        .refuses(
                                "no logarithm",
                                (z, y) -> y.times(z).plus(oneMinus(y).times(z.negate())))
                        .refuses(
                                "a logit beside a probability",
                                (z, y) -> y.times(Activations.logSigmoid(z))
                                        .plus(oneMinus(y).times(Elementary.log1p(z.negate()))))
                        .refuses(
                                "a probability beside a logit",
                                (z, y) -> y.times(z.log()).plus(oneMinus(y).times(Activations.logSigmoid(z.negate()))))
                        .refuses(
                                "two different probabilities",
                                (z, y) -> y.times(z.log()).plus(oneMinus(y).times(Elementary.log1p(y.negate()))))
                        .refuses(
                                "the probability itself twice",
                                (z, y) -> y.times(z.log()).plus(oneMinus(y).times(z.log())))
                        .refuses(
                                "its rest twice",
                                (z, y) -> y.times(Elementary.log1p(z.negate()))
                                        .plus(oneMinus(y).times(Elementary.log1p(z.negate())))),
                logisticLoss("logistic loss, as a difference")
                        .fires(
                                "negate(negate(bceWithLogits(z, y)))",
                                (z, y) -> y.negate()
                                        .times(Activations.logSigmoid(z))
                                        .minus(oneMinus(y).times(Activations.logSigmoid(z.negate()))))
                        .fires(
                                "negate(bceWithLogits(z, y))",
                                (z, y) -> y.times(Activations.logSigmoid(z))
                                        .minus(oneMinus(y)
                                                .times(Activations.logSigmoid(z.negate()))
                                                .negate()))
                        .limit(INFINITY, 1, 0, 0)
                        .limit(INFINITY, 0, INFINITY, 1)
                        .limit(-INFINITY, 1, INFINITY, -1)
                        .limit(-INFINITY, 0, 0, 0)
                        .limit(Double.NaN, 0, Double.NaN, Double.NaN)
                        .refuses(
                                "the terms have different signs",
                                (z, y) -> y.times(Activations.logSigmoid(z))
                                        .minus(oneMinus(y).times(Activations.logSigmoid(z.negate()))))
                        .refuses(
                                "the second term is negative, too",
                                (z, y) -> y.negate()
                                        .times(Activations.logSigmoid(z))
                                        .minus(oneMinus(y)
                                                .times(Activations.logSigmoid(z.negate()))
                                                .negate())));
    }

    /** Exponential, logarithm and sum of each term, its weight and 1 − y, and the sum of both terms. */
    private static RuleRow logisticLoss(String rule) {
        return row(rule, "zy")
                .only("2×3", "2×3")
                .at("1×1", "1×1")
                .at("2×3", "1×1")
                .at("2×3", "1×3")
                .samples(0, LOGITS)
                .samples(1, LABELS)
                .within(8)
                .gradientOf(
                        0,
                        (z, y) -> oneMinus(y)
                                .times(z.sigmoid())
                                .plus(y.times(z.negate().sigmoid())));
    }

    /** The same rules for probabilities that are no sigmoids. */
    private static List<RuleRow> probabilities() {
        return List.of(
                probabilities("logistic loss", 1)
                        .fires(
                                "add(xLogY(y, p), xLogOneMinusY(addScalar(1)(negate(y)), p))",
                                (p, y) -> y.times(p.log()).plus(oneMinus(y).times(Elementary.log1p(p.negate()))))
                        .refuses(
                                "its rest comes first",
                                (p, y) -> y.times(Elementary.log1p(p.negate()))
                                        .plus(oneMinus(y).times(p.log()))),
                probabilities("logistic loss, as a difference", -1)
                        .fires(
                                "negate(add(xLogY(y, p), xLogOneMinusY(addScalar(1)(negate(y)), p)))",
                                (p, y) -> y.negate()
                                        .times(p.log())
                                        .minus(oneMinus(y).times(Elementary.log1p(p.negate()))))
                        .refuses(
                                "its rest comes first",
                                (p, y) -> y.negate()
                                        .times(Elementary.log1p(p.negate()))
                                        .minus(oneMinus(y).times(p.log()))));
    }

    private static RuleRow probabilities(String rule, double sign) {
        return row(rule, "py")
                .only("2×3", "2×3")
                .at("1×1", "1×1")
                .at("2×3", "1×3")
                .samples(0, 1e-300, 1e-20, 1e-9, 0.1, 0.5, 0.9, 1 - 1e-9, 1 - 0x1p-53)
                .samples(1, LABELS)
                .within(8)
                .gradientOf(0, (p, y) -> y.dividedBy(p).plus(oneMinus(y).dividedBy(oneMinus(p))))
                .gradientOf(
                        1, (p, y) -> p.log().plus(Elementary.log1p(p.negate())).negate())
                .whereTheLeftSideLosesNothing()
                .limit(0, 0, 0, -sign)
                .limit(1, 1, 0, sign)
                .limit(0, 1, -sign * INFINITY, sign * INFINITY)
                .limit(1, 0, -sign * INFINITY, -sign * INFINITY)
                .limit(Double.NaN, 0, Double.NaN, Double.NaN)
                .limit(0.5, Double.NaN, Double.NaN, Double.NaN);
    }

    private static List<RuleRow> kinks() {
        double[] positive = {0.1, 3, 1 / 3.0, 1e-100, 1e100, 1e-300, HUGE, Double.MIN_VALUE};
        return List.of(
                row("square of a kink", "x")
                        .only("3×2")
                        .at("1×1")
                        .at("3×1")
                        .at("1×4")
                        .fires("sum(square(x))", x -> Reductions.norm2(x).square())
                        .fires(
                                "columnSums(square(x))",
                                x -> Reductions.norm2(x, Over.EACH_COLUMN).square())
                        .fires(
                                "sum(square(scale(3)(x)))",
                                x -> Reductions.norm2(x).times(3).negate().square())
                        .fires("square(x)", x -> x.abs().square())
                        .fires(
                                "square(divide(x, broadcast(3)))",
                                x -> x.abs().dividedBy(3).square())
                        .fires(
                                "square(multiply(x, exp(x)))",
                                x -> x.exp().times(x.abs()).square())
                        .fires(
                                "add(square(x), square(scale(2)(x)))",
                                x -> Elementary.hypot(x, x.times(2)).square())
                        .samples(0, 0, 0.1, -3, 1 / 3.0, 1e-100, 1e-160, -100)
                        .within(16)
                        .whereTheLeftSideLosesNothing()
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .limit(column(0, 0), column(0), column(0, 0))
                        .limit(column(3, 4), column(25), column(6, 8))
                        .limit(column(INFINITY, 0), column(INFINITY), column(INFINITY, 0))
                        .limit(column(HUGE, 0), column(INFINITY), column(2 * HUGE, 0))
                        .refuses("no kink", x -> x.exp().square())
                        .refuses("something is added", x -> x.abs().plus(1).square())
                        .refuses("no kink in the product", x -> x.exp().times(x).square()),
                row("square of a root", "x")
                        .fires("where(less(0)(x), sqrt(x), x)", x -> x.sqrt().square())
                        .fires(
                                "scale(3)(scale(3)(where(less(0)(x), sqrt(x), x)))",
                                x -> x.sqrt().times(3).square())
                        .samples(0, positive)
                        .within(4)
                        .whereTheLeftSideLosesNothing()
                        .limit(0, 0, 1)
                        .limit(-1, Double.NaN, Double.NaN)
                        .limit(INFINITY, INFINITY, 1)
                        .limit(Double.NaN, Double.NaN, 1)
                        .refuses("no root", x -> x.exp().square()),
                row("even power of a kink or a root", "x")
                        .fires("square(x)", x -> Arithmetic.power(x.abs(), 2))
                        .fires("square(square(x))", x -> Arithmetic.power(x.abs(), 4))
                        .samples(0, 0, 0.1, -3, 1 / 3.0, 1e-50, 1e50)
                        .within(8)
                        .whereTheLeftSideLosesNothing()
                        .limit(0, 0, 0)
                        .limit(INFINITY, INFINITY, INFINITY)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses("an odd power", x -> Arithmetic.power(x.abs(), 3))
                        .refuses("neither", x -> Arithmetic.power(x, 2)),
                row("root of a square", "x")
                        .fires("abs(x)", x -> x.square().sqrt())
                        .samples(0, 0, 0.1, -3, 1e-200, -1e200, HUGE, Double.MIN_VALUE)
                        .within(1)
                        .limit(0, 0, 0)
                        .limit(-INFINITY, INFINITY, -1)
                        .limit(Double.NaN, Double.NaN, Double.NaN)
                        .refuses("a sum", x -> x.square().plus(1).sqrt()),
                reciprocals("reciprocal of a reciprocal")
                        .fires("x", x -> Arithmetic.reciprocal(Arithmetic.reciprocal(x)))
                        .fires("x", x -> Arithmetic.reciprocal(one().dividedBy(x)))
                        .refuses(
                                "another numerator",
                                x -> Arithmetic.reciprocal(Node.constant(2).dividedBy(x))),
                reciprocals("reciprocal of a reciprocal, as a quotient")
                        .fires("x", x -> one().dividedBy(one().dividedBy(x)))
                        .fires("x", x -> one().dividedBy(Arithmetic.reciprocal(x)))
                        .refuses(
                                "another numerator",
                                x -> one().dividedBy(Node.constant(2).dividedBy(x)))
                        .refuses(
                                "another numerator outside",
                                x -> Node.constant(2).dividedBy(Arithmetic.reciprocal(x))));
    }

    private static RuleRow reciprocals(String rule) {
        return row(rule, "x")
                .samples(0, 0.1, -3, 1e-200, -HUGE, 1e-310)
                .within(1)
                .limit(0, 0, 1)
                .limit(-INFINITY, -INFINITY, 1)
                .limit(Double.NaN, Double.NaN, 1);
    }

    private static List<RuleRow> algebra() {
        return List.of(
                row("difference from a number", "x")
                        .fires("addScalar(3)(negate(x))", x -> Node.constant(3).minus(x))
                        .fires("addScalar(0)(negate(x))", x -> Node.constant(0).minus(x))
                        .refuses("no number", x -> x.exp().minus(x)),
                row("sum known by assumption", "x")
                        .only("3×2")
                        .at("3×1")
                        .knowing(0, Fact.COLUMNS_SUM_TO_ONE)
                        .fires("broadcast(1)", x -> x.columnSums())
                        .refuses("the rows", x -> x.rowSums())
                        .refuses("everything", x -> x.sum())
                        .refuses("another matrix", x -> x.square().columnSums()),
                row("sum known by assumption", "x")
                        .only("3×2")
                        .at("1×4")
                        .knowing(0, Fact.ROWS_SUM_TO_ONE)
                        .fires("broadcast(1)", x -> x.rowSums())
                        .refuses("the columns", x -> x.columnSums())
                        .refuses("everything", x -> x.sum()),
                row("textbook form", "xy")
                        .fires("multiply(x, y)", (x, y) -> Comparisons.mask(x, y))
                        .refuses("what a textbook has", (x, y) -> x.times(y)),
                row("logarithm of an exponential", "x")
                        .fires("x", x -> x.exp().log())
                        .refuses("no exponential", x -> x.square().log()),
                row("transpose of a product", "xy")
                        .only("2×3", "3×4")
                        .at("1×1", "1×1")
                        .fires("matmul(aᵀ, bᵀ)(y, x)", (x, y) -> x.matmul(y).transpose())
                        .fires(
                                "matmul(aᵀ, b)(y, transpose(x))",
                                (x, y) -> LinearAlgebra.matmul(x.transpose(), y, true, false)
                                        .transpose())
                        .fires(
                                "matmul(a, bᵀ)(transpose(y), x)",
                                (x, y) -> LinearAlgebra.matmul(x, y.transpose(), false, true)
                                        .transpose())
                        .refuses("no product", (x, y) -> x.exp().transpose()),
                row("number out of a transpose", "cx")
                        .only("1×1", "2×3")
                        .at("1×1", "1×1")
                        .fires(
                                "multiply(broadcast(c), transpose(x))",
                                (c, x) -> c.times(x).transpose())
                        .fires("scale(3)(transpose(x))", (c, x) -> x.times(3).transpose())
                        .fires("negate(transpose(x))", (c, x) -> x.negate().transpose())
                        .fires(
                                "divide(transpose(x), broadcast(c))",
                                (c, x) -> x.dividedBy(c).transpose())
                        .fires("broadcast(0)", (c, x) -> x.minus(x).transpose())
                        .refuses("not 1×1", (c, x) -> x.times(x.exp()).transpose())
                        .refuses("no factor", (c, x) -> x.plus(c).transpose()),
                row("factor out of a sum", "cx")
                        .only("1×1", "2×3")
                        .at("1×1", "1×1")
                        .fires("multiply(c, sum(x))", (c, x) -> c.times(x).sum())
                        .fires("scale(3)(sum(x))", (c, x) -> x.times(3).sum())
                        .fires(
                                "multiply(broadcast(c), columnSums(x))",
                                (c, x) -> c.times(x).columnSums())
                        .fires(
                                "multiply(rowSums(x), rowSums(exp(x)))",
                                (c, x) -> x.rowSums().times(x.exp()).rowSums())
                        .fires(
                                "multiply(c, size(6))",
                                (c, x) -> Layout.broadcast(c, Shape.of(2, 3)).sum())
                        .fires("broadcast(0)", (c, x) -> x.minus(x).columnSums())
                        .refuses(
                                "not the same in each row",
                                (c, x) -> x.rowSums().times(x.exp()).columnSums())
                        .refuses("no factor", (c, x) -> x.plus(c).sum()),
                row("number out of a matrix product", "cxy")
                        .only("1×1", "2×3", "3×4")
                        .at("1×1", "1×1", "1×1")
                        .fires(
                                "multiply(broadcast(c), matmul(x, y))",
                                (c, x, y) -> c.times(x).matmul(y))
                        .fires("multiply(broadcast(c), matmul(x, y))", (c, x, y) -> x.matmul(c.times(y)))
                        .fires("scale(6)(matmul(x, y))", (c, x, y) -> x.times(2).matmul(y.times(3)))
                        .fires("negate(matmul(x, y))", (c, x, y) -> x.negate().matmul(y))
                        .fires("broadcast(0)", (c, x, y) -> x.minus(x).matmul(y))
                        .fires("broadcast(0)", (c, x, y) -> x.matmul(y.minus(y)))
                        .refuses("no factor", (c, x, y) -> x.plus(c).matmul(y))
                        .refuses("not 1×1", (c, x, y) -> x.times(x.exp()).matmul(y)),
                row("collect", "xy")
                        .fires("scale(2)(exp(x))", (x, y) -> x.exp().plus(x.exp()))
                        .fires("x", (x, y) -> x.dividedBy(y).times(y))
                        .fires("broadcast(0)", (x, y) -> x.plus(y).minus(x.plus(y)))
                        .fires("y", (x, y) -> x.plus(y).minus(x))
                        .fires(
                                "divide(subtract(x, y), exp(x))",
                                (x, y) -> y.negate().dividedBy(x.exp()).plus(x.dividedBy(x.exp())))
                        .fires("scale(5)(x)", (x, y) -> x.times(2).plus(x.times(3)))
                        .refuses("it is short already", (x, y) -> x.times(y))
                        .refuses("a division by zero", (x, y) -> x.dividedBy(Node.constant(0)))
                        .refuses("a sum", (x, y) -> x.plus(y)),
                row("distribute and cancel", "xy")
                        .fires(
                                "add(x, multiply(exp(x), y))",
                                (x, y) -> x.dividedBy(y).plus(x.exp()).times(y))
                        .refuses("collecting is enough", (x, y) -> x.exp().plus(x.exp()))
                        .refuses(
                                "terms cancel, no factor",
                                (x, y) -> oneMinus(x).times(y).minus(x.times(oneMinus(y))))
                        .refuses(
                                "a factor multiplies",
                                (x, y) -> x.times(x.plus(y.exp())).minus(x.square()))
                        .refuses("nothing cancels", (x, y) -> x.plus(x.exp()).times(y))
                        .refuses(
                                "it becomes longer",
                                (x, y) -> x.dividedBy(y)
                                        .plus(x.exp())
                                        .plus(y.exp())
                                        .plus(x.tanh())
                                        .times(y.times(x.square()))),
                row("sum with itself", "x")
                        .fires("scale(2)(x)", x -> x.plus(x))
                        .refuses("two different terms", x -> x.plus(x.exp())),
                row("negative of a difference", "xy")
                        .fires(
                                "subtract(y, x)",
                                (x, y) -> Node.apply(SUBTRACT, x, y).negate())
                        .refuses("a sum", (x, y) -> x.plus(y).negate()),
                row("negative multiple of a difference", "xy")
                        .fires(
                                "scale(3)(subtract(y, x))",
                                (x, y) -> Node.apply(SUBTRACT, x, y).times(-3))
                        .refuses(
                                "a positive multiple",
                                (x, y) -> Node.apply(SUBTRACT, x, y).times(3))
                        .refuses("a sum", (x, y) -> x.plus(y).times(-3)),
                row("number before a product", "xys")
                        .only("2×3", "2×3", "1×1")
                        .at("1×1", "1×1", "1×1")
                        .fires("scale(3)(multiply(x, y))", (x, y, s) -> x.times(y.times(3)))
                        .fires("negate(multiply(x, y))", (x, y, s) -> x.negate().times(y))
                        .fires("divide(multiply(x, y), broadcast(s))", (x, y, s) -> x.times(y.dividedBy(s)))
                        .refuses("another divisor", (x, y, s) -> x.times(y.dividedBy(x.exp())))
                        .refuses("a sum", (x, y, s) -> x.plus(y.times(3))),
                row("expand and collect", "xy")
                        .fires("subtract(y, x)", (x, y) -> oneMinus(x).times(y).minus(x.times(oneMinus(y))))
                        .refuses("collecting is enough", (x, y) -> x.exp().plus(x.exp()))
                        .refuses("nothing cancels", (x, y) -> x.plus(x.exp()).times(y))
                        .refuses("a subtraction alone", (x, y) -> Node.apply(SUBTRACT, x, x.exp()))
                        .refuses("a sum alone", (x, y) -> Node.apply(new Sum(Over.ALL), x)));
    }

    private static List<RuleRow> matrices() {
        return List.of(
                row("matrix product with a number", "xs")
                        .only("2×1", "1×1")
                        .at("1×1", "1×1")
                        .fires("multiply(x, broadcast(s))", (x, s) -> x.matmul(s))
                        .fires(
                                "multiply(broadcast(s), transpose(x))",
                                (x, s) -> LinearAlgebra.matmul(s, x, false, true))
                        .refuses("two vectors", (x, s) -> x.transpose().matmul(x)),
                row("product with the identity", "xy")
                        .only("2×2", "2×3")
                        .fires("y", (x, y) -> identity().matmul(y))
                        .fires("transpose(x)", (x, y) -> LinearAlgebra.matmul(x, identity(), true, false))
                        .refuses(
                                "another diagonal",
                                (x, y) -> LinearAlgebra.diagonalMatrix(x.rowSums())
                                        .matmul(y)),
                row("transpose of a symmetric matrix", "xy")
                        .only("2×2", "2×3")
                        .knowing(0, Fact.SYMMETRIC)
                        .fires("x", (x, y) -> x.transpose())
                        .refuses("nothing known", (x, y) -> y.transpose()),
                row("product of a symmetric matrix", "xy")
                        .only("2×2", "2×3")
                        .knowing(0, Fact.SYMMETRIC)
                        .fires("matmul(x, y)", (x, y) -> LinearAlgebra.matmul(x, y, true, false))
                        .fires("matmul(aᵀ, b)(y, x)", (x, y) -> LinearAlgebra.matmul(y, x, true, true))
                        .refuses("nothing known", (x, y) -> LinearAlgebra.matmul(y, x, true, false)),
                row("product of a transposed product", "xyz")
                        .only("2×3", "3×4", "2×5")
                        .fires(
                                "matmul(matmul(aᵀ, bᵀ)(y, x), z)",
                                (x, y, z) -> LinearAlgebra.matmul(x.matmul(y), z, true, false))
                        .fires(
                                "matmul(aᵀ, b)(z, matmul(x, y))",
                                (x, y, z) ->
                                        LinearAlgebra.matmul(z, LinearAlgebra.matmul(y, x, true, true), true, true))
                        .refuses("no transpose", (x, y, z) -> z.transpose().matmul(x.matmul(y)))
                        .refuses("no product", (x, y, z) -> LinearAlgebra.matmul(x.exp(), z, true, false)),
                collecting("collect matrix products")
                        .fires("matmul(add(x, y), z)", (x, y, z) -> x.matmul(z).plus(y.matmul(z)))
                        .fires(
                                "matmul(add(x, transpose(x)), z)",
                                (x, y, z) ->
                                        LinearAlgebra.matmul(x, z, true, false).plus(x.matmul(z)))
                        .fires(
                                "matmul(aᵀ, b)(add(x, y), z)",
                                (x, y, z) -> LinearAlgebra.matmul(x, z, true, false)
                                        .plus(LinearAlgebra.matmul(y, z, true, false)))
                        .fires("matmul(x, add(y, z))", (x, y, z) -> x.matmul(y).plus(x.matmul(z)))
                        .refuses("nothing in common", (x, y, z) -> x.matmul(y).plus(y.matmul(z)))
                        .refuses("no product", (x, y, z) -> x.matmul(z).plus(z)),
                collecting("collect a difference of matrix products")
                        .fires(
                                "matmul(subtract(x, y), z)",
                                (x, y, z) -> x.matmul(z).minus(y.matmul(z)))
                        .refuses("nothing in common", (x, y, z) -> x.matmul(y).minus(y.matmul(z))),
                row("known part of a sum", "xy")
                        .only("3×2", "3×2")
                        .knowing(0, Fact.COLUMNS_SUM_TO_ONE)
                        .fires(
                                "addScalar(1)(columnSums(y))",
                                (x, y) -> x.plus(y).columnSums())
                        .fires(
                                "addScalar(1)(columnSums(multiply(y, x)))",
                                (x, y) -> y.plus(1).times(x).columnSums())
                        .fires(
                                "broadcast(1)",
                                (x, y) -> Activations.softmaxColumns(y).columnSums())
                        .fires(
                                "broadcast(0)",
                                (x, y) -> y.minus(y.columnMeans()).columnSums())
                        .refuses("the rows", (x, y) -> x.plus(y).rowSums())
                        .refuses(
                                "another mean",
                                (x, y) -> y.minus(y.columnMeans()).rowSums())
                        .refuses("nothing known", (x, y) -> y.columnSums()),
                row("known part of a sum", "xy")
                        .only("2×3", "2×3")
                        .knowing(0, Fact.ROWS_SUM_TO_ZERO)
                        .fires("rowSums(y)", (x, y) -> x.plus(y).rowSums())
                        .refuses("the columns", (x, y) -> x.plus(y).columnSums()));
    }

    private static RuleRow collecting(String rule) {
        return row(rule, "xyz").only("2×2", "2×2", "2×2");
    }

    private static Node identity() {
        return LinearAlgebra.diagonalMatrix(Constants.ones(Shape.of(2, 1)));
    }
}
