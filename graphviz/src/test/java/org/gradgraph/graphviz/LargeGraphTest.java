package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicReference;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

class LargeGraphTest {
    private static final long SMALL_STACK = 256 * 1024;

    @Test
    void a_chain_of_a_hundred_thousand_nodes_needs_no_stack() throws InterruptedException {
        Node chain = chain(100_000);
        AtomicReference<String> text = new AtomicReference<>();

        Thread thread = new Thread(null, () -> text.set(Dot.of(chain).toString()), "small", SMALL_STACK);
        thread.start();
        thread.join();

        assertThat(text.get().lines().filter(line -> line.contains(" -> "))).hasSize(100_000);
    }

    @Test
    void the_text_grows_as_the_graph_does() {
        int small = Dot.of(Program.of(chain(2_000)).withGradients()).toString().length();
        int large = Dot.of(Program.of(chain(4_000)).withGradients()).toString().length();

        // The numbers in the ids get longer by at most one digit.
        assertThat((double) large / small).isCloseTo(2, within(0.1));
    }

    @Test
    void thousands_of_clusters_and_results_are_no_trouble() {
        Node[] roots = new Node[3_000];
        Node x = Node.parameter("x");
        for (int i = 0; i < roots.length; i++) {
            roots[i] = x.plus(i).named("c" + i + "/y");
        }

        Picture picture = Dot.of(roots).picture();

        assertThat(picture.frames()).hasSize(3_000);
        assertThat(picture.boxes().stream().filter(box -> box.attributes().containsKey("penwidth")))
                .hasSize(3_000);
        assertThat(Dot.of(roots).toString().lines().filter(line -> line.contains("subgraph cluster_")))
                .hasSize(3_000);
    }

    private static Node chain(int length) {
        Node node = Node.parameter("x");
        for (int i = 0; i < length; i++) {
            node = i % 2 == 0 ? node.plus(1) : node.negate();
        }
        return node;
    }
}
