package org.gradgraph.explain;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.graph.Node;
import org.gradgraph.rewrite.Assumptions.Fact;

/**
 * A cost whose derivatives are in books.
 *
 * @param name the name of its golden file
 * @param cost the cost
 * @param wrt what it is differentiated by, in the order of the lines
 * @param known what is assumed
 */
record BookModel(String name, Node cost, List<Node> wrt, List<Known> known) {
    /** The name alone, for names of tests. */
    @Override
    public String toString() {
        return name;
    }

    static BookModel of(String name, Node cost, Node... wrt) {
        return new BookModel(name, cost, List.of(wrt), List.of());
    }

    /** What is assumed of a node. */
    record Known(Node node, Fact fact) {}

    BookModel assuming(Node node, Fact fact) {
        return new BookModel(name, cost, wrt, List.of(new Known(node, fact)));
    }

    Derivation derivation() {
        Derivation derivation = Derivation.of(cost, wrt);
        for (Known fact : known) {
            derivation = derivation.assuming(fact.node(), fact.fact());
        }
        return derivation;
    }

    static List<BookModel> all() {
        List<BookModel> all = new ArrayList<>(StatisticalModels.all());
        all.addAll(MatrixModels.all());
        all.addAll(NetworkModels.all());
        return List.copyOf(all);
    }
}
