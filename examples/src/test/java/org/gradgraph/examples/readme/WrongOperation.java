package org.gradgraph.examples.readme;

import java.util.List;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.check.GradientReport;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Node;

/** The wrong operation of the README, and the report of its gradient check. */
final class WrongOperation {
    private WrongOperation() {}

    /** x/(1 + |x|), whose vjp has forgotten the square. */
    private record Softsign() implements Elementwise {
        @Override
        public String name() {
            return "softsign";
        }

        @Override
        public Formula formula() {
            Formula x = Formula.argument(0);
            return x.dividedBy(x.abs().plus(Formula.constant(1)));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.dividedBy(Elementary.abs(inputs.get(0)).plus(1)));
        }
    }

    static GradientReport report() {
        Node w = Node.parameter("w", 2, 1);
        Node a = Node.apply(new Softsign(), w.times(2)).named("A");
        Feeds feeds = Feeds.of(w, new double[][] {{0}, {0.5}});
        return GradientCheck.of(a.square().sum().named("J")).at(feeds).report();
    }
}
