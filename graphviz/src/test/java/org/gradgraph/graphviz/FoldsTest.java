package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
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

    private static List<String> boxes(Dot dot) {
        return dot.picture().boxes().stream().map(box -> box.label().plain()).toList();
    }
}
