package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

/** What the arrows of a program and of a run carry. */
class DotRunTest {
    private final Node a = Node.parameter("a");
    private final Node b = Node.parameter("b");
    private final Node c = Node.parameter("c");
    private final Node u = b.times(c).named("u");
    private final Node v = a.plus(u).named("v");
    private final Node j = v.times(3).named("J");

    @Test
    void every_number_of_the_lecture_is_on_its_arrow() {
        Dot dot = Dot.of(j, Feeds.of(a, 5).and(b, 3).and(c, 2));

        assertThat(arrows(dot, false)).containsExactly("n1->n3 3", "n2->n3 2", "n0->n4 5", "n3->n4 6", "n4->n5 11");
        assertThat(arrows(dot, true))
                .containsExactly("n1->n3 db = 6", "n2->n3 dc = 9", "n0->n4 da = 3", "n3->n4 du = 3", "n4->n5 dv = 3");
        assertThat(dot.toString()).contains("<TD>33</TD>").contains(">dJ = 1</FONT>");
    }

    @Test
    void a_backward_arrow_is_drawn_from_right_to_left_along_the_forward_one() {
        assertThat(Dot.of(Program.of(j).withGradients()).toString().lines().filter(line -> line.contains("backward")))
                .hasSize(5)
                .allMatch(line -> line.contains("dir=\"back\"") && line.contains("style=\"dashed\""));
    }

    @Test
    void a_program_shows_the_way_of_its_gradients_and_nothing_else() {
        Dot dot = Dot.of(Program.of(j).withGradients(b));

        assertThat(arrows(dot, true)).containsExactly("n1->n3 db  1×1", "n3->n4 du  1×1", "n4->n5 dv  1×1");
        assertThat(arrows(Dot.of(Program.of(j)), true)).isEmpty();
    }

    @Test
    void a_run_shows_what_it_kept_and_shapes_for_the_rest() {
        Run run = Program.of(j).withGradients(b).newRun();
        run.set(a, 5).set(b, 3).set(c, 2).forward();

        assertThat(arrows(Dot.of(run), false)).contains("n1->n3 3", "n3->n4 1×1");
        assertThat(arrows(Dot.of(run.backward()), true))
                .containsExactly("n1->n3 db = 6", "n3->n4 du  1×1", "n4->n5 dv  1×1");
    }

    @Test
    void a_picture_keeps_its_numbers_when_the_run_goes_on() {
        Run run = Program.of(j).newRun();
        Dot dot = Dot.of(run.set(a, 5).set(b, 3).set(c, 2).forward());
        String before = dot.toString();

        run.set(a, 6).forward();

        assertThat(dot.toString()).isEqualTo(before).contains("33");
    }

    @Test
    void what_several_operations_read_gets_a_share_of_its_gradient_from_each() {
        // x² + 4x at 3: 2·3 + 4, by two arrows of x·x and one of ×4.
        Node x = Node.parameter("x");
        Dot dot = Dot.of(x.times(x).plus(x.times(4)), Feeds.of(x, 3));

        assertThat(arrows(dot, true)).contains("n0->n1 part of dx = 3", "n0->n2 part of dx = 4");
        assertThat(arrows(dot, true).stream().filter("n0->n1 part of dx = 3"::equals))
                .hasSize(2);
        assertThat(dot.toString()).contains(">dx = 10</FONT>");
    }

    @Test
    void shares_add_up_to_the_gradient_where_shapes_are_symbolic() {
        Models.Model model = Models.logisticRegression();
        Dot dot = Dot.of(model.result(), model.feeds()).style(Style.standard().folded(false));

        List<List<List<String>>> parts = dot.picture().arrows().stream()
                .filter(arrow -> arrow.backward() && arrow.label().plain().startsWith("part of dA"))
                .map(arrow -> arrow.label().table())
                .toList();
        // Of −(y/a)/3 and ((1−y)/(1−a))/3, one is 0 in each column.
        assertThat(parts).hasSize(2);
        for (int k = 0; k < 3; k++) {
            int zeroIn = k < 2 ? 1 : 0;
            assertThat(Double.parseDouble(parts.get(zeroIn).get(0).get(k))).isZero();
            assertThat(Double.parseDouble(parts.get(1 - zeroIn).get(0).get(k))).isNotZero();
        }
    }

    @Test
    void small_matrices_are_tables_and_large_ones_tell_their_range() {
        Node x = Node.parameter("X", 2, 2);
        Node sum = x.square().sum();
        Feeds feeds = Feeds.of(x, new double[][] {{1, 2.5}, {-3, 1234567.25}});

        assertThat(Dot.of(sum, feeds).toString())
                .contains("<TD ALIGN=\"RIGHT\">1</TD><TD ALIGN=\"RIGHT\">2.5</TD></TR>")
                .contains("<TD ALIGN=\"RIGHT\">1234600</TD>");
        assertThat(arrows(Dot.of(sum, feeds).style(Style.standard().tables(1, 2)), false))
                .contains("n0->n1 2×2|min -3  mean 308640  max 1234600");
    }

    @Test
    void a_value_that_is_no_number_is_told() {
        Node x = Node.parameter("X", 30, 30);
        DMatrixRMaj poisoned = new DMatrixRMaj(30, 30);
        poisoned.set(29, 29, Double.NaN);

        assertThat(arrows(Dot.of(x.sum(), Feeds.of(x, poisoned)), false))
                .containsExactly("n0->n1 30×30|min NaN  mean NaN  max NaN");
    }

    private static List<String> arrows(Dot dot, boolean backward) {
        return dot.picture().arrows().stream()
                .filter(arrow -> arrow.backward() == backward)
                .map(arrow -> arrow.from() + "->" + arrow.to() + " "
                        + arrow.label().lines().stream().collect(Collectors.joining("|")))
                .toList();
    }

    @Test
    void an_unfed_leaf_is_asked_for_by_the_method_that_was_called() {
        Node x = Node.input("x");
        Node w = Node.parameter("w");
        Node product = x.times(w);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dot.of(product, Feeds.of(w, 2)))
                .withMessage("\"x\" 1×1, made at " + x.source() + ", has no value; give it one in Dot.of(node, feeds)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dot.of(product, Feeds.of(x, 2)))
                .withMessageStartingWith("\"w\" 1×1, made at ");
    }
}
