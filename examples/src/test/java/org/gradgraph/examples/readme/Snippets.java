package org.gradgraph.examples.readme;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.check.GradientReport;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.explain.Derivation;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Node;
import org.gradgraph.graphviz.Dot;
import org.gradgraph.train.Optimizers;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;

/** The code of the README, word for word between the marks. */
final class Snippets {
    private Snippets() {}

    static void firstMinute() {
        // begin firstMinute
        Node a = Node.parameter("a"), b = Node.parameter("b"), c = Node.parameter("c"); // 1×1
        Node u = b.times(c).named("u");
        Node v = a.plus(u).named("v");
        Node j = v.times(3).named("J");

        Run run = Program.of(j).withGradients(a, b, c, u, v).newRun();
        run.set(a, 5).set(b, 3).set(c, 2);
        System.out.printf("J = %.0f%n", run.forward().scalar(j)); // left to right
        run.backward(); // right to left
        for (Node node : List.of(a, b, c, u, v)) {
            double slope = run.gradient(node).get(0);
            System.out.printf("d%s = %.0f%n", node.name().orElseThrow(), slope);
        }
        // end firstMinute
    }

    static void logisticCost() {
        // begin logisticCost
        Dim m = Dim.named("m"); // any number of examples
        Node x = Node.input("X", 30, m), y = Node.input("Y", 1, m);
        Node w = Node.parameter("w", 30, 1), b = Node.parameter("b");
        Node z = w.transpose().matmul(x).plus(b).named("Z");
        Node p = z.sigmoid().named("A");
        Node ones = y.times(p.log());
        Node zeros = y.negate().plus(1).times(p.negate().plus(1).log());
        Node cost = ones.plus(zeros).mean().negate().named("J");
        // end logisticCost
        // begin derivation
        System.out.print(Derivation.of(cost, z, w, b));
        // end derivation
        verify(cost, x, y, w, b);
    }

    private static void verify(Node cost, Node x, Node y, Node w, Node b) {
        Random random = new Random(1);
        double[][] data = new double[30][4];
        for (double[] row : data) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextGaussian();
            }
        }
        Feeds feeds = Feeds.of(x, data)
                .and(y, new double[][] {{0, 1, 1, 0}})
                .and(w, new double[30][1])
                .and(b, 0);
        // begin check
        GradientCheck.of(cost).at(feeds).verify();
        // end check
        train(cost, Feeds.of(x, data).and(y, new double[][] {{0, 1, 1, 0}}), w, b);
    }

    private static void train(Node cost, Feeds data, Node w, Node b) {
        // begin training
        Training training = Trainer.of(cost)
                .optimizer(Optimizers.adam(0.05))
                .data(data)
                .initialValues(Feeds.of(w, new double[30][1]).and(b, 0))
                .steps(800)
                .train();
        // end training
        if (training.cost() > 0.01) {
            throw new AssertionError("four examples with thirty features were not learned");
        }
    }

    static void picture(Node j, Node a, Node b, Node c) {
        // begin picture
        Dot.of(j, Feeds.of(a, 5).and(b, 3).and(c, 2)).write(Path.of("j.svg"));
        // end picture
    }

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

    static GradientReport wrongOperation() {
        Node w = Node.parameter("w", 2, 1);
        Node a = Node.apply(new Softsign(), w.times(2)).named("A");
        Feeds feeds = Feeds.of(w, new double[][] {{0}, {0.5}});
        return GradientCheck.of(a.square().sum().named("J")).at(feeds).report();
    }

    static void error() {
        // begin error
        Node column = Node.input("column", 4, 1), row = Node.input("row", 1, 3);
        column.plus(row);
        // end error
    }
}
