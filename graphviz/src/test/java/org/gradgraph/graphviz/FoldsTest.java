package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.scan.Scan;
import org.junit.jupiter.api.Test;

class FoldsTest {
    @Test
    void what_has_no_name_is_written_inside_what_has_one() {
        assertThat(boxes(Dot.of(Models.logisticRegression().result())))
                .contains("Z = wᵀX + b", "A = σ(Z)", "J = −mean(Y∘log A + (1 − Y)∘log(1 − A))\n1×1");
    }

    @Test
    void a_root_of_a_whole_number_is_written_as_a_root() {
        Node q = Node.parameter("Q", 3, 12);
        Node k = Node.parameter("K", 3, 12);
        Node s = q.matmul(k.transpose()).dividedBy(Math.sqrt(12)).named("S");

        assertThat(boxes(Dot.of(s))).contains("S = QKᵀ/√12\n3×3");
    }

    @Test
    void an_operation_that_two_boxes_read_keeps_its_own() {
        Node x = Node.parameter("x");
        Node shared = x.square();
        Node sum = shared.exp().named("u").plus(shared.sin().named("v")).named("J");

        assertThat(boxes(Dot.of(sum))).contains("x²").hasSize(5);
    }

    @Test
    void without_names_or_by_the_style_every_operation_has_a_box() {
        Node x = Node.parameter("x");

        assertThat(boxes(Dot.of(x.square().exp().plus(1)))).hasSize(4);
        assertThat(boxes(Dot.of(x.square().exp().named("y"))
                        .style(Style.standard().folded(false))))
                .hasSize(3);
    }

    @Test
    void one_arrow_carries_the_whole_part_of_a_box_that_reads_a_node_twice() {
        // J = (x² + 4x) + u, u = 2x: 2·3 + 4 from the one box, 2 from the other.
        Node x = Node.parameter("x");
        Node u = x.times(2).named("u");
        Node j = x.times(x).plus(x.times(4)).plus(u).named("J");
        List<String> backward = Dot.of(j, Feeds.of(x, 3)).picture().arrows().stream()
                .filter(Picture.Arrow::backward)
                .map(arrow -> arrow.label().plain())
                .toList();

        assertThat(backward).contains("part of dx = 10", "part of dx = 2");
    }

    @Test
    void parts_add_up_to_the_gradient_when_long_formulas_are_cut() {
        // e = (…((x·x + 1)·x + 2)·x + …): x is read at every level, and formulas above 48 characters are cut.
        for (int levels = 1; levels <= 14; levels++) {
            Node x = Node.parameter("x");
            Node e = x;
            double value = 1;
            double slope = 1;
            for (int k = 1; k <= levels; k++) {
                e = e.times(x).plus(k);
                slope += value;
                value += k;
            }
            List<Picture.Arrow> into = Dot.of(e.named("J"), Feeds.of(x, 1)).picture().arrows().stream()
                    .filter(Picture.Arrow::backward)
                    .filter(arrow -> arrow.label().plain().matches("(part of )?dx = .*"))
                    .toList();
            double parts = into.stream()
                    .mapToDouble(
                            arrow -> Double.parseDouble(arrow.label().plain().replaceFirst(".*= ", "")))
                    .sum();

            assertThat(parts).as("%d levels: %s", levels, into).isEqualTo(slope);
        }
    }

    @Test
    void a_loop_is_one_box_with_what_it_does_and_its_results_have_names() {
        Node x = Node.input("X", 2, Dim.named("T"));
        Node w = Node.parameter("W", 3, 2);
        Node u = Node.parameter("U", 3, 3);
        Node v = Node.parameter("V", 1, 3);
        Scan scan = Scan.over(x).state("h", Constants.zeros(Shape.of(3, 1))).step(s -> {
            Node h = w.matmul(s.input()).plus(u.matmul(s.state("h"))).tanh();
            return s.next("h", h).output(v.matmul(h));
        });
        Node j = scan.outputs().mean().plus(scan.last("h").sum()).named("J");

        assertThat(boxes(Dot.of(j)))
                .contains(
                        "h := 0\nfor t = 1, …, T:\n  h := tanh(W·X[t] + Uh)\n  output[t] = Vh",
                        "outputs",
                        "last h",
                        "J = mean(outputs) + Σ (last h)\n1×1");
    }

    @Test
    void a_state_that_is_still_read_keeps_its_old_value_until_the_end_of_the_step() {
        Scan swap = Scan.times(3)
                .state("a", Node.parameter("p"))
                .state("b", Node.parameter("q"))
                .step(s -> s.next("a", s.state("b").times(2))
                        .next("b", s.state("a").plus(1)));

        assertThat(boxes(Dot.of(swap.last("a").named("J"))))
                .anyMatch(text -> text.endsWith("for t = 1, …, 3:\n  a′ = 2 × b\n  b := a + 1\n  a := a′"));
    }

    @Test
    void a_parameter_that_many_boxes_read_is_drawn_beside_each_of_them() {
        Node w = Node.parameter("w");
        Node x = Node.input("x");
        Node h = x;
        for (int t = 1; t <= 5; t++) {
            h = w.times(h).named("h" + t);
        }
        Dot dot = Dot.of(h, Feeds.of(w, 2).and(x, 1));
        Dot once = dot.style(Style.standard().repeated(false));

        assertThat(boxes(dot)).filteredOn(text -> text.startsWith("w")).hasSize(5);
        assertThat(boxes(once)).filteredOn(text -> text.startsWith("w")).hasSize(1);
        assertThat(dot.picture().arrows()).hasSameSizeAs(once.picture().arrows());
        // w⁵: each of the five uses adds w⁴ = 16.
        assertThat(dot.picture().arrows().stream().map(arrow -> arrow.label().plain()))
                .filteredOn("part of dw = 16"::equals)
                .hasSize(5);
    }

    private static List<String> boxes(Dot dot) {
        return dot.picture().boxes().stream().map(box -> box.label().plain()).toList();
    }
}
