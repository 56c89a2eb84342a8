package org.gradgraph.oracle;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Ops;
import org.gradgraph.graph.ReductionOps.Over;
import org.gradgraph.graph.Shape;
import org.gradgraph.oracle.Interpreter.Arguments;

/** Every word of the oracle, in this library's terms. */
final class Vocabulary {
    /** Makes the node of a word. */
    interface Word {
        Node build(Arguments arguments);
    }

    private static final Map<String, Word> WORDS = words();

    private Vocabulary() {}

    static Word word(String name) {
        Word word = WORDS.get(name);
        if (word == null) {
            throw new IllegalArgumentException("no word of the oracle: " + name);
        }
        return word;
    }

    static Map<String, Word> all() {
        return WORDS;
    }

    private static Map<String, Word> words() {
        Map<String, Word> words = new TreeMap<>();
        elementwise(words);
        reductions(words);
        matrices(words);
        losses(words);
        return words;
    }

    private static void elementwise(Map<String, Word> words) {
        words.put("add", binary(Ops::add));
        words.put("sub", binary(Ops::subtract));
        words.put("mul", binary(Ops::multiply));
        words.put("div", binary(Ops::divide));
        words.put("pow", binary(Ops::power));
        words.put("maximum", binary(Ops::maximum));
        words.put("minimum", binary(Ops::minimum));
        words.put("where", in -> {
            Node[] same = stretched(in.nodes());
            return Ops.where(same[0], same[1], same[2]);
        });
        words.put("neg", unary(Ops::negate));
        words.put("exp", unary(Ops::exp));
        words.put("log", unary(Ops::log));
        words.put("log1p", unary(Ops::log1p));
        words.put("expm1", unary(Ops::expm1));
        words.put("sqrt", unary(Ops::sqrt));
        words.put("square", unary(Ops::square));
        words.put("abs", unary(Ops::abs));
        words.put("sigmoid", unary(Ops::sigmoid));
        words.put("tanh", unary(Ops::tanh));
        words.put("relu", unary(Ops::relu));
        words.put("softplus", unary(Ops::softplus));
        words.put("logsigmoid", unary(Ops::logSigmoid));
        words.put("sin", unary(Ops::sin));
        words.put("cos", unary(Ops::cos));
        words.put("leaky_relu", in -> Ops.leakyRelu(in.node(0), in.number(1)));
        words.put("clip", in -> Ops.clip(in.node(0), in.number(1), in.number(2)));
    }

    private static void reductions(Map<String, Word> words) {
        words.put("sum_all", unary(Ops::sum));
        words.put("mean_all", unary(Ops::mean));
        words.put("max_all", unary(Ops::max));
        words.put("sum_rows", unary(Ops::columnSums));
        words.put("sum_cols", unary(Ops::rowSums));
        words.put("mean_axis0", unary(Ops::columnMeans));
        words.put("mean_axis1", unary(Ops::rowMeans));
        words.put("softmax_rows", unary(Ops::softmaxRows));
        words.put("logsumexp_rows", unary(x -> Ops.logSumExp(x, Over.EACH_ROW)));
        words.put("norm2", unary(Ops::norm2));
        words.put("normalize_rows", unary(Ops::normalizeRows));
    }

    private static void matrices(Map<String, Word> words) {
        words.put("matmul", in -> Ops.matmul(in.node(0), in.node(1)));
        words.put("transpose", unary(Ops::transpose));
        words.put("reshape", in -> Ops.reshape(in.node(0), in.integer(1), in.integer(2)));
        words.put("slice", in -> Ops.slice(in.node(0), in.integer(1), in.integer(2), in.integer(3), in.integer(4)));
        words.put("concat_rows", in -> Ops.concatRows(in.nodes()));
        words.put("concat_cols", in -> Ops.concatColumns(in.nodes()));
        words.put("inverse", unary(Ops::inverse));
        words.put("det", unary(Ops::determinant));
        words.put("logdet", unary(Ops::logDeterminant));
        words.put("solve", in -> Ops.solve(in.node(0), in.node(1)));
        words.put("conv2d_valid", in -> Ops.conv2d(in.node(0), in.node(1)));
        words.put("conv2d_same", in -> Ops.conv2dSame(in.node(0), in.node(1)));
    }

    private static void losses(Map<String, Word> words) {
        words.put("bce_with_logits", binary(Ops::bceWithLogits));
        words.put("bce_probs", binary(Ops::bce));
        words.put("cross_entropy_rows", in -> Ops.crossEntropyWithLogits(in.node(0), in.node(1), Over.EACH_ROW));
        words.put("l1_loss", binary(Ops::l1Loss));
        words.put("l2_loss", binary(Ops::l2Loss));
    }

    private static Word unary(UnaryOperator<Node> operation) {
        return in -> operation.apply(in.node(0));
    }

    private static Word binary(BinaryOperator<Node> operation) {
        return in -> {
            Node[] same = stretched(in.nodes());
            return operation.apply(same[0], same[1]);
        };
    }

    /** The library broadcasts, except where the result has the shape of no operand: that is written out. */
    private static Node[] stretched(Node... operands) {
        Shape target = Shape.SCALAR;
        for (Node operand : operands) {
            target = Shape.of(
                    longer(target.rows(), operand.shape().rows()),
                    longer(target.columns(), operand.shape().columns()));
        }
        Shape wanted = target;
        boolean byLibrary =
                Arrays.stream(operands).anyMatch(operand -> operand.shape().equals(wanted));
        return byLibrary
                ? operands
                : Arrays.stream(operands)
                        .map(operand -> operand.broadcastTo(wanted))
                        .toArray(Node[]::new);
    }

    private static Dim longer(Dim a, Dim b) {
        return a.isOne() ? b : a;
    }
}
