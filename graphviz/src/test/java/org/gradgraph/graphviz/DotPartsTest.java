package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

/** Clusters, constants, and parts of a graph. */
class DotPartsTest {
    private final Node x = Node.input("X", 3, 3);
    private final Node w1 = Node.parameter("net/layer1/W", 3, 3);
    private final Node w2 = Node.parameter("net/layer2/W", 3, 3);
    private final Node z1 = w1.matmul(x).sigmoid().named("net/layer1/A");
    private final Node z2 = w2.matmul(z1).sigmoid().named("net/layer2/A");
    private final Node cost = z2.sum().named("J");

    @Test
    void clusters_follow_the_slashes_in_names_and_unnamed_nodes_follow_their_readers() {
        Picture picture = Dot.of(cost).style(Style.standard().folded(false)).picture();

        assertThat(picture.frames())
                .extracting(Picture.Frame::prefix)
                .containsExactly("net", "net/layer2", "net/layer1");
        assertThat(picture.frames()).extracting(Picture.Frame::parent).containsExactly(-1, 0, 0);
        // n0 is net/layer2/W, n1 net/layer1/W, n2 X, n3 and n5 the products without a name.
        assertThat(picture.boxes())
                .extracting(Picture.Box::id)
                .containsExactly("n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7");
        assertThat(picture.boxes()).extracting(Picture.Box::frame).containsExactly(1, 2, -1, 2, 2, 1, 1, -1);
    }

    @Test
    void an_unnamed_node_that_two_clusters_read_belongs_to_what_is_around_both() {
        Node shared = x.square();
        Node sum = shared.plus(1)
                .named("net/a/u")
                .plus(shared.plus(2).named("net/b/u"))
                .sum();
        Picture picture = Dot.of(sum).picture();

        assertThat(picture.boxes().get(1).frame())
                .isEqualTo(picture.frames().get(0).id());
        assertThat(picture.frames().get(0).prefix()).isEqualTo("net");
    }

    @Test
    void a_collapsed_cluster_is_one_box_and_every_value_crosses_its_border_once() {
        Picture picture = Dot.of(cost)
                .style(Style.standard().folded(false).collapsed("net/layer1"))
                .picture();

        assertThat(picture.boxes()).extracting(Picture.Box::id).containsExactly("n0", "c2", "n2", "n5", "n6", "n7");
        assertThat(picture.boxes().get(1).label().lines()).containsExactly("layer1\n3 nodes");
        assertThat(arrows(picture)).containsExactly("n2->c2", "n0->n5", "c2->n5", "n5->n6", "n6->n7");
    }

    @Test
    void collapsing_everything_leaves_the_outermost_clusters() {
        Picture picture = Dot.of(cost).style(Style.standard().allCollapsed()).picture();

        assertThat(arrows(picture)).containsExactly("n2->c0", "c0->n7");
        assertThat(picture.frames()).isEmpty();
    }

    @Test
    void without_clusters_names_are_shown_in_full() {
        Picture picture = Dot.of(cost).style(Style.standard().clusters(false)).picture();

        assertThat(picture.frames()).isEmpty();
        assertThat(picture.boxes().get(0).label().lines()).contains("net/layer2/W");
    }

    @Test
    void constants_are_shown_inlined_or_hidden() {
        Node one = Node.constant(1).broadcastTo(x.shape());
        Node two = Node.constant(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
        Node y = one.minus(x).times(two).named("y");

        assertThat(boxes(y, Style.Constants.SHOWN))
                .containsExactly("1", "broadcast", "X\n3×3", "−", "3×3", "y = … × …\n3×3");
        assertThat(boxes(y, Style.Constants.INLINED))
                .containsExactly("X\n3×3", "broadcast(1) − X", "3×3", "y = … × …\n3×3");
        assertThat(boxes(y, Style.Constants.HIDDEN)).containsExactly("X\n3×3", "−", "y = … × …\n3×3");
    }

    private static List<String> boxes(Node node, Style.Constants constants) {
        return Dot.of(node).style(Style.standard().folded(false).constants(constants)).picture().boxes().stream()
                .map(box -> box.label().plain())
                .toList();
    }

    @Test
    void between_two_nodes_is_what_lies_on_a_way() {
        Picture picture = Dot.of(cost).between(z1, cost).picture();

        assertThat(picture.boxes()).extracting(Picture.Box::id).containsExactly("n4", "n5", "n6", "n7");
        assertThat(arrows(picture)).containsExactly("n4->n5", "n5->n6", "n6->n7");
    }

    @Test
    void around_a_node_are_its_neighbours() {
        assertThat(Dot.of(cost).around(z1, 1).picture().boxes())
                .extracting(Picture.Box::id)
                .containsExactly("n3", "n4", "n5");
        assertThat(Dot.of(cost).around(z1, 0).picture().boxes())
                .extracting(Picture.Box::id)
                .containsExactly("n4");
        assertThat(Dot.of(cost)
                        .around(z1, 100)
                        .style(Style.standard().folded(false))
                        .picture()
                        .boxes())
                .hasSize(8);
    }

    @Test
    void nodes_that_are_not_there_or_not_connected_are_refused() {
        assertThatThrownBy(() -> Dot.of(cost).between(cost, z1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no way leads from \"J\" 1×1 to \"net/layer1/A\" 3×3");
        assertThatThrownBy(() -> Dot.of(cost).around(Node.input("other"), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"other\"");
    }

    private static List<String> arrows(Picture picture) {
        return picture.arrows().stream()
                .map(arrow -> arrow.from() + "->" + arrow.to())
                .toList();
    }
}
