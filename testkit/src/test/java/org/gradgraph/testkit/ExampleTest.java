package org.gradgraph.testkit;

import static org.gradgraph.testkit.GradgraphAssertions.assertThat;
import static org.gradgraph.testkit.GradgraphAssertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.api.Test;

/** What the page about gradient checks shows. */
class ExampleTest {
    record Cube() implements Elementwise {
        @Override
        public String name() {
            return "cube";
        }

        @Override
        public Formula formula() {
            Formula x = Formula.argument(0);
            return x.times(x).times(x);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(inputs.get(0).square().times(3)));
        }
    }

    // begin example
    @OperationContract
    void cube_keeps_the_contract(OperationUnderTest test) {
        test.check(new Cube(), Shape.of(3, 4));
    }

    @Test
    void a_model_made_of_it() {
        Node x = Node.parameter("x", 2, 1);
        Node y = Node.apply(new Cube(), x);
        Feeds feeds = Feeds.of(x, new double[][] {{2}, {-1}});

        assertThat(y)
                .hasShape(2, 1)
                .hasCorrectGradientAt(feeds)
                .isEquivalentTo(x.square().times(x));
        assertThat(Program.of(y).newRun().set(feeds).forward().value(y))
                .isCloseTo(new double[][] {{8}, {-1}}, within(1e-12));
    }
    // end example

    @Test
    void the_page_shows_this_code() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/gradgraph/testkit/ExampleTest.java"));
        int from = source.indexOf("// begin example\n") + "// begin example\n".length();
        String shown = source.substring(from, source.indexOf("    // end example\n"))
                .stripTrailing()
                .stripIndent();

        String page = Files.readString(Path.of("../docs/gradient-checking.md"));

        assertThat(page).contains("```java\n" + shown + "\n```");
    }
}
