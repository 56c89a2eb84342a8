package org.gradgraph.oracle;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Convolutions;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
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
        words.put("add", binary(Arithmetic::add));
        words.put("sub", binary(Arithmetic::subtract));
        words.put("mul", binary(Arithmetic::multiply));
        words.put("div", binary(Arithmetic::divide));
        words.put("pow", binary(Arithmetic::power));
        words.put("maximum", binary(Comparisons::maximum));
        words.put("minimum", binary(Comparisons::minimum));
        words.put("where", in -> {
            Node[] same = stretched(in.nodes());
            return Comparisons.where(same[0], same[1], same[2]);
        });
        words.put("neg", unary(Arithmetic::negate));
        words.put("exp", unary(Elementary::exp));
        words.put("log", unary(Elementary::log));
        words.put("log1p", unary(Elementary::log1p));
        words.put("expm1", unary(Elementary::expm1));
        words.put("sqrt", unary(Elementary::sqrt));
        words.put("square", unary(Arithmetic::square));
        words.put("abs", unary(Elementary::abs));
        words.put("sigmoid", unary(Activations::sigmoid));
        words.put("tanh", unary(Elementary::tanh));
        words.put("relu", unary(Activations::relu));
        words.put("softplus", unary(Activations::softplus));
        words.put("logsigmoid", unary(Activations::logSigmoid));
        words.put("sin", unary(Elementary::sin));
        words.put("cos", unary(Elementary::cos));
        words.put("leaky_relu", in -> Activations.leakyRelu(in.node(0), in.number(1)));
        words.put("clip", in -> Comparisons.clip(in.node(0), in.number(1), in.number(2)));
    }

    private static void reductions(Map<String, Word> words) {
        words.put("sum_all", unary(Reductions::sum));
        words.put("mean_all", unary(Reductions::mean));
        words.put("max_all", unary(Reductions::max));
        words.put("sum_rows", unary(Reductions::columnSums));
        words.put("sum_cols", unary(Reductions::rowSums));
        words.put("mean_axis0", unary(Reductions::columnMeans));
        words.put("mean_axis1", unary(Reductions::rowMeans));
        words.put("softmax_rows", unary(Activations::softmaxRows));
        words.put("logsumexp_rows", unary(x -> Reductions.logSumExp(x, Over.EACH_ROW)));
        words.put("norm2", unary(Reductions::norm2));
        words.put("normalize_rows", unary(Reductions::normalizeRows));
    }

    private static void matrices(Map<String, Word> words) {
        words.put("matmul", in -> LinearAlgebra.matmul(in.node(0), in.node(1)));
        words.put("transpose", unary(Layout::transpose));
        words.put("reshape", in -> Layout.reshape(in.node(0), in.integer(1), in.integer(2)));
        words.put("slice", in -> Layout.slice(in.node(0), in.integer(1), in.integer(2), in.integer(3), in.integer(4)));
        words.put("concat_rows", in -> Layout.concatRows(in.nodes()));
        words.put("concat_cols", in -> Layout.concatColumns(in.nodes()));
        words.put("inverse", unary(LinearAlgebra::inverse));
        words.put("det", unary(LinearAlgebra::determinant));
        words.put("logdet", unary(LinearAlgebra::logDeterminant));
        words.put("solve", in -> LinearAlgebra.solve(in.node(0), in.node(1)));
        words.put("conv2d_valid", in -> Convolutions.conv2d(in.node(0), in.node(1)));
        words.put("conv2d_same", in -> Convolutions.conv2d(in.node(0), in.node(1), Convolutions.Padding.SAME));
    }

    private static void losses(Map<String, Word> words) {
        words.put("bce_with_logits", binary(Losses::bceWithLogits));
        words.put("bce_probs", binary(Losses::bce));
        words.put("cross_entropy_rows", in -> Losses.crossEntropyWithLogits(in.node(0), in.node(1), Over.EACH_ROW));
        words.put("l1_loss", binary(Losses::mae));
        words.put("l2_loss", binary(Losses::mse));
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
