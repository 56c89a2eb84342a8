package org.gradgraph.examples;

import java.util.Locale;
import java.util.Random;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.lesson.Lesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.scan.Scan;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import picocli.CommandLine.Command;

/** GARCH(1,1) by maximum likelihood. */
@Command(
        name = "volatility",
        description =
                "After a wild day comes a wild day: GARCH(1,1) is a loop over days, fitted by maximum likelihood.")
@Question("Why are the logarithms of ω, α and β fitted, and not ω, α and β?")
final class Volatility extends Lesson {
    private static final int DAYS = 1000;

    /** The maximum found with 30 digits, by Newton's method on derivatives by hand. */
    private static final double[] BEST = {0.083740649793, 0.107208337976001, 0.8091804190827955};

    private static final double SMALLEST = 1384.4760249897106;

    /** The cost is flat at its minimum, so the parameters have half of its digits. */
    private static final double HALF_OF_THE_DIGITS = 1e-5;

    @Override
    protected void teach() {
        // tag::java[]
        Node returns = Node.input("r", 1, Dim.named("T"));
        Node logOmega = Node.parameter("ln ω");
        Node logAlpha = Node.parameter("ln α");
        Node logBeta = Node.parameter("ln β");
        Scan days = Scan.over(returns)
                .state("variance", returns.square().mean())
                .step(s -> {
                    Node variance = s.state("variance");
                    Node square = s.input().square();
                    Node tomorrow = logOmega.exp()
                            .plus(logAlpha.exp().times(square))
                            .plus(logBeta.exp().times(variance));
                    return s.next("variance", tomorrow).output(variance.log().plus(square.dividedBy(variance)));
                });
        Node cost = days.outputs().plus(Math.log(2 * Math.PI)).sum().times(0.5).named("J");
        Training fit = Trainer.of(cost)
                .data(Feeds.of(returns, simulated()))
                .initialValues(Feeds.of(logOmega, 0).and(logAlpha, -1).and(logBeta, -1))
                .optimizer(Optimizers.lbfgs())
                .steps(200)
                .train();
        // end::java[]
        out().println(DAYS + " returns, generated with ω = 0.1, α = 0.1, β = 0.8");
        TextTable table = new TextTable("", "found", "maximum likelihood");
        Node[] logarithms = {logOmega, logAlpha, logBeta};
        for (int k = 0; k < BEST.length; k++) {
            double found = Math.exp(fit.parameter(logarithms[k]).get(0));
            table.row("ωαβ".substring(k, k + 1), digits(found), digits(BEST[k]));
            figures.check("parameters", BEST[k], found, HALF_OF_THE_DIGITS);
        }
        table.row("−log-likelihood", digits(fit.cost()), digits(SMALLEST));
        figures.check("−log-likelihood", SMALLEST, fit.cost(), 1e-8);
        out().print(table);
        out().println(fit.steps() + " steps of L-BFGS: " + fit.end());
    }

    /** σ²ₜ₊₁ = 0.1 + 0.1·r²ₜ + 0.8·σ²ₜ from σ² = 1 on, with the normal numbers of Java's generator. */
    private static double[] simulated() {
        Random random = new Random(3);
        double[] returns = new double[DAYS];
        double variance = 0.1 / (1 - 0.1 - 0.8);
        for (int day = 0; day < DAYS; day++) {
            returns[day] = Math.sqrt(variance) * random.nextGaussian();
            variance = 0.1 + 0.1 * returns[day] * returns[day] + 0.8 * variance;
        }
        return returns;
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }
}
