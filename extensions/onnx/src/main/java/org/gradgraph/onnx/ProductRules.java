package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.BlockOps;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;

/** Matrix products. */
final class ProductRules {
    private static final int MOST_PRODUCTS = 1024;

    private ProductRules() {}

    static Map<String, Rule> rules() {
        return Map.of("MatMul", Rule.of(ProductRules::product), "Gemm", Rule.of(ProductRules::general));
    }

    private static Item product(Call call) {
        Tensor a = call.tensor(0);
        Tensor b = call.tensor(1);
        if (a.rank() < 1 || b.rank() < 1) {
            throw new OnnxException("a number is no matrix");
        }
        if (b.rank() > 2) {
            return batched(a, b);
        }
        int split = Tensor.usualSplit(a.rank());
        Node left = a.as(split, false);
        Node right = b.rank() == 1 ? b.as(1, false) : b.matrix();
        List<Dim> dims = new ArrayList<>(a.dims().subList(0, split));
        if (b.rank() == 2) {
            dims.add(b.dims().get(1));
        }
        return new Tensor(LinearAlgebra.matmul(left, right), dims, split, false);
    }

    /** One product for each matrix of a batch; how many there are must be known. */
    private static Tensor batched(Tensor a, Tensor b) {
        int rank = Math.max(a.rank(), b.rank());
        List<Dim> batch = Broadcasts.joined(List.of(head(a, rank), head(b, rank)));
        int count = (int) Whole.value(Tensor.product(batch));
        if (count > MOST_PRODUCTS) {
            throw new OnnxException("a batch of " + count + " products is more than " + MOST_PRODUCTS);
        }
        List<Node> products = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            products.add(part(a, k, count).matmul(part(b, k, count)));
        }
        List<Dim> dims = new ArrayList<>(batch);
        dims.add(a.dims().get(a.rank() - 2));
        dims.add(b.dims().get(b.rank() - 1));
        Node all = count == 1 ? products.get(0) : Layout.concatRows(products.toArray(Node[]::new));
        return new Tensor(all, dims, dims.size() - 1, false);
    }

    private static Tensor head(Tensor x, int rank) {
        return new Tensor(x.node(), x.padded(Math.max(rank, 2)).subList(0, rank - 2), 0, false);
    }

    /** One matrix of a batch; the only one is used by all. */
    private static Node part(Tensor x, int place, int count) {
        Node rows = x.as(x.rank() - 1, false);
        Dim each = x.rank() < 2 ? Dim.of(1) : x.dims().get(x.rank() - 2);
        if (rows.shape().rows().equals(each)) {
            return rows;
        }
        if (!rows.shape().rows().equals(each.times(Dim.of(count)))) {
            throw new OnnxException("a part of a batch of products is repeated");
        }
        Dim from = each.times(Whole.dim(place));
        return Node.apply(
                new BlockOps.Slice(
                        from, from.plus(each), Whole.dim(0), rows.shape().columns()),
                rows);
    }

    private static Item general(Call call) {
        boolean transposeA = call.integer("transA", 0) != 0;
        boolean transposeB = call.integer("transB", 0) != 0;
        Node product =
                LinearAlgebra.matmul(call.tensor(0).matrix(), call.tensor(1).matrix(), transposeA, transposeB);
        double alpha = call.real("alpha", 1);
        Tensor scaled = Tensor.matrix(alpha == 1 ? product : product.times(alpha));
        if (!call.has(2)) {
            return scaled;
        }
        double beta = call.real("beta", 1);
        Tensor c = call.tensor(2);
        return ElementwiseRules.binary(
                scaled, beta == 1 ? c : ElementwiseRules.mapped(c, x -> x.times(beta)), Arithmetic::add);
    }
}
