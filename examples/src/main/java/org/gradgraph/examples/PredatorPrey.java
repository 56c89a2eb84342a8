package org.gradgraph.examples;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.lesson.Lesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.scan.Scan;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import picocli.CommandLine.Command;

/** The rates of a differential equation, fitted to its solution. */
@Command(
        name = "predator-prey",
        description =
                "A Runge-Kutta solver is a loop, so the rates of a differential equation can be fitted to what was seen.")
@Question("Why does half the step make the error about 16 times smaller?")
final class PredatorPrey extends Lesson {
    /** Births and deaths of the prey, deaths and births of the predators. */
    private static final double[] RATES = {1.1, 0.4, 0.4, 0.1};

    private static final double[][] FIRST = {{10}, {5}};
    private static final double BETWEEN = 0.5;

    /** Prey and predators at 0.5, 1, …, 10; by Taylor series, with an error below 10⁻¹⁵. */
    private static final double[][] SOLUTION = {
        {
            5.653100096224693,
            2.881093313737826,
            1.557770836738099,
            0.9596037657479347,
            0.6830337107961985,
            0.5566976416063426,
            0.5111123971215402,
            0.5194393353113419,
            0.5748460706040748,
            0.6826686607390315,
            0.8588937508164943,
            1.132036338773229,
            1.547500478340084,
            2.173914235396523,
            3.109806621813121,
            4.484599252377691,
            6.434885832948986,
            9.00282122155997,
            11.83777056121985,
            13.63363924392172
        },
        {
            6.032654158282589,
            6.067427711830105,
            5.526597974382387,
            4.809397214460387,
            4.099104889789651,
            3.460203859280769,
            2.908864273421953,
            2.443244868806236,
            2.055429703201092,
            1.736166487970898,
            1.476811002804517,
            1.270200723736335,
            1.111208155607099,
            0.9974272514680259,
            0.9305111337998876,
            0.9191657573262071,
            0.9861670121907209,
            1.1849349077872,
            1.634514760058993,
            2.551950971187361
        }
    };

    // tag::java[]
    /** The populations at equal distances, each after some steps of Runge and Kutta. */
    private static Node solution(Node seen, Node rates, int steps) {
        Node first = Node.constant(FIRST);
        double h = BETWEEN / steps;
        return Scan.over(seen)
                .state("y", first)
                .step(s -> {
                    Node next = Scan.times(steps)
                            .state("y", s.state("y"))
                            .step(inner -> inner.next("y", step(inner.state("y"), rates, h)))
                            .last("y");
                    return s.next("y", next);
                })
                .states("y");
    }

    private static Node step(Node y, Node rates, double h) {
        Node k1 = slope(y, rates);
        Node k2 = slope(y.plus(k1.times(h / 2)), rates);
        Node k3 = slope(y.plus(k2.times(h / 2)), rates);
        Node k4 = slope(y.plus(k3.times(h)), rates);
        return y.plus(k1.plus(k2.plus(k3).times(2)).plus(k4).times(h / 6));
    }

    private static Node slope(Node y, Node rates) {
        Node prey = y.at(0, 0);
        Node predators = y.at(1, 0);
        Node meetings = prey.times(predators);
        return Layout.concatRows(
                rates.at(0, 0).times(prey).minus(rates.at(1, 0).times(meetings)),
                rates.at(3, 0).times(meetings).minus(rates.at(2, 0).times(predators)));
    }
    // end::java[]

    @Override
    protected void teach() {
        Node seen = Node.input("seen", 2, Dim.named("T"));
        Node logRates = Node.parameter("ln rates", 4, 1);
        double coarse = error(seen, logRates, 10);
        double fine = error(seen, logRates, 20);
        out().println(String.format(
                Locale.ROOT, "largest error of the solution: %.2e with 10 steps, %.2e with 20", coarse, fine));
        figures.check("order of the method", 4, Math.log(coarse / fine) / Math.log(2), 0.2);
        Node cost =
                solution(seen, logRates.exp(), 20).minus(seen).square().mean().named("J");
        Training fit = Trainer.of(cost)
                .data(Feeds.of(seen, SOLUTION))
                .initialValues(Feeds.of(logRates, new double[] {0, -1, -1, -2}))
                .optimizer(Optimizers.lbfgs())
                .steps(200)
                .train();
        TextTable table = new TextTable("rate", "found", "true");
        for (int k = 0; k < RATES.length; k++) {
            double found = Math.exp(fit.parameter(logRates).get(k));
            table.row("abcd".substring(k, k + 1), String.format(Locale.ROOT, "%.6f", found), Double.toString(RATES[k]));
            figures.check("rates", RATES[k], found, 1e-5);
        }
        out().println();
        out().println("prey' = a·prey − b·prey·predators, predators' = d·prey·predators − c·predators");
        out().print(table);
        out().println(fit.steps() + " steps of L-BFGS: " + fit.end());
    }

    private static double error(Node seen, Node logRates, int steps) {
        Node solution = solution(seen, logRates.exp(), steps);
        double[] logarithms = new double[RATES.length];
        for (int k = 0; k < RATES.length; k++) {
            logarithms[k] = Math.log(RATES[k]);
        }
        DMatrixRMaj found = Program.of(solution)
                .newRun()
                .set(seen, SOLUTION)
                .set(logRates, logarithms)
                .forward()
                .value(solution);
        DMatrixRMaj exact = new DMatrixRMaj(SOLUTION);
        double largest = 0;
        for (int i = 0; i < exact.getNumElements(); i++) {
            largest = Math.max(largest, Math.abs(found.get(i) - exact.get(i)));
        }
        return largest;
    }
}
