package org.gradgraph.optim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Scanner;
import java.util.TreeMap;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Node;

/** NIST's nonlinear regressions: data and certified values from a file, models as graphs. */
final class NistProblems {
    private NistProblems() {}

    /** A model of the predictors. */
    @FunctionalInterface
    private interface Model {
        Node of(Node[] b, Node x);
    }

    /** One data set. */
    static final class NistProblem {
        private final String name;
        private final double[][] starts;
        private final double[] certified;
        private final double sumOfSquares;
        private final Node[] b;
        private final Node residuals;
        private final Feeds data;

        private NistProblem(String name, double[][] values, double sumOfSquares, double[][] observations) {
            this.name = name;
            this.starts = new double[][] {column(values, 0), column(values, 1)};
            this.certified = column(values, 2);
            this.sumOfSquares = sumOfSquares;
            this.b = new Node[values.length];
            for (int i = 0; i < b.length; i++) {
                b[i] = Node.parameter("b" + (i + 1));
            }
            Dim m = Dim.named("m");
            Node y = Node.input("y", m, 1);
            Node x = Node.input("x", m, 1);
            double[] response = column(observations, 0);
            Feeds inputs = Feeds.of(x, column(observations, 1));
            if (name.equals("Nelson")) {
                Node second = Node.input("x2", m, 1);
                this.residuals = b[0].minus(
                                b[1].times(x).times(b[2].negate().times(second).exp()))
                        .minus(y.log());
                inputs = inputs.and(second, column(observations, 2));
            } else {
                this.residuals = Objects.requireNonNull(models().get(name), name)
                        .of(b, x)
                        .minus(y);
            }
            this.data = inputs.and(y, response);
        }

        String name() {
            return name;
        }

        Node residuals() {
            return residuals;
        }

        Feeds data() {
            return data;
        }

        double[] certified() {
            return certified;
        }

        double sumOfSquares() {
            return sumOfSquares;
        }

        Node parameter(int i) {
            return b[i];
        }

        Feeds start(int which) {
            Feeds feeds = Feeds.none();
            for (int i = 0; i < b.length; i++) {
                feeds = feeds.and(b[i], starts[which][i]);
            }
            return feeds;
        }
    }

    private static double[] column(double[][] rows, int column) {
        double[] elements = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            elements[i] = rows[i][column];
        }
        return elements;
    }

    static List<NistProblem> all() {
        List<NistProblem> problems = new ArrayList<>();
        try (InputStream file = NistProblems.class.getResourceAsStream("nist-strd.txt")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            Scanner scanner = new Scanner(text.replaceAll("#.*\n", ""));
            while (scanner.hasNext()) {
                String name = scanner.next();
                int parameters = scanner.nextInt();
                int observations = scanner.nextInt();
                double[][] values = rows(scanner, parameters, 3);
                double squares = Double.parseDouble(scanner.next());
                problems.add(new NistProblem(
                        name, values, squares, rows(scanner, observations, name.equals("Nelson") ? 3 : 2)));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return problems;
    }

    private static double[][] rows(Scanner scanner, int count, int width) {
        double[][] rows = new double[count][width];
        for (double[] row : rows) {
            for (int k = 0; k < width; k++) {
                row[k] = Double.parseDouble(scanner.next());
            }
        }
        return rows;
    }

    private static Map<String, Model> models() {
        Map<String, Model> models = new TreeMap<>();
        Model chwirut = (b, x) -> decay(b[0], x).dividedBy(b[1].plus(b[2].times(x)));
        Model gauss = (b, x) ->
                b[0].times(decay(b[1], x)).plus(bell(b[2], b[3], b[4], x)).plus(bell(b[5], b[6], b[7], x));
        Model lanczos = (b, x) ->
                b[0].times(decay(b[1], x)).plus(b[2].times(decay(b[3], x))).plus(b[4].times(decay(b[5], x)));
        Model cubic = (b, x) ->
                polynomial(x, b[0], b[1], b[2], b[3]).dividedBy(polynomial(x, Node.constant(1), b[4], b[5], b[6]));
        models.put(
                "Bennett5",
                (b, x) -> b[0].times(
                        Arithmetic.power(b[1].plus(x), Node.constant(-1).dividedBy(b[2]))));
        models.put("BoxBOD", (b, x) -> b[0].times(decay(b[1], x).negate().plus(1)));
        models.put("Chwirut1", chwirut);
        models.put("Chwirut2", chwirut);
        models.put("DanWood", (b, x) -> b[0].times(Arithmetic.power(x, b[1])));
        models.put(
                "ENSO",
                (b, x) -> b[0].plus(wave(b[1], b[2], Node.constant(12), x))
                        .plus(wave(b[4], b[5], b[3], x))
                        .plus(wave(b[7], b[8], b[6], x)));
        models.put(
                "Eckerle4",
                (b, x) -> b[0].dividedBy(b[1])
                        .times(x.minus(b[2])
                                .dividedBy(b[1])
                                .square()
                                .times(-0.5)
                                .exp()));
        models.put("Gauss1", gauss);
        models.put("Gauss2", gauss);
        models.put("Gauss3", gauss);
        models.put("Hahn1", cubic);
        models.put(
                "Kirby2",
                (b, x) -> polynomial(x, b[0], b[1], b[2]).dividedBy(polynomial(x, Node.constant(1), b[3], b[4])));
        models.put("Lanczos1", lanczos);
        models.put("Lanczos2", lanczos);
        models.put("Lanczos3", lanczos);
        models.put(
                "MGH09",
                (b, x) -> b[0].times(x.square().plus(x.times(b[1])))
                        .dividedBy(x.square().plus(x.times(b[2])).plus(b[3])));
        models.put("MGH10", (b, x) -> b[0].times(b[1].dividedBy(x.plus(b[2])).exp()));
        models.put("MGH17", (b, x) -> b[0].plus(b[1].times(decay(b[3], x))).plus(b[2].times(decay(b[4], x))));
        models.put("Misra1a", (b, x) -> b[0].times(decay(b[1], x).negate().plus(1)));
        models.put(
                "Misra1b",
                (b, x) -> b[0].times(
                        Node.constant(1).minus(b[1].times(x).times(0.5).plus(1).power(-2))));
        models.put(
                "Misra1c",
                (b, x) -> b[0].times(
                        Node.constant(1).minus(b[1].times(x).times(2).plus(1).power(-0.5))));
        models.put(
                "Misra1d",
                (b, x) -> b[0].times(b[1]).times(x).dividedBy(b[1].times(x).plus(1)));
        models.put(
                "Rat42",
                (b, x) -> b[0].dividedBy(b[1].minus(b[2].times(x)).exp().plus(1)));
        models.put(
                "Rat43",
                (b, x) -> b[0].dividedBy(Arithmetic.power(
                        b[1].minus(b[2].times(x)).exp().plus(1),
                        Node.constant(1).dividedBy(b[3]))));
        models.put(
                "Roszman1",
                (b, x) -> b[0].minus(b[1].times(x))
                        .minus(Elementary.atan(b[2].dividedBy(x.minus(b[3]))).times(1 / Math.PI)));
        models.put("Thurber", cubic);
        return models;
    }

    private static Node decay(Node rate, Node x) {
        return rate.negate().times(x).exp();
    }

    private static Node bell(Node height, Node place, Node width, Node x) {
        return height.times(x.minus(place).dividedBy(width).square().negate().exp());
    }

    private static Node wave(Node cosine, Node sine, Node period, Node x) {
        Node angle = x.times(2 * Math.PI).dividedBy(period);
        return cosine.times(Elementary.cos(angle)).plus(sine.times(Elementary.sin(angle)));
    }

    private static Node polynomial(Node x, Node... coefficients) {
        Node sum = coefficients[coefficients.length - 1];
        for (int k = coefficients.length - 2; k >= 0; k--) {
            sum = sum.times(x).plus(coefficients[k]);
        }
        return sum;
    }
}
