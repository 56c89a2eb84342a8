package org.gradgraph.explain;

import java.util.List;
import java.util.function.UnaryOperator;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;

/** Layers and small networks. */
final class NetworkModels {
    private static final Dim M = Dim.named("m");

    private NetworkModels() {}

    static List<BookModel> all() {
        return List.of(
                relu(),
                leakyRelu(),
                gelu(),
                autoencoder(),
                lstm(),
                attention(),
                attentionWithSoftmax(),
                batchNorm(),
                batchNormComposed(),
                layerNorm(),
                skipGram(),
                embedding());
    }

    private static Node probability(Node z) {
        return z.sigmoid().named("A2");
    }

    private static BookModel network(String name, UnaryOperator<Node> activation) {
        Node w1 = Node.parameter("W1", 4, 2);
        Node b1 = Node.parameter("b1", 4, 1);
        Node w2 = Node.parameter("W2", 1, 4);
        Node b2 = Node.parameter("b2", 1, 1);
        Node z1 = w1.matmul(Node.input("X", 2, M)).plus(b1).named("Z1");
        Node a1 = activation.apply(z1).named("A1");
        Node z2 = w2.matmul(a1).plus(b2).named("Z2");
        Node cost = Losses.bce(probability(z2), Node.input("Y", 1, M));
        return BookModel.of(name, cost.named("J"), z2, w2, b2, z1, w1, b1);
    }

    private static BookModel relu() {
        return network("relu-network", Activations::relu);
    }

    private static BookModel leakyRelu() {
        return network("leaky-relu-network", z -> Activations.leakyRelu(z, 0.01));
    }

    private static BookModel gelu() {
        return network("gelu-network", Activations::gelu);
    }

    private static BookModel autoencoder() {
        Node encoder = Node.parameter("E", 2, 4);
        Node decoder = Node.parameter("D", 4, 2);
        Node x = Node.input("X", 4, M);
        Node h = encoder.matmul(x).tanh().named("H");
        Node r = decoder.matmul(h).minus(x).named("R");
        Node cost = r.square().sum().dividedBy(Constants.size(M).times(2));
        return BookModel.of("autoencoder", cost.named("J"), decoder, encoder);
    }

    private static BookModel lstm() {
        Node x = Node.input("x", 3, 1);
        Node wf = Node.parameter("Wf", 2, 3);
        Node wi = Node.parameter("Wi", 2, 3);
        Node wo = Node.parameter("Wo", 2, 3);
        Node wg = Node.parameter("Wg", 2, 3);
        Node f = wf.matmul(x).sigmoid().named("f");
        Node i = wi.matmul(x).sigmoid().named("i");
        Node o = wo.matmul(x).sigmoid().named("o");
        Node g = wg.matmul(x).tanh().named("g");
        Node c = f.times(Node.input("c0", 2, 1)).plus(i.times(g)).named("c");
        Node h = o.times(c.tanh()).named("h");
        Node cost = h.minus(Node.input("t", 2, 1)).square().sum().times(0.5);
        return BookModel.of("lstm-step", cost.named("J"), h, c, wf, wi, wo, wg);
    }

    private static BookModel attention(String name, UnaryOperator<Node> softmax) {
        Node q = Node.parameter("Q", 3, 4);
        Node k = Node.parameter("K", 5, 4);
        Node v = Node.parameter("V", 5, 2);
        Node s = q.matmul(k.transpose()).dividedBy(Math.sqrt(4)).named("S");
        Node p = softmax.apply(s).named("P");
        Node o = p.matmul(v).named("O");
        Node cost = o.times(Node.input("G", 3, 2)).sum();
        return BookModel.of(name, cost.named("J"), o, p, s, q, k, v);
    }

    private static BookModel attention() {
        return attention("attention", s -> s.exp().dividedBy(s.exp().rowSums()));
    }

    private static BookModel attentionWithSoftmax() {
        return attention("attention-softmax", Activations::softmaxRows);
    }

    private static BookModel batchNorm() {
        Node x = Node.parameter("X", 3, 5);
        Node gamma = Node.parameter("γ", 3, 1);
        Node beta = Node.parameter("β", 3, 1);
        Node centred = x.minus(x.rowMeans()).named("C");
        Node s = Elementary.sqrt(Reductions.variance(x, Over.EACH_ROW).plus(Node.input("ε")))
                .named("s");
        Node h = centred.dividedBy(s).named("H");
        Node y = gamma.times(h).plus(beta).named("Y");
        Node cost = y.times(Node.input("G", 3, 5)).sum();
        return BookModel.of("batch-norm", cost.named("J"), y, gamma, beta, h, x);
    }

    private static BookModel batchNormComposed() {
        Node x = Node.parameter("X", 3, 5);
        Node gamma = Node.parameter("γ", 3, 1);
        Node centred = x.minus(x.rowMeans()).named("C");
        Node s = Elementary.sqrt(centred.square().rowMeans().plus(Node.input("ε")))
                .named("s");
        Node h = centred.dividedBy(s).named("H");
        Node cost = gamma.times(h).times(Node.input("G", 3, 5)).sum();
        return BookModel.of("batch-norm-composed", cost.named("J"), gamma, h, centred, x);
    }

    private static BookModel layerNorm() {
        Node x = Node.parameter("X", 4, M);
        Node gamma = Node.parameter("γ", 4, 1);
        Node centred = x.minus(x.columnMeans()).named("C");
        Node s = centred.square().columnMeans().plus(1e-5).sqrt().named("s");
        Node h = centred.dividedBy(s).named("H");
        Node cost = gamma.times(h).times(Node.input("G", 4, M)).sum();
        return BookModel.of("layer-norm", cost.named("J"), gamma, h, centred, x);
    }

    private static BookModel skipGram() {
        Node u = Node.parameter("u", 4, 1);
        Node v = Node.parameter("v", 4, 1);
        Node negatives = Node.parameter("N", 5, 4);
        Node cost = Activations.logSigmoid(u.transpose().matmul(v))
                .plus(Activations.logSigmoid(negatives.matmul(v).negate()).sum())
                .negate();
        return BookModel.of("skip-gram", cost.named("J"), u, v, negatives);
    }

    private static BookModel embedding() {
        Node table = Node.parameter("E", 6, 3);
        Node rows = Indexing.gatherRows(table, 4, 1, 4).named("R");
        Node cost = rows.minus(Node.input("T", 3, 3)).square().sum().times(0.5);
        return BookModel.of("embedding", cost.named("J"), rows, table);
    }
}
