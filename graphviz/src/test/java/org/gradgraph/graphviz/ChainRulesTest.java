package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

class ChainRulesTest {
    private static List<String> rules(Node result, Feeds feeds) {
        Subject subject = Subject.of(FullRun.of(result, feeds));
        Style style = Style.standard();
        Selection all = Selection.all(subject.graph());
        Captions captions = new Captions(subject, Clusters.of(subject, true), style, all);
        List<Integer> boxes = IntStream.range(0, subject.size())
                .filter(captions::isDrawn)
                .boxed()
                .toList();
        ChainRules rules = new ChainRules(subject, captions, boxes);
        return boxes.stream().map(box -> String.join("; ", rules.lines(box))).toList();
    }

    private static List<String> rules(Models.Model model) {
        return rules(model.result(), model.feeds());
    }

    @Test
    void numbers_are_put_in_where_everything_is_a_number() {
        assertThat(rules(Models.lecture()))
                .containsExactlyInAnyOrder(
                        "da = dv = 3",
                        "db = du · c = 3 · 2 = 6",
                        "dc = du · b = 3 · 3 = 9",
                        "du = dv = 3",
                        "dv = 3 · dJ = 3 · 1 = 3",
                        "dJ = 1");
    }

    @Test
    void what_several_boxes_add_is_one_sum_and_negative_numbers_have_brackets() {
        Node x = Node.parameter("x");
        Node u = x.square().named("u");
        Node v = x.times(u).named("v");

        // x = −2: v = x³, dv/dx along v alone is u = 4, and du = x = −2 times 2x = −4 along u.
        assertThat(rules(v, Feeds.of(x, -2)))
                .contains("du = dv · x = 1 · (−2) = −2")
                .anyMatch(rule -> rule.startsWith("dx = ") && rule.endsWith(" = 12"));
    }

    @Test
    void a_product_of_matrices_has_its_shapes_and_one_element_as_a_row_times_a_column() {
        Node w = Node.parameter("W", 2, 3);
        Node x = Node.input("X", 3, 2);
        Node z = w.matmul(x).named("Z");
        Node j = z.square().sum().named("J");
        Feeds feeds =
                Feeds.of(w, new double[][] {{1, 0, 2}, {0, 1, 0}}).and(x, new double[][] {{1, 2}, {3, 4}, {5, 6}});

        // Z = [11 14; 3 4], dZ = 2Z, dW = dZ·Xᵀ: the first element is 22·1 + 28·2 = 78.
        assertThat(rules(j, feeds))
                .contains("dW = dZ·Xᵀ; 2×3 = (2×2)·(3×2)ᵀ; dW[1, 1] = 22 · 1 + 28 · 2 = 78")
                .contains("dZ = 2·dJ·Z; dZ[1, 1] = 2 · 1 · 11 = 22");
    }

    @Test
    void a_repeated_bias_collects_its_rows() {
        assertThat(rules(Models.twoLayers()))
                .anyMatch(rule -> rule.startsWith("db = rowSums(dZ); 4×1 = rowSums(4×2); db[1, 1] = "))
                .anyMatch(rule -> rule.startsWith("dZ = dA ∘ A ∘ (1 − A); dZ[1, 1] = "))
                .anyMatch(rule -> rule.startsWith("dA = Wᵀ·dZ; 4×2 = (1×4)ᵀ·(1×2); dA[1, 1] = "));
    }

    @Test
    void a_parameter_of_many_readers_names_one_part() {
        Node w = Node.parameter("w");
        Node h = Node.input("x");
        Node x = h;
        for (int t = 1; t <= 5; t++) {
            h = w.times(h).tanh().named("h" + t);
        }

        assertThat(rules(h, Feeds.of(w, 0.5).and(x, 1)))
                .contains("dw = sum of 5 parts, from h1 to h5; part from h5: dh5·(1 − h5²)·h4");
    }

    @Test
    void rounded_numbers_are_only_about_equal() {
        Node x = Node.parameter("x");
        Node u = x.dividedBy(3).named("u");
        Node j = u.square().named("J");

        assertThat(rules(j, Feeds.of(x, 1))).contains("du = 2 · dJ · u = 2 · 1 · 0.33333 ≈ 0.66667");
    }
}
