package org.gradgraph.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;

/** The problems of Moré, Garbow and Hillstrom, Testing Unconstrained Optimization Software (1981), by their numbers. */
final class MoreGarbowHillstrom {
    private MoreGarbowHillstrom() {}

    /** One problem: residuals of the elements of a column, a start, and the sums of squares of its minima. */
    static final class Problem {
        private final String name;
        private final Node x;
        private final double[] start;
        private final Node residuals;
        private final double[] minima;

        private Problem(String name, double[] start, Function<Node[], List<Node>> residuals, double... minima) {
            this.name = name;
            this.start = start;
            this.minima = minima;
            this.x = Node.parameter("x", start.length, 1);
            Node[] elements = new Node[start.length];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = Layout.slice(x, i, i + 1, 0, 1);
            }
            this.residuals = Layout.concatRows(residuals.apply(elements).toArray(Node[]::new));
        }

        String name() {
            return name;
        }

        Node x() {
            return x;
        }

        Node residuals() {
            return residuals;
        }

        Feeds start() {
            return Feeds.of(x, start);
        }

        /** Whether a sum of squares is that of a known minimum, in six digits, or has fallen by ten orders of magnitude to 0. */
        boolean isMinimum(double squares, double first) {
            return Arrays.stream(minima)
                    .anyMatch(minimum -> Math.abs(squares - minimum)
                            <= (minimum == 0 ? 1e-10 * Math.min(1, first) : 1e-6 * minimum));
        }
    }

    private static Node c(double number) {
        return Node.constant(number);
    }

    private static List<Node> each(int from, int to, IntFunction<Node> residual) {
        List<Node> residuals = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            residuals.add(residual.apply(i));
        }
        return residuals;
    }

    private static double[] filled(int n, IntFunction<Double> element) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = element.apply(i + 1);
        }
        return x;
    }

    private static Node sum(int from, int to, IntFunction<Node> term) {
        Node sum = c(0);
        for (int i = from; i <= to; i++) {
            sum = sum.plus(term.apply(i));
        }
        return sum;
    }

    private static Node decay(double t, Node rate) {
        return rate.times(-t).exp();
    }

    static List<Problem> all() {
        List<Problem> problems = new ArrayList<>();
        problems.addAll(small());
        problems.addAll(fits());
        problems.addAll(wide());
        return problems;
    }

    private static List<Problem> small() {
        double root5 = Math.sqrt(5);
        double root10 = Math.sqrt(10);
        return List.of(
                new Problem(
                        "1 Rosenbrock",
                        new double[] {-1.2, 1},
                        x -> List.of(x[1].minus(x[0].square()).times(10), c(1).minus(x[0])),
                        0),
                new Problem(
                        "2 Freudenstein and Roth",
                        new double[] {0.5, -2},
                        x -> List.of(
                                x[0].plus(c(5).minus(x[1]).times(x[1]).minus(2).times(x[1]))
                                        .minus(13),
                                x[0].plus(x[1].plus(1).times(x[1]).minus(14).times(x[1]))
                                        .minus(29)),
                        0,
                        48.98425368),
                new Problem(
                        "3 Powell badly scaled",
                        new double[] {0, 1},
                        x -> List.of(
                                x[0].times(x[1]).times(1e4).minus(1),
                                decay(1, x[0]).plus(decay(1, x[1])).minus(1.0001)),
                        0),
                new Problem(
                        "4 Brown badly scaled",
                        new double[] {1, 1},
                        x -> List.of(
                                x[0].minus(1e6),
                                x[1].minus(2e-6),
                                x[0].times(x[1]).minus(2)),
                        0),
                new Problem(
                        "5 Beale",
                        new double[] {1, 1},
                        x -> each(
                                1,
                                3,
                                i -> c(new double[] {1.5, 2.25, 2.625}[i - 1])
                                        .minus(x[0].times(c(1).minus(x[1].power(i))))),
                        0),
                new Problem(
                        "6 Jennrich and Sampson",
                        new double[] {0.3, 0.4},
                        x -> each(1, 10, i -> c(2 + 2 * i).minus(decay(-i, x[0]).plus(decay(-i, x[1])))),
                        124.362182356),
                new Problem(
                        "7 helical valley",
                        new double[] {-1, 0, 0},
                        x -> {
                            Node turn = Elementary.atan(x[1].dividedBy(x[0])).times(0.5 / Math.PI);
                            Node theta = Comparisons.where(Comparisons.greater(x[0], 0), turn, turn.plus(0.5));
                            return List.of(
                                    x[2].minus(theta.times(10)).times(10),
                                    x[0].square()
                                            .plus(x[1].square())
                                            .sqrt()
                                            .minus(1)
                                            .times(10),
                                    x[2]);
                        },
                        0),
                new Problem("13 Powell singular", new double[] {3, -1, 0, 1}, x -> singular(x, 0, root5, root10), 0),
                new Problem(
                        "14 Wood",
                        new double[] {-3, -1, -3, -1},
                        x -> List.of(
                                x[1].minus(x[0].square()).times(10),
                                c(1).minus(x[0]),
                                x[3].minus(x[2].square()).times(Math.sqrt(90)),
                                c(1).minus(x[2]),
                                x[1].plus(x[3]).minus(2).times(root10),
                                x[1].minus(x[3]).times(1 / root10)),
                        0));
    }

    private static List<Node> singular(Node[] x, int at, double root5, double root10) {
        return List.of(
                x[at].plus(x[at + 1].times(10)),
                x[at + 2].minus(x[at + 3]).times(root5),
                x[at + 1].minus(x[at + 2].times(2)).square(),
                x[at].minus(x[at + 3]).square().times(root10));
    }

    private static List<Problem> fits() {
        double[] bard = {.14, .18, .22, .25, .29, .32, .35, .39, .37, .58, .73, .96, 1.34, 2.10, 4.39};
        double[] gauss = {
            .0009, .0044, .0175, .0540, .1295, .2420, .3521, .3989, .3521, .2420, .1295, .0540, .0175, .0044, .0009
        };
        double[] meyer = {
            34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872
        };
        double[] kowalikY = {.1957, .1947, .1735, .1600, .0844, .0627, .0456, .0342, .0323, .0235, .0246};
        double[] kowalikU = {4, 2, 1, .5, .25, .167, .125, .1, .0833, .0714, .0625};
        double[] osborne1 = {
            .844, .908, .932, .936, .925, .908, .881, .850, .818, .784, .751, .718, .685, .658, .628, .603, .580, .558,
            .538, .522, .506, .490, .478, .467, .457, .448, .438, .431, .424, .420, .414, .411, .406
        };
        double[] osborne2 = {
            1.366, 1.191, 1.112, 1.013, .991, .885, .831, .847, .786, .725, .746, .679, .608, .655, .616, .606, .602,
            .626, .651, .724, .649, .649, .694, .644, .624, .661, .612, .558, .533, .495, .500, .423, .395, .375, .372,
            .391, .396, .405, .428, .429, .523, .562, .607, .653, .672, .708, .633, .668, .645, .632, .591, .559, .597,
            .625, .739, .710, .729, .720, .636, .581, .428, .292, .162, .098, .054
        };
        return List.of(
                new Problem(
                        "8 Bard",
                        new double[] {1, 1, 1},
                        x -> each(
                                1,
                                15,
                                i -> c(bard[i - 1])
                                        .minus(x[0].plus(c(i).dividedBy(
                                                        x[1].times(16 - i).plus(x[2].times(Math.min(i, 16 - i))))))),
                        8.214877306e-3),
                new Problem(
                        "9 Gaussian",
                        new double[] {.4, 1, 0},
                        x -> each(
                                1,
                                15,
                                i -> x[0].times(c((8 - i) / 2.0)
                                                .minus(x[2])
                                                .square()
                                                .times(x[1])
                                                .times(-0.5)
                                                .exp())
                                        .minus(gauss[i - 1])),
                        1.12793277e-8),
                new Problem(
                        "10 Meyer",
                        new double[] {.02, 4000, 250},
                        x -> each(
                                1,
                                16,
                                i -> x[0].times(x[1].dividedBy(x[2].plus(45 + 5 * i))
                                                .exp())
                                        .minus(meyer[i - 1])),
                        87.94585517),
                new Problem(
                        "11 Gulf",
                        new double[] {5, 2.5, .15},
                        x -> each(1, 99, i -> {
                            double t = i / 100.0;
                            double y = 25 + Math.cbrt(Math.pow(-50 * Math.log(t), 2));
                            return Arithmetic.power(c(y).minus(x[1]).abs(), x[2])
                                    .dividedBy(x[0])
                                    .negate()
                                    .exp()
                                    .minus(t);
                        }),
                        0),
                new Problem(
                        "12 Box three-dimensional",
                        new double[] {0, 10, 20},
                        x -> each(
                                1,
                                10,
                                i -> decay(i / 10.0, x[0])
                                        .minus(decay(i / 10.0, x[1]))
                                        .minus(x[2].times(Math.exp(-i / 10.0) - Math.exp(-i)))),
                        0),
                new Problem(
                        "15 Kowalik and Osborne",
                        new double[] {.25, .39, .415, .39},
                        x -> each(0, 10, i -> {
                            double u = kowalikU[i];
                            return c(kowalikY[i])
                                    .minus(x[0].times(x[1].times(u).plus(u * u))
                                            .dividedBy(x[2].times(u).plus(u * u).plus(x[3])));
                        }),
                        3.075056038e-4),
                new Problem(
                        "16 Brown and Dennis",
                        new double[] {25, 5, -5, -1},
                        x -> each(1, 20, i -> {
                            double t = i / 5.0;
                            return x[0].plus(x[1].times(t))
                                    .minus(Math.exp(t))
                                    .square()
                                    .plus(x[2].plus(x[3].times(Math.sin(t)))
                                            .minus(Math.cos(t))
                                            .square());
                        }),
                        85822.20162636),
                new Problem(
                        "17 Osborne 1",
                        new double[] {.5, 1.5, -1, .01, .02},
                        x -> each(
                                0,
                                32,
                                i -> c(osborne1[i])
                                        .minus(x[0].plus(x[1].times(decay(10 * i, x[3])))
                                                .plus(x[2].times(decay(10 * i, x[4]))))),
                        5.464894697e-5),
                new Problem(
                        "18 Biggs EXP6",
                        new double[] {1, 2, 1, 1, 1, 1},
                        x -> each(1, 13, i -> {
                            double t = i / 10.0;
                            double y = Math.exp(-t) - 5 * Math.exp(-10 * t) + 3 * Math.exp(-4 * t);
                            return x[2].times(decay(t, x[0]))
                                    .minus(x[3].times(decay(t, x[1])))
                                    .plus(x[5].times(decay(t, x[4])))
                                    .minus(y);
                        }),
                        0,
                        5.655649925e-3),
                new Problem(
                        "19 Osborne 2",
                        new double[] {1.3, .65, .65, .7, .6, 3, 5, 7, 2, 4.5, 5.5},
                        x -> each(0, 64, i -> {
                            double t = i / 10.0;
                            return c(osborne2[i])
                                    .minus(x[0].times(decay(t, x[4])))
                                    .minus(bell(t, x[1], x[8], x[5]))
                                    .minus(bell(t, x[2], x[9], x[6]))
                                    .minus(bell(t, x[3], x[10], x[7]));
                        }),
                        4.013773629e-2));
    }

    private static Node bell(double t, Node height, Node place, Node width) {
        return height.times(place.minus(t).square().times(width).negate().exp());
    }

    private static List<Problem> wide() {
        int n = 10;
        double h = 1.0 / (n + 1);
        List<Problem> problems = new ArrayList<>();
        problems.add(new Problem(
                "20 Watson",
                new double[6],
                x -> {
                    List<Node> residuals = each(1, 29, i -> {
                        double t = i / 29.0;
                        Node slope = sum(2, 6, j -> x[j - 1].times((j - 1) * Math.pow(t, j - 2)));
                        return slope.minus(sum(1, 6, j -> x[j - 1].times(Math.pow(t, j - 1)))
                                        .square())
                                .minus(1);
                    });
                    residuals.add(x[0]);
                    residuals.add(x[1].minus(x[0].square()).minus(1));
                    return residuals;
                },
                2.287670053e-3));
        problems.add(new Problem(
                "21 extended Rosenbrock",
                filled(n, i -> i % 2 == 1 ? -1.2 : 1),
                x -> each(
                        0,
                        n - 1,
                        i -> i % 2 == 0 ? x[i + 1].minus(x[i].square()).times(10) : c(1).minus(x[i - 1])),
                0));
        problems.add(new Problem(
                "22 extended Powell singular",
                filled(12, i -> new double[] {3, -1, 0, 1}[(i - 1) % 4]),
                x -> {
                    List<Node> residuals = new ArrayList<>();
                    for (int at = 0; at < 12; at += 4) {
                        residuals.addAll(singular(x, at, Math.sqrt(5), Math.sqrt(10)));
                    }
                    return residuals;
                },
                0));
        problems.add(new Problem(
                "23 penalty I",
                filled(n, i -> (double) i),
                x -> {
                    List<Node> residuals = each(0, n - 1, i -> x[i].minus(1).times(Math.sqrt(1e-5)));
                    residuals.add(sum(0, n - 1, j -> x[j].square()).minus(0.25));
                    return residuals;
                },
                7.08765147e-5));
        problems.add(new Problem(
                "24 penalty II",
                filled(n, i -> 0.5),
                x -> {
                    double a = Math.sqrt(1e-5);
                    List<Node> residuals = new ArrayList<>(List.of(x[0].minus(0.2)));
                    residuals.addAll(each(
                            2,
                            n,
                            i -> decay(-0.1, x[i - 1])
                                    .plus(decay(-0.1, x[i - 2]))
                                    .minus(Math.exp(i / 10.0) + Math.exp((i - 1) / 10.0))
                                    .times(a)));
                    residuals.addAll(each(
                            n + 1,
                            2 * n - 1,
                            i -> decay(-0.1, x[i - n]).minus(Math.exp(-0.1)).times(a)));
                    residuals.add(
                            sum(1, n, j -> x[j - 1].square().times(n - j + 1)).minus(1));
                    return residuals;
                },
                2.936605374e-4));
        problems.add(new Problem(
                "25 variably dimensioned",
                filled(n, i -> 1 - i / (double) n),
                x -> {
                    List<Node> residuals = each(0, n - 1, i -> x[i].minus(1));
                    Node sum = sum(1, n, j -> x[j - 1].minus(1).times(j));
                    residuals.addAll(Arrays.asList(sum, sum.square()));
                    return residuals;
                },
                0));
        problems.add(new Problem(
                "26 trigonometric",
                filled(n, i -> 1.0 / n),
                x -> {
                    Node cosines = sum(0, n - 1, j -> Elementary.cos(x[j]));
                    return each(
                            1,
                            n,
                            i -> c(n).minus(cosines)
                                    .plus(c(1).minus(Elementary.cos(x[i - 1])).times(i))
                                    .minus(Elementary.sin(x[i - 1])));
                },
                0,
                2.795056122e-5));
        problems.add(new Problem(
                "27 Brown almost linear",
                filled(n, i -> 0.5),
                x -> {
                    Node sum = sum(0, n - 1, j -> x[j]);
                    List<Node> residuals = each(0, n - 2, i -> x[i].plus(sum).minus(n + 1));
                    Node product = x[0];
                    for (int j = 1; j < n; j++) {
                        product = product.times(x[j]);
                    }
                    residuals.add(product.minus(1));
                    return residuals;
                },
                0,
                1));
        problems.add(new Problem(
                "28 discrete boundary value",
                filled(n, i -> i * h * (i * h - 1)),
                x -> each(
                        1,
                        n,
                        i -> x[i - 1].times(2)
                                .minus(i == 1 ? c(0) : x[i - 2])
                                .minus(i == n ? c(0) : x[i])
                                .plus(x[i - 1].plus(i * h + 1).power(3).times(h * h / 2))),
                0));
        problems.add(new Problem(
                "29 discrete integral equation",
                filled(n, i -> i * h * (i * h - 1)),
                x -> each(1, n, i -> {
                    double t = i * h;
                    Node before =
                            sum(1, i, j -> x[j - 1].plus(j * h + 1).power(3).times(j * h));
                    Node after =
                            sum(i + 1, n, j -> x[j - 1].plus(j * h + 1).power(3).times(1 - j * h));
                    return x[i - 1].plus(
                            before.times(1 - t).plus(after.times(t)).times(h / 2));
                }),
                0));
        problems.add(new Problem(
                "30 Broyden tridiagonal",
                filled(n, i -> -1.0),
                x -> each(
                        0,
                        n - 1,
                        i -> c(3).minus(x[i].times(2))
                                .times(x[i])
                                .minus(i == 0 ? c(0) : x[i - 1])
                                .minus(i == n - 1 ? c(0) : x[i + 1].times(2))
                                .plus(1)),
                0));
        problems.add(new Problem(
                "31 Broyden banded",
                filled(n, i -> -1.0),
                x -> each(
                        0,
                        n - 1,
                        i -> x[i].times(x[i].square().times(5).plus(2))
                                .plus(1)
                                .minus(sum(
                                        Math.max(0, i - 5),
                                        Math.min(n - 1, i + 1),
                                        j -> j == i ? c(0) : x[j].times(x[j].plus(1))))),
                0));
        problems.add(new Problem(
                "32 linear, full rank",
                filled(5, i -> 1.0),
                x -> {
                    Node mean = sum(0, 4, j -> x[j]).times(0.2);
                    return each(0, 9, i -> (i < 5 ? x[i].minus(mean) : mean.negate()).minus(1));
                },
                5));
        problems.add(new Problem(
                "33 linear, rank 1",
                filled(5, i -> 1.0),
                x -> each(1, 10, i -> sum(1, 5, j -> x[j - 1].times(j)).times(i).minus(1)),
                90.0 / 42));
        problems.add(new Problem(
                "34 linear, rank 1, zero columns",
                filled(5, i -> 1.0),
                x -> each(
                        1,
                        10,
                        i -> i == 1 || i == 10
                                ? x[0].times(0.0).minus(1)
                                : sum(2, 4, j -> x[j - 1].times(j)).times(i - 1).minus(1)),
                124.0 / 34));
        problems.add(new Problem(
                "35 Chebyquad",
                filled(8, i -> i / 9.0),
                x -> each(
                        1,
                        8,
                        i -> sum(0, 7, j -> chebyshev(i, x[j]))
                                .times(1.0 / 8)
                                .plus(i % 2 == 0 ? 1.0 / (i * i - 1) : 0)),
                3.516873726e-3));
        return problems;
    }

    private static Node chebyshev(int degree, Node x) {
        Node shifted = x.times(2).minus(1);
        Node before = c(1);
        Node now = shifted;
        for (int k = 1; k < degree; k++) {
            Node next = shifted.times(now).times(2).minus(before);
            before = now;
            now = next;
        }
        return now;
    }
}
