package org.gradgraph.examples;

import java.util.Locale;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.lesson.Lesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.examples.lesson.Values;
import org.gradgraph.examples.logistic.LogisticModel;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Shape;
import picocli.CommandLine.Command;

/** The cost as maximum likelihood: a product over the examples, its logarithm, and 1/m. */
@Command(
        name = "likelihood",
        description = "The likelihood of all labels is a product; −1/m times its logarithm, a sum, is the cost J.")
@Question("The product of 1100 probabilities of 0.5 is printed as 0. Is it 0, and what is its logarithm?")
final class Likelihood extends Lesson {
    private static final double[][] X = {{1, -2, -1}, {3, 0.5, -3.2}};
    private static final double[][] Y = {{1, 1, 0}};

    /** The cost of the course has 16 digits, of which the last may differ. */
    private static final double ALL_DIGITS = 1e-15;

    @Override
    protected void teach() {
        // tag::java[]
        LogisticModel model = new LogisticModel(2);
        Node a = model.a();
        Node y = model.y();
        Node p = a.power(y).times(a.negate().plus(1).power(y.negate().plus(1))); // p(y|x) = aʸ·(1 − a)¹⁻ʸ
        Node likelihood = Reductions.product(p);
        Node logLikelihood = p.log().sum();
        Run run = Program.of(p, a, likelihood, logLikelihood, model.cost()).newRun();
        run.set(model.x(), X).set(model.y(), Y);
        run.set(model.w(), new double[][] {{1}, {2}}).set(model.b(), 1.5).forward();
        // end::java[]
        TextTable table = new TextTable("example", "y", "a", "p(y|x)", "ln p(y|x)");
        double product = 1;
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double activation = run.value(a).get(i);
            double probability = run.value(p).get(i);
            double byHand = Y[0][i] == 1 ? activation : 1 - activation;
            product *= byHand;
            sum += Math.log(byHand);
            table.row(
                    Integer.toString(i + 1),
                    Texts.number(Y[0][i]),
                    digits(activation),
                    digits(probability),
                    digits(Math.log(probability)));
            figures.check("p(y|x)", byHand, probability, ALL_DIGITS);
        }
        out().println("p(y|x) = aʸ·(1 − a)¹⁻ʸ is a where y = 1, and 1 − a where y = 0; w = [1, 2]ᵀ, b = 1.5");
        out().print(table);
        out().println();
        double cost = run.scalar(model.cost());
        out().println("the product of the three:       " + digits(run.scalar(likelihood)));
        out().println("its logarithm, the sum of ln p: " + digits(run.scalar(logLikelihood)));
        out().println("−1/3 of that, the cost J:        " + cost);
        figures.check("product", product, run.scalar(likelihood), ALL_DIGITS);
        figures.check("sum of logarithms", sum, run.scalar(logLikelihood), ALL_DIGITS);
        figures.check("logarithm of the product", Math.log(run.scalar(likelihood)), sum, ALL_DIGITS);
        figures.check("cost", 0.15900537707692405, cost, ALL_DIGITS);
        figures.check("−1/m times the sum", cost, -run.scalar(logLikelihood) / 3, ALL_DIGITS);
        manyExamples();
    }

    /** A product of many probabilities is too small for a double; a sum of logarithms is not. */
    private void manyExamples() {
        TextTable table = new TextTable("m, each p = 0.5", "product", "sum of ln p", "−1/m times the sum");
        for (int m : new int[] {1, 10, 569, 1100}) {
            Node half = Node.constant(0.5).broadcastTo(Shape.of(1, m));
            double product = Values.of(Reductions.product(half)).get(0);
            double sum = Values.of(half.log().sum()).get(0);
            table.row(
                    Integer.toString(m),
                    product == 0 ? "0" : String.format(Locale.ROOT, "%.6e", product),
                    digits(sum),
                    digits(-sum / m));
            figures.check("0.5 to the power m", m < 1074 ? Math.scalb(1.0, -m) : 0, product, 0);
            figures.check("m·ln 0.5, relative", 1, sum / (m * Math.log(0.5)), 1e-13);
        }
        out().println();
        out().print(table);
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
