package consumer;

import java.util.List;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.gradgraph.graphviz.Dot;

/** The first example of the README, and its graph as DOT. */
public final class FirstMinute {
    private FirstMinute() {}

    public static void main(String[] args) {
        Node a = Node.parameter("a"), b = Node.parameter("b"), c = Node.parameter("c"); // 1×1
        Node u = b.times(c).named("u");
        Node v = a.plus(u).named("v");
        Node j = v.times(3).named("J");

        Run run = Program.of(j).withGradients(a, b, c, u, v).newRun();
        run.set(a, 5).set(b, 3).set(c, 2);
        System.out.printf("J = %.0f%n", run.forward().scalar(j));
        run.backward();
        for (Node node : List.of(a, b, c, u, v)) {
            double slope = run.gradientScalar(node);
            System.out.printf("d%s = %.0f%n", node.name().orElseThrow(), slope);
        }
        String dot = Dot.of(j, Feeds.of(a, 5).and(b, 3).and(c, 2)).toString();
        System.out.println(dot.lines().findFirst().orElseThrow());
        System.out.println(FirstMinute.class.getModule());
    }
}
