package org.gradgraph.train;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.NonFinite;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Objective;
import org.gradgraph.optim.Optimizer;
import org.gradgraph.optim.problem.MiniBatches;
import org.gradgraph.optim.solve.Vectors;
import org.jspecify.annotations.Nullable;

/** What an optimiser sees of a training: values, gradients, and the cost on the data of the current step. */
final class TrainingProblem implements Optimizer.Problem {
    private final TrainerSettings settings;
    private final List<Node> parameters;
    private final List<DMatrixRMaj> values = new ArrayList<>();
    private final List<DMatrixRMaj> gradients = new ArrayList<>();
    private final Feeds fixed;
    private final Run run;
    private final @Nullable MiniBatches pieces;
    private final DMatrixRMaj part = new DMatrixRMaj(1, 1);
    private @Nullable Objective objective;
    private long step;
    private long passes;

    TrainingProblem(TrainerSettings settings, Feeds frozen) {
        this.settings = settings;
        Feeds trained = settings.trained();
        this.fixed = settings.data.and(frozen);
        this.parameters = List.copyOf(trained.asMap().keySet());
        trained.asMap().values().forEach(value -> {
            values.add(value.copy());
            gradients.add(value.createLike());
        });
        List<Node> outputs = new ArrayList<>(List.of(settings.cost));
        outputs.addAll(settings.metrics);
        Program program = Program.of(outputs).withGradients(parameters);
        this.run = program.newRun(settings.execution).set(fixed.readBy(program));
        this.pieces = settings.newMiniBatches();
    }

    void begin(long number) {
        this.step = number;
    }

    @Override
    public List<Node> parameters() {
        return parameters;
    }

    @Override
    public List<DMatrixRMaj> values() {
        return values;
    }

    @Override
    public List<DMatrixRMaj> gradients() {
        return gradients;
    }

    @Override
    public Objective objective() {
        if (objective == null) {
            Feeds start = Feeds.none();
            for (int i = 0; i < parameters.size(); i++) {
                start = start.and(parameters.get(i), values.get(i));
            }
            Objective whole = settings.residuals.isEmpty()
                    ? Objective.of(settings.cost, fixed, start)
                    : Objective.ofResiduals(settings.residuals.get(0), fixed, start);
            objective = whole.execution(settings.execution);
        }
        return objective;
    }

    @Override
    public double evaluate() {
        setValues(run);
        int parts = settings.accumulated;
        if (parts == 1) {
            double j = passOver(step);
            for (int i = 0; i < gradients.size(); i++) {
                run.gradient(parameters.get(i), gradients.get(i));
            }
            return requireFinite(j);
        }
        return accumulate(parts);
    }

    /** Means over the examples of all parts, so that many small parts are as good as one large piece. */
    private double accumulate(int parts) {
        long first = step * parts;
        double all = 0;
        for (int k = 0; k < parts; k++) {
            all += examplesIn(first + k);
        }
        gradients.forEach(DMatrixRMaj::zero);
        double mean = 0;
        for (int k = 0; k < parts; k++) {
            double share = examplesIn(first + k) / all;
            double j = passOver(first + k);
            mean += share * j;
            for (int i = 0; i < gradients.size(); i++) {
                run.gradient(parameters.get(i), part);
                DMatrixRMaj sum = gradients.get(i);
                for (int e = 0; e < sum.getNumElements(); e++) {
                    sum.data[e] += share * part.data[e];
                }
            }
            requireFinite(j);
        }
        return mean;
    }

    private double examplesIn(long piece) {
        return pieces == null ? 1 : pieces.examplesIn(piece);
    }

    private double passOver(long piece) {
        if (pieces != null) {
            pieces.feed(run, piece);
        }
        Node draw = settings.draw;
        if (draw != null) {
            run.set(draw, (double) piece);
        }
        passes++;
        return run.forwardAndBackward().scalar(settings.cost);
    }

    /** The number of the draw that the last pass of the step was fed. */
    double lastDraw() {
        return (double) ((step + 1) * settings.accumulated - 1);
    }

    private double requireFinite(double j) {
        boolean isFinite = Double.isFinite(j);
        for (int i = 0; isFinite && i < gradients.size(); i++) {
            DMatrixRMaj gradient = gradients.get(i);
            isFinite = Double.isFinite(Vectors.largest(gradient.data, gradient.getNumElements()));
        }
        if (!isFinite) {
            throw new NotFiniteSignal(j, describe(j));
        }
        return j;
    }

    /** Unwinds an optimiser; the loop turns it into a {@link NonFiniteCostException}. */
    static final class NotFiniteSignal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final double cost;

        NotFiniteSignal(double cost, String message) {
            super(message);
            this.cost = cost;
        }

        double cost() {
            return cost;
        }
    }

    private String describe(double j) {
        NonFinite first = run.firstNonFinite().orElse(null);
        String what = Double.isFinite(j) ? "the gradient is not finite" : "the cost is " + j;
        String place = what + " at step " + step + ": ";
        if (first == null) {
            return place + "a sum of gradients is beyond the largest double, 1.8e308; scale the cost";
        }
        boolean isParameter = first.operation().equals("parameter");
        boolean isGiven = first.operation().equals("input") || first.operation().equals("constant");
        if (isParameter && step > 0) {
            return place + "step " + (step - 1) + " made " + first.node() + ", from " + first.source() + ", "
                    + first.value() + " at (" + first.row() + "," + first.column()
                    + "), from a finite gradient\n  choose a smaller learning rate";
        }
        return place + first + (step > 0 && !isGiven ? "\n  or choose a smaller learning rate" : "");
    }

    /** How often the cost or the residuals were computed. */
    long evaluations() {
        return passes + (objective == null ? 0 : objective.evaluations());
    }

    /** Gives a run the values of the moment. */
    void setValues(Run other) {
        for (int i = 0; i < values.size(); i++) {
            other.set(parameters.get(i), values.get(i));
        }
    }

    /** The value of a metric at the values of the moment, on the data of the step. */
    double metric(Node node, boolean isFirst) {
        if (!settings.metrics.contains(node)) {
            throw new IllegalArgumentException("TrainingStep.metric: " + node.describe() + ", made at " + node.source()
                    + ", is no metric of the trainer; give it to Trainer.metrics(…)");
        }
        if (isFirst) {
            setValues(run);
            run.forward();
        }
        return run.scalar(node);
    }

    long epoch() {
        return pieces == null ? step : step * settings.accumulated / pieces.perEpoch();
    }

    /** A message if values are not finite on all data, with dropout off. */
    String describeOn(Run other, double j, String where) {
        String culprit = other.firstNonFinite().map(NonFinite::toString).orElse("every value before it is finite");
        return "the cost " + where + " is " + j + " after step " + step + ": " + culprit;
    }
}
