package org.gradgraph.explain;

import java.util.List;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.rewrite.Assumptions.Fact;

/** Costs of matrix calculus and of linear Gaussian models. */
final class MatrixModels {
    private MatrixModels() {}

    static List<BookModel> all() {
        return List.of(
                quadraticForm(),
                symmetricForm(),
                quadraticFormAndLinear(),
                twoForms(),
                rayleigh(),
                logDeterminant(),
                traceOfInverse(),
                traceOfProducts(),
                generalisedLeastSquares(),
                gaussianLikelihood(),
                covariance(),
                gaussianProcess(),
                factorisation(),
                factorisationMasked(),
                kalman(),
                sinkhorn(),
                leastSquares(),
                frobenius());
    }

    private static BookModel quadraticForm() {
        Node x = Node.parameter("x", 3, 1);
        Node a = Node.parameter("A", 3, 3);
        return BookModel.of("quadratic-form", x.transpose().matmul(a).matmul(x).named("J"), x, a);
    }

    private static BookModel symmetricForm() {
        Node x = Node.parameter("x", 3, 1);
        Node a = Node.input("A", 3, 3);
        return BookModel.of("symmetric-form", x.transpose().matmul(a).matmul(x).named("J"), x)
                .assuming(a, Fact.SYMMETRIC);
    }

    private static BookModel quadraticFormAndLinear() {
        Node x = Node.parameter("x", 3, 1);
        Node a = Node.input("A", 3, 3);
        Node b = Node.input("b", 3, 1);
        Node cost = x.transpose().matmul(a.matmul(x)).times(0.5).minus(LinearAlgebra.dot(b, x));
        return BookModel.of("quadratic-programme", cost.named("J"), x);
    }

    private static BookModel twoForms() {
        Node x = Node.parameter("x", 3, 1);
        Node u = Node.input("u", 1, 3);
        Node a = Node.input("A", 3, 3);
        Node b = Node.input("B", 3, 3);
        return BookModel.of(
                "two-linear-forms",
                u.matmul(a).matmul(x).plus(u.matmul(b).matmul(x)).named("J"),
                x);
    }

    private static BookModel rayleigh() {
        Node x = Node.parameter("x", 3, 1);
        Node a = Node.input("A", 3, 3);
        Node cost = x.transpose()
                .matmul(a)
                .matmul(x)
                .dividedBy(x.transpose().matmul(x))
                .named("R");
        return BookModel.of("rayleigh-quotient", cost, x);
    }

    private static BookModel logDeterminant() {
        Node sigma = Node.parameter("Σ", 3, 3);
        return BookModel.of(
                "log-determinant", LinearAlgebra.logDeterminant(sigma).named("J"), sigma);
    }

    private static BookModel traceOfInverse() {
        Node x = Node.parameter("X", 3, 3);
        Node a = Node.parameter("A", 3, 3);
        Node b = Node.parameter("B", 3, 3);
        Node cost = LinearAlgebra.trace(a.matmul(LinearAlgebra.inverse(x)).matmul(b));
        return BookModel.of("trace-of-inverse", cost.named("J"), x, a, b);
    }

    private static BookModel traceOfProducts() {
        Node x = Node.parameter("X", 3, 3);
        Node a = Node.input("A", 3, 3);
        Node cost = LinearAlgebra.trace(x.transpose().matmul(a).matmul(x));
        return BookModel.of("trace-of-form", cost.named("J"), x);
    }

    private static BookModel leastSquares() {
        Node x = Node.parameter("x", 3, 1);
        Node a = Node.input("A", 5, 3);
        Node r = a.matmul(x).minus(Node.input("b", 5, 1));
        return BookModel.of("least-squares", r.transpose().matmul(r).named("J"), x);
    }

    private static BookModel generalisedLeastSquares() {
        Node beta = Node.parameter("β", 3, 1);
        Node r = Node.input("y", 5, 1).minus(Node.input("X", 5, 3).matmul(beta)).named("r");
        Node cost = r.transpose()
                .matmul(LinearAlgebra.inverse(Node.input("Ω", 5, 5)))
                .matmul(r);
        return BookModel.of("generalised-least-squares", cost.named("J"), r, beta);
    }

    private static BookModel gaussianLikelihood() {
        return gaussian("gaussian-likelihood");
    }

    private static BookModel covariance() {
        BookModel model = gaussian("gaussian-covariance");
        return model.assuming(model.wrt().get(1), Fact.SYMMETRIC);
    }

    private static BookModel gaussian(String name) {
        Node mu = Node.parameter("μ", 3, 1);
        Node sigma = Node.parameter("Σ", 3, 3);
        Node r = Node.input("x", 3, 1).minus(mu).named("r");
        Node cost = LinearAlgebra.logDeterminant(sigma)
                .plus(r.transpose().matmul(LinearAlgebra.inverse(sigma)).matmul(r))
                .times(0.5);
        return BookModel.of(name, cost.named("J"), mu, sigma);
    }

    private static BookModel gaussianProcess() {
        Node k = Node.parameter("K", 4, 4);
        Node y = Node.input("y", 4, 1);
        Node alpha = LinearAlgebra.solve(k, y).named("α");
        Node cost = y.transpose()
                .matmul(alpha)
                .plus(LinearAlgebra.logDeterminant(k))
                .times(0.5);
        return BookModel.of("gaussian-process", cost.named("J"), k);
    }

    private static BookModel factorisation() {
        Node u = Node.parameter("U", 4, 2);
        Node v = Node.parameter("V", 5, 2);
        Node r = Node.input("R", 4, 5).minus(u.matmul(v.transpose())).named("E");
        return BookModel.of("matrix-factorisation", r.square().sum().named("J"), u, v);
    }

    private static BookModel factorisationMasked() {
        Node u = Node.parameter("U", 4, 2);
        Node v = Node.parameter("V", 5, 2);
        Node lambda = Node.input("λ");
        Node r = Node.input("M", 4, 5)
                .times(Node.input("R", 4, 5).minus(u.matmul(v.transpose())))
                .named("E");
        Node penalty = u.square().sum().plus(v.square().sum());
        return BookModel.of(
                "matrix-factorisation-masked",
                r.square().sum().plus(lambda.times(penalty)).named("J"),
                u,
                v);
    }

    private static BookModel kalman() {
        Node gain = Node.parameter("K", 2, 1);
        Node mean = Node.input("x", 2, 1);
        Node h = Node.input("H", 1, 2);
        Node innovation = Node.input("z").minus(h.matmul(mean)).named("y");
        Node updated = mean.plus(gain.matmul(innovation)).named("u");
        Node cost = Node.input("t", 2, 1).minus(updated).square().sum();
        return BookModel.of("kalman-step", cost.named("J"), updated, gain);
    }

    private static BookModel sinkhorn() {
        Dim n = Dim.of(3);
        Node c = Node.parameter("C", 3, 4);
        Node k = c.negate().exp().named("K");
        Node v = Node.input("v", 4, 1);
        Node u = Node.input("a", n, Dim.of(1)).dividedBy(k.matmul(v)).named("u");
        Node cost = u.times(Node.input("g", 3, 1)).sum();
        return BookModel.of("sinkhorn-step", cost.named("J"), u, k, c);
    }

    private static BookModel frobenius() {
        Node a = Node.parameter("A", 3, 4);
        Node b = Node.parameter("B", 4, 2);
        Node e = a.matmul(b).minus(Node.input("C", 3, 2)).named("E");
        return BookModel.of(
                "frobenius", LinearAlgebra.trace(e.transpose().matmul(e)).named("J"), a, b);
    }
}
