package org.gradgraph.explain;

import java.util.List;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Special;
import org.gradgraph.rewrite.Assumptions.Fact;

/** Likelihoods and losses of regression and classification, composed naively and with the built-in losses. */
final class StatisticalModels {
    private static final Dim M = Dim.named("m");

    private final Node w = Node.parameter("w", 4, 1);
    private final Node b = Node.parameter("b");
    private final Node x = Node.input("X", 4, M);
    private final Node y = Node.input("Y", 1, M);
    private final Node z = w.transpose().matmul(x).plus(b).named("Z");

    private StatisticalModels() {}

    static List<BookModel> all() {
        StatisticalModels models = new StatisticalModels();
        return List.of(
                models.linear(),
                models.linearWithLoss(),
                models.ridge(),
                models.logistic(),
                models.logisticWithLoss(),
                models.logisticFromLogits(),
                models.poisson(),
                models.probit(),
                models.hinge(),
                models.hingeWithLoss(),
                models.huber(),
                models.huberWithLoss(),
                models.quantile(),
                models.focal(),
                models.gaussian(),
                models.cox(),
                models.bradleyTerry(),
                softmax(),
                softmaxWithLoss(),
                labelSmoothing(),
                labelSmoothingWithLoss(),
                divergence(),
                divergenceWithLogSoftmax());
    }

    private BookModel named(String name, Node cost) {
        return BookModel.of(name, cost.named("J"), z, w, b);
    }

    private Node oneMinus(Node a) {
        return Node.constant(1).minus(a);
    }

    private Node crossEntropy(Node p) {
        return y.times(p.log())
                .plus(oneMinus(y).times(oneMinus(p).log()))
                .mean()
                .negate();
    }

    private BookModel linear() {
        return named("linear", z.minus(y).square().sum().dividedBy(Constants.size(M)));
    }

    private BookModel linearWithLoss() {
        return named("linear-loss", Losses.mse(z, y));
    }

    private BookModel ridge() {
        return named(
                "ridge-regression",
                Losses.mse(z, y).plus(Node.input("λ").times(w.square().sum())));
    }

    private BookModel logistic() {
        return named(
                "logistic",
                crossEntropy(oneMinus(z.negate().exp().negate()).reciprocal().named("A")));
    }

    private BookModel logisticWithLoss() {
        return named("logistic-loss", Losses.bce(z.sigmoid().named("A"), y));
    }

    private BookModel logisticFromLogits() {
        return named("logistic-logits", Losses.bceWithLogits(z, y));
    }

    private BookModel poisson() {
        Node mu = z.exp().named("μ");
        return named("poisson", mu.minus(y.times(mu.log())).mean());
    }

    private BookModel probit() {
        Node p = Special.erf(z.dividedBy(Math.sqrt(2))).plus(1).times(0.5).named("Φ");
        return named("probit", crossEntropy(p));
    }

    private BookModel hinge() {
        return named(
                "hinge",
                Comparisons.maximum(oneMinus(y.times(z)), Node.constant(0)).mean());
    }

    private BookModel hingeWithLoss() {
        return named("hinge-loss", Losses.hinge(z, y));
    }

    private BookModel huber() {
        Node r = z.minus(y).named("R");
        Node small = r.square().times(0.5);
        Node large = Elementary.abs(r).minus(0.5);
        return named(
                "huber",
                Comparisons.where(Comparisons.lessOrEqual(Elementary.abs(r), 1), small, large)
                        .mean());
    }

    private BookModel huberWithLoss() {
        return named("huber-loss", Losses.huber(z, y, 1));
    }

    private BookModel quantile() {
        Node tau = Node.input("τ");
        Node r = y.minus(z).named("R");
        return named(
                "quantile",
                Comparisons.maximum(tau.times(r), tau.minus(1).times(r)).mean());
    }

    private BookModel focal() {
        Node p = z.sigmoid().named("P");
        return named(
                "focal", y.times(oneMinus(p).square()).times(p.log()).mean().negate());
    }

    private BookModel gaussian() {
        Node s = Node.parameter("s");
        Node r = y.minus(z).named("R");
        Node cost = r.square().dividedBy(s.exp()).plus(s).mean().times(0.5);
        return BookModel.of("gaussian", cost.named("J"), z, w, b, s);
    }

    /** The risk set of example i is column i of the constant R. */
    private BookModel cox() {
        Node risk = Node.input("R", M, M);
        Node event = Node.input("D", 1, M);
        Node eta = w.transpose().matmul(x).named("η");
        Node cost = event.times(eta.minus(eta.exp().matmul(risk).log())).sum().negate();
        return BookModel.of("cox", cost.named("J"), eta, w);
    }

    private BookModel bradleyTerry() {
        Node s = Node.parameter("s", 5, 1);
        Node pairs = Node.input("D", Dim.of(5), M);
        Node d = s.transpose().matmul(pairs).named("d");
        return BookModel.of(
                "bradley-terry", Activations.logSigmoid(d).sum().negate().named("J"), s);
    }

    private static Node scores(Node w, Node b) {
        return w.matmul(Node.input("X", 4, M)).plus(b).named("Z");
    }

    private static BookModel softmax() {
        Node w = Node.parameter("W", 3, 4);
        Node b = Node.parameter("b", 3, 1);
        Node y = Node.input("Y", 3, M);
        Node z = scores(w, b);
        Node e = z.exp();
        Node p = e.dividedBy(e.columnSums()).named("P");
        Node cost = y.times(p.log()).columnSums().mean().negate();
        return BookModel.of("softmax-regression", cost.named("J"), z, w, b).assuming(y, Fact.COLUMNS_SUM_TO_ONE);
    }

    private static BookModel softmaxWithLoss() {
        Node w = Node.parameter("W", 3, 4);
        Node b = Node.parameter("b", 3, 1);
        Node y = Node.input("Y", 3, M);
        Node z = scores(w, b);
        Node cost = Losses.crossEntropyWithLogits(z, y, Over.EACH_COLUMN);
        return BookModel.of("softmax-regression-loss", cost.named("J"), z, w, b).assuming(y, Fact.COLUMNS_SUM_TO_ONE);
    }

    private static BookModel labelSmoothing() {
        Node y = Node.input("Y", 3, M);
        Node eps = Node.input("ε");
        Node z = Node.parameter("Z", 3, M);
        Node p = Activations.softmaxColumns(z).named("P");
        Node target =
                Node.constant(1).minus(eps).times(y).plus(eps.dividedBy(3)).named("T");
        Node cost = target.times(p.log()).sum().negate().dividedBy(Constants.size(M));
        return BookModel.of("label-smoothing", cost.named("J"), z).assuming(target, Fact.COLUMNS_SUM_TO_ONE);
    }

    private static BookModel labelSmoothingWithLoss() {
        Node target = Node.input("Y", 3, M).times(0.9).plus(0.1 / 3).named("T");
        Node z = Node.parameter("Z", 3, M);
        Node cost = Losses.crossEntropyWithLogits(z, target, Over.EACH_COLUMN);
        return BookModel.of("label-smoothing-loss", cost.named("J"), z).assuming(target, Fact.COLUMNS_SUM_TO_ONE);
    }

    /** Both distributions are softmaxes; the first one is what is fitted to. */
    private static BookModel divergence() {
        Node u = Node.parameter("U", 3, M);
        Node v = Node.parameter("V", 3, M);
        Node p = Activations.softmaxColumns(u).named("P");
        Node q = Activations.softmaxColumns(v).named("Q");
        return BookModel.of("kl-divergence", p.times(p.dividedBy(q).log()).sum().named("J"), u, v);
    }

    private static BookModel divergenceWithLogSoftmax() {
        Node u = Node.parameter("U", 3, M);
        Node v = Node.parameter("V", 3, M);
        Node p = Activations.softmaxColumns(u).named("P");
        Node difference = Activations.logSoftmaxColumns(u).minus(Activations.logSoftmaxColumns(v));
        return BookModel.of("kl-divergence-logits", p.times(difference).sum().named("J"), u, v);
    }
}
