package org.gradgraph.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner understands the whole language of the oracle, not only what the sample uses. */
class OracleVocabularyTest {
    /** One expression for each word, over a, b, c (3×3, positive), r (1×3), v (3×1), s (1×1) and labels y (3×3). */
    private static final List<String> EXAMPLES = List.of(
            "(add v r)",
            "(sub r v)",
            "(mul v r)",
            "(div r v)",
            "(pow v r)",
            "(maximum v r)",
            "(minimum r v)",
            "(where y v r)",
            "(neg a)",
            "(exp a)",
            "(log a)",
            "(log1p a)",
            "(expm1 a)",
            "(sqrt a)",
            "(square a)",
            "(abs (neg a))",
            "(sigmoid a)",
            "(tanh a)",
            "(relu a)",
            "(softplus a)",
            "(logsigmoid a)",
            "(sin a)",
            "(cos a)",
            "(leaky_relu (neg a) 0.25)",
            "(clip a 0 3)",
            "(sum_all a)",
            "(mean_all a)",
            "(max_all a)",
            "(sum_rows a)",
            "(sum_cols a)",
            "(mean_axis0 a)",
            "(mean_axis1 a)",
            "(softmax_rows a)",
            "(logsumexp_rows a)",
            "(norm2 a)",
            "(normalize_rows a)",
            "(matmul a b)",
            "(transpose a)",
            "(reshape a 1 9)",
            "(slice a 0 2 1 3)",
            "(concat_rows a r b)",
            "(concat_cols v a v)",
            "(inverse (add a (mul 5 y)))",
            "(det a)",
            "(logdet (add a (mul 5 y)))",
            "(solve (add a (mul 5 y)) b)",
            "(conv2d_valid a (slice b 0 2 0 2))",
            "(conv2d_same a b)",
            "(bce_with_logits v r)",
            "(bce_probs (mul 0.5 v) (mul 0.5 r))",
            "(cross_entropy_rows a y)",
            "(l1_loss v r)",
            "(l2_loss v r)");

    @Test
    void every_word_has_an_example() {
        List<String> heads =
                EXAMPLES.stream().map(text -> Expression.parse(text).head()).toList();
        assertThat(heads).containsExactlyInAnyOrderElementsOf(Vocabulary.all().keySet());
    }

    @Test
    void every_word_has_a_gradient_that_agrees_with_differences() {
        Map<String, Node> names = new HashMap<>();
        Feeds feeds = Feeds.none();
        Random random = new Random(7);
        List<Node> wrt = new ArrayList<>();
        int place = 0;
        for (Object[] leaf : new Object[][] {{"a", 3, 3}, {"b", 3, 3}, {"r", 1, 3}, {"v", 3, 1}}) {
            DMatrixRMaj value = new DMatrixRMaj((int) leaf[1], (int) leaf[2]);
            for (int k = 0; k < value.getNumElements(); k++) {
                value.data[k] = 0.2 + 0.06 * (7 * place++ % 24) + 0.01 * random.nextDouble();
            }
            Node node = Node.parameter((String) leaf[0], value.numRows, value.numCols);
            names.put((String) leaf[0], node);
            wrt.add(node);
            feeds = feeds.and(node, value);
        }
        names.put("y", Node.constant(new double[][] {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}}));
        for (String text : EXAMPLES) {
            Node output = Interpreter.build(Expression.parse(text), names);
            Node weights = Node.constant(weights(output));
            Node[] used = wrt.stream()
                    .filter(node -> org.gradgraph.graph.Graph.of(output).contains(node))
                    .toArray(Node[]::new);
            Feeds point = Feeds.none();
            for (Node node : used) {
                point = point.and(node, feeds.asMap().get(node));
            }
            assertThat(GradientCheck.of(output.times(weights).sum())
                            .withRespectTo(used)
                            .at(point)
                            .report()
                            .passed())
                    .as(text)
                    .isTrue();
        }
    }

    private static DMatrixRMaj weights(Node output) {
        int rows = output.shape().rows().size();
        int columns = output.shape().columns().size();
        DMatrixRMaj weights = new DMatrixRMaj(rows, columns);
        for (int k = 0; k < rows * columns; k++) {
            weights.data[k] = 0.5 + 0.25 * (k % 5);
        }
        return weights;
    }

    @Test
    void a_name_wins_over_a_number_and_let_binds_one_after_the_other() {
        assertThat(value("(add 2 1)", Map.of("2", 40.0))).isEqualTo(41);
        assertThat(value("(let ((x 3) (y (mul x x)) (x (add y 1))) (sub x y))", Map.of()))
                .isEqualTo(1);
        assertThat(value("-0.5e1", Map.of())).isEqualTo(-5);
    }

    @Test
    void every_use_of_a_name_is_the_same_node() {
        Node sum = Interpreter.build(Expression.parse("(let ((t (exp x))) (add t t))"), Map.of("x", Node.input("x")));
        assertThat(sum.inputs().get(0)).isSameAs(sum.inputs().get(1));
    }

    @Test
    void a_repetition_of_forty_thousand_steps_needs_no_stack() throws InterruptedException {
        List<Double> results = new ArrayList<>();
        Thread small = new Thread(
                null,
                () -> {
                    Node x = Node.parameter("x");
                    Expression text = Expression.parse("(repeat 40000 s x (add s 1))");
                    Node end = Interpreter.build(text, Map.of("x", x));
                    var run = Program.of(end)
                            .withGradients(x)
                            .newRun()
                            .set(x, 2)
                            .forward()
                            .backward();
                    results.add(run.scalar(end));
                    results.add(run.gradient(x).get(0, 0));
                },
                "small stack",
                256 * 1024);
        small.start();
        small.join();
        assertThat(results).containsExactly(40002.0, 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(add 1 2", "add 1 2)", "(add 1 2) 3", "(frobnicate 1)", "()", "(add 1 x)"})
    void what_is_no_expression_is_refused(String text) {
        assertThatThrownBy(() -> value(text, Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static double value(String text, Map<String, Double> numbers) {
        Map<String, Node> names = new HashMap<>();
        numbers.forEach((name, number) -> names.put(name, Node.constant(number)));
        Node node = Interpreter.build(Expression.parse(text), names);
        return Program.of(node).newRun().forward().scalar(node);
    }
}
