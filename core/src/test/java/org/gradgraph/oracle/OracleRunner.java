package org.gradgraph.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.oracle.OracleCase.Tolerance;

/** Builds a case, runs it through a program, and lists what is wrong. */
final class OracleRunner {
    private final OracleCase test;
    private final Map<String, Node> names = new HashMap<>();
    private final List<Node> wrt = new ArrayList<>();
    private final Node output;
    private final Node cost;
    private final Rewriting rewriting;
    private final Execution execution;

    OracleRunner(OracleCase test) {
        this(test, Rewriting.ON, Execution.standard());
    }

    OracleRunner(OracleCase test, Rewriting rewriting, Execution execution) {
        this.test = test;
        this.rewriting = rewriting;
        this.execution = execution;
        test.inputs()
                .forEach((name, value) -> names.put(
                        name,
                        test.wrt().contains(name)
                                ? Node.parameter(name, value.numRows, value.numCols)
                                : Node.input(name, value.numRows, value.numCols)));
        test.wrt().forEach(name -> wrt.add(names.get(name)));
        this.output = Interpreter.build(Expression.parse(test.expr()), names);
        this.cost = test.upstream()
                .map(weights -> output.times(Node.constant(weights)).sum())
                .orElse(output);
    }

    Graph forwardGraph() {
        return Graph.of(cost);
    }

    Graph withGradients() {
        List<Node> roots = new ArrayList<>(Derivatives.gradient(cost, wrt));
        roots.add(cost);
        return Graph.of(roots);
    }

    /** A gradient check of the case at its point. */
    GradientCheck check() {
        Graph graph = forwardGraph();
        Feeds point = Feeds.none();
        for (Map.Entry<String, DMatrixRMaj> input : test.inputs().entrySet()) {
            if (graph.contains(names.get(input.getKey()))) {
                point = point.and(names.get(input.getKey()), input.getValue());
            }
        }
        Node[] reached = wrt.stream().filter(graph::contains).toArray(Node[]::new);
        Node scalar = cost.shape().isScalar() ? cost : cost.sum();
        return GradientCheck.of(scalar).withRespectTo(reached).at(point);
    }

    /** What differs from what the case says, one line each; empty if everything is right. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Run run = run();
        problems.addAll(differences("output", run.value(output), test.output(), tolerance("output")));
        problems.addAll(gradientProblems(gradients(run), tolerance("grad")));
        if (!test.vectors().isEmpty()) {
            problems.addAll(hessianProblems());
        }
        return problems;
    }

    /** The same for output and gradient under the strict tolerance of the case. */
    List<String> strictProblems(Tolerance strict) {
        Run run = run();
        List<String> problems = new ArrayList<>(differences("output", run.value(output), test.output(), strict));
        problems.addAll(gradientProblems(gradients(run), strict));
        return problems;
    }

    /** The bits of the output and of every gradient. */
    long[] bits() {
        Run run = run();
        List<DMatrixRMaj> results = new ArrayList<>(gradients(run).values());
        results.add(run.value(output));
        return results.stream()
                .flatMapToDouble(result -> Arrays.stream(result.data))
                .mapToLong(Double::doubleToLongBits)
                .toArray();
    }

    private Run run() {
        Program program = Program.of(cost).rewrite(rewriting);
        program = output.op().isPresent() ? program.keeping(output) : program;
        if (wrt.isEmpty()) {
            return feed(program.newRun(execution), program.graph()).forward();
        }
        return feed(program.withGradients(wrt).newRun(execution), program.graph())
                .forward()
                .backward();
    }

    private Run feed(Run run, Graph graph) {
        test.inputs().forEach((name, value) -> {
            Node node = names.get(name);
            if (graph.contains(node) || wrt.contains(node)) {
                run.set(node, value);
            }
        });
        return run;
    }

    private Map<String, DMatrixRMaj> gradients(Run run) {
        Map<String, DMatrixRMaj> gradients = new LinkedHashMap<>();
        test.wrt().forEach(name -> gradients.put(name, run.gradient(names.get(name))));
        return gradients;
    }

    private List<String> gradientProblems(Map<String, DMatrixRMaj> got, Tolerance tolerance) {
        List<String> first = new ArrayList<>();
        for (int k = 0; k < test.gradients().size(); k++) {
            List<String> problems = new ArrayList<>();
            test.gradients()
                    .get(k)
                    .forEach((name, want) -> problems.addAll(differences("d" + name, got.get(name), want, tolerance)));
            if (problems.isEmpty()) {
                return List.of();
            }
            first = k == 0 ? problems : first;
        }
        return first;
    }

    private List<String> hessianProblems() {
        List<Node> vectors = new ArrayList<>();
        test.wrt().forEach(name -> vectors.add(Node.constant(vector(name))));
        List<Node> products = Derivatives.hvp(cost, wrt, vectors);
        Program program = Program.of(products).rewrite(rewriting);
        Graph graph = program.graph();
        Run run = program.newRun(execution);
        test.inputs().forEach((name, value) -> {
            if (graph.contains(names.get(name))) {
                run.set(names.get(name), value);
            }
        });
        run.forward();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < wrt.size(); i++) {
            String name = test.wrt().get(i);
            DMatrixRMaj want = test.products().get(name);
            if (want != null) {
                problems.addAll(differences("Hv " + name, run.value(products.get(i)), want, tolerance("hv")));
            }
        }
        return problems;
    }

    private DMatrixRMaj vector(String name) {
        DMatrixRMaj zeros =
                new DMatrixRMaj(test.inputs().get(name).numRows, test.inputs().get(name).numCols);
        return test.vectors().getOrDefault(name, zeros);
    }

    private Tolerance tolerance(String what) {
        Tolerance tolerance = test.tolerances().get(what);
        if (tolerance == null) {
            throw new IllegalArgumentException(test + " gives no tolerance for " + what);
        }
        return tolerance;
    }

    private static List<String> differences(String what, DMatrixRMaj got, DMatrixRMaj want, Tolerance tolerance) {
        if (got.numRows != want.numRows || got.numCols != want.numCols) {
            return List.of(
                    what + " is " + got.numRows + "×" + got.numCols + ", not " + want.numRows + "×" + want.numCols);
        }
        List<String> differences = new ArrayList<>();
        for (int k = 0; k < want.getNumElements(); k++) {
            if (!tolerance.accepts(got.data[k], want.data[k])) {
                differences.add(what + "[" + k / want.numCols + ", " + k % want.numCols + "] is " + got.data[k]
                        + ", not " + want.data[k]);
            }
        }
        return differences;
    }
}
