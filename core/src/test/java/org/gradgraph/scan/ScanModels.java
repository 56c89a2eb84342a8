package org.gradgraph.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Shape;

/** Bodies of loops, each written once, and composed as a loop or step by step. */
final class ScanModels {
    private static final Node W = Node.parameter("W", 3, 2);
    private static final Node U = Node.parameter("U", 3, 3);
    private static final Node B = Node.parameter("b", 3, 1);
    private static final Node V = Node.parameter("V", 1, 3);
    private static final Node H = Node.parameter("h0", 3, 1);
    private static final Node C = Node.parameter("c0", 3, 1);
    private static final Node S = Node.parameter("s", 1, 1);
    private static final Node A = Node.parameter("A", 2, 2);

    /** What one step gives. */
    record Result(List<Node> next, List<Node> outputs) {
        static Result then(Node... next) {
            return new Result(List.of(next), List.of());
        }

        Result output(Node... given) {
            return new Result(next, List.of(given));
        }
    }

    /**
     * One model.
     *
     * @param width the columns of one step
     * @param initial the states before the first step
     * @param body given the columns of a step and the states, its result
     */
    record Model(
            String name, int width, boolean backwards, List<Node> initial, BiFunction<Node, List<Node>, Result> body) {
        Model withWidth(int columns) {
            return new Model(name, columns, backwards, initial, body);
        }

        Model inReverse() {
            return new Model(name, width, true, initial, body);
        }

        @Override
        public String toString() {
            return name + (backwards ? ", backwards" : "");
        }

        /** The outputs of all steps, the states after each step and the last states, of a loop. */
        List<Node> loop(Node x) {
            return loop(x, 0);
        }

        /** The same with checkpoints after so many steps; 0 for none. */
        List<Node> loop(Node x, int segment) {
            ScanBuilder builder = Scan.over(x).columns(width);
            builder = segment > 0 ? builder.checkpointEvery(segment) : builder;
            builder = backwards ? builder.backwards() : builder;
            for (int k = 0; k < initial.size(); k++) {
                builder = builder.state("s" + k, initial.get(k));
            }
            List<Integer> counts = new ArrayList<>();
            Scan scan = builder.step(s -> {
                Result result = body.apply(
                        s.input(),
                        IntStream.range(0, initial.size())
                                .mapToObj(k -> s.state("s" + k))
                                .toList());
                for (int k = 0; k < initial.size(); k++) {
                    s.next("s" + k, result.next.get(k));
                    if (segment > 0) {
                        s.output("n" + k, result.next.get(k));
                    }
                }
                for (int k = 0; k < result.outputs.size(); k++) {
                    s.output("o" + k, result.outputs.get(k));
                }
                counts.add(result.outputs.size());
                return s;
            });
            List<Node> results = new ArrayList<>();
            for (int k = 0; k < counts.get(0); k++) {
                results.add(scan.output("o" + k));
            }
            for (int k = 0; k < initial.size(); k++) {
                results.add(segment > 0 ? scan.output("n" + k) : scan.states("s" + k));
                results.add(scan.last("s" + k));
            }
            return results;
        }

        /** The same, step by step. */
        List<Node> unrolled(Node x, int steps) {
            List<Node> states = initial;
            Result[] made = new Result[steps];
            for (int n = 0; n < steps; n++) {
                int step = backwards ? steps - 1 - n : n;
                made[step] = body.apply(Layout.sliceColumns(x, step * width, (step + 1) * width), states);
                states = made[step].next;
            }
            List<Node> results = new ArrayList<>();
            for (int k = 0; k < made[0].outputs.size(); k++) {
                int place = k;
                results.add(beside(made, result -> result.outputs.get(place)));
            }
            for (int k = 0; k < initial.size(); k++) {
                int place = k;
                results.add(beside(made, result -> result.next.get(place)));
                results.add(states.get(k));
            }
            return results;
        }

        private static Node beside(Result[] made, java.util.function.Function<Result, Node> part) {
            return Layout.concatColumns(java.util.Arrays.stream(made).map(part).toArray(Node[]::new));
        }
    }

    private ScanModels() {}

    private static Model model(String name, List<Node> initial, BiFunction<Node, List<Node>, Result> body) {
        return new Model(name, 1, false, initial, body);
    }

    private static Node cell(Node x, Node h) {
        return W.matmul(x).plus(U.matmul(h)).plus(B);
    }

    /** Inputs have 2 rows and any number of columns. */
    static List<Model> all() {
        Model rnn = model("recurrent network", List.of(H), (x, s) -> {
            Node h = cell(x, s.get(0)).tanh();
            return Result.then(h).output(V.matmul(h));
        });
        Model swapped = model(
                "states that change places",
                List.of(H, C),
                (x, s) -> Result.then(s.get(1), s.get(0).times(x.sum())).output(s.get(0)));
        return List.of(
                rnn,
                rnn.inReverse(),
                model("LSTM", List.of(H, C), (x, s) -> {
                    Node z = cell(x, s.get(0));
                    Node c = z.sigmoid()
                            .times(s.get(1))
                            .plus(z.times(S).sigmoid().times(z.tanh()));
                    Node h = z.negate().sigmoid().times(c.tanh());
                    return Result.then(h, c).output(V.matmul(h).sigmoid());
                }),
                model("gated unit", List.of(H), (x, s) -> {
                    Node z = cell(x, s.get(0)).sigmoid();
                    Node candidate =
                            W.matmul(x).plus(U.matmul(z.times(s.get(0)))).tanh();
                    return Result.then(z.times(s.get(0)).plus(z.negate().plus(1).times(candidate)));
                }),
                swapped,
                swapped.inReverse(),
                model(
                        "a state that is never read",
                        List.of(H, C),
                        (x, s) ->
                                Result.then(cell(x, s.get(0)).tanh(), s.get(1)).output(x)),
                model(
                        "a state that stays",
                        List.of(S),
                        (x, s) -> Result.then(s.get(0)).output(x.times(s.get(0)))),
                model(
                        "no state",
                        List.of(),
                        (x, s) -> Result.then().output(W.matmul(x).exp(), x.sum())),
                model("outputs of several shapes", List.of(H), (x, s) -> {
                    Node h = cell(x, s.get(0)).sigmoid();
                    return Result.then(h).output(h.sum(), x, h.matmul(x.transpose()), h.transpose());
                }),
                model(
                        "a number for a state",
                        List.of(S),
                        (x, s) -> Result.then(s.get(0).times(0.5).plus(x.sum().sin()))
                                .output(x.plus(s.get(0)))),
                model(
                        "a matrix for a state",
                        List.of(A),
                        (x, s) -> Result.then(s.get(0).matmul(A).times(0.5).plus(x))
                                .output(s.get(0).matmul(x))),
                model("Kalman filter", List.of(S, S.square().plus(1)), (x, s) -> {
                    Node variance = s.get(1).times(0.9).plus(0.1);
                    Node gain = variance.dividedBy(variance.plus(S.square()).plus(0.3));
                    Node error = x.sum().minus(s.get(0));
                    return Result.then(
                                    s.get(0).plus(gain.times(error)),
                                    variance.times(gain.negate().plus(1)))
                            .output(variance.log().plus(error.square().dividedBy(variance)));
                }),
                model("forward algorithm in log space", List.of(B), (x, s) -> {
                    Node moves = s.get(0).plus(U);
                    return Result.then(Reductions.logSumExp(moves, Over.EACH_COLUMN)
                            .transpose()
                            .plus(W.matmul(x)));
                }),
                model("attention to what is shared", List.of(H), (x, s) -> {
                    Node weights = Activations.softmax(U.matmul(s.get(0)).plus(W.matmul(x)), Over.EACH_COLUMN);
                    return Result.then(U.transpose().matmul(weights)).output(weights);
                }),
                model("something computed outside", List.of(H), (x, s) -> {
                    Node outside = U.exp().plus(U.transpose());
                    return Result.then(
                            outside.matmul(s.get(0)).times(0.1).plus(W.exp().matmul(x)));
                }),
                model(
                        "constants only",
                        List.of(Constants.zeros(Shape.of(2, 1))),
                        (x, s) -> Result.then(s.get(0).times(0.5).plus(x.square()))),
                model(
                        "running sum",
                        List.of(Constants.zeros(Shape.of(2, 1))),
                        (x, s) -> Result.then(s.get(0).plus(x.times(S)))),
                model(
                        "running product",
                        List.of(Constants.ones(Shape.of(2, 1))),
                        (x, s) -> Result.then(s.get(0).times(x.plus(S).plus(1)))),
                model(
                        "sum of outer products",
                        List.of(A),
                        (x, s) -> Result.then(
                                s.get(0).plus(x.matmul(x.transpose()).times(S)))),
                model("a gradient inside", List.of(H), (x, s) -> {
                    Node energy = cell(x, s.get(0)).tanh().square().sum();
                    return Result.then(s.get(0)
                            .minus(Derivatives.gradient(energy, s.get(0)).times(0.1)));
                }),
                model("a solve inside", List.of(Layout.sliceRows(B, 0, 2)), (x, s) -> {
                    Node m = x.matmul(x.transpose()).plus(Node.constant(new double[][] {{2, 0}, {0, 3}}));
                    return Result.then(LinearAlgebra.solve(m, s.get(0).plus(x))).output(s.get(0));
                }),
                model(
                        "maximum and absolute value",
                        List.of(H),
                        (x, s) -> Result.then(cell(x, s.get(0)).abs().minus(0.3).relu())
                                .output(s.get(0))),
                model("a loop inside", List.of(H), (x, s) -> {
                    Node rows = W.times(x.transpose()).transpose();
                    Node sum = Scan.fold(
                            rows.transpose(),
                            s.get(0),
                            (h, column) -> U.matmul(h).times(0.5).plus(column).tanh());
                    return Result.then(sum).output(V.matmul(sum));
                }),
                rnn.withWidth(1),
                new Model("three examples a step", 3, false, List.of(Layout.broadcast(H, Shape.of(3, 3))), (x, s) -> {
                    Node h = cell(x, s.get(0)).tanh();
                    return Result.then(h).output(V.matmul(h), h.mean());
                }),
                new Model(
                        "three examples a step, each normalised",
                        3,
                        true,
                        List.of(Constants.zeros(Shape.of(3, 3))),
                        (x, s) -> {
                            Node h = cell(x, s.get(0));
                            return Result.then(h.minus(Reductions.mean(h, Over.EACH_ROW)))
                                    .output(h.square().mean());
                        }));
    }

    static Dim columns(Model model) {
        return Dim.named("T").times(Dim.of(model.width));
    }
}
