package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;

/** Matrix products. */
final class ProductRules {
    private ProductRules() {}

    static Map<String, Rule> rules() {
        return Map.of("MatMul", Rule.of(ProductRules::product), "Gemm", Rule.of(ProductRules::general));
    }

    private static Item product(Call call) {
        Tensor a = call.tensor(0);
        Tensor b = call.tensor(1);
        if (b.rank() > 2 || b.rank() < 1 || a.rank() < 1) {
            throw new OnnxException("products of tensors of " + a.rank() + " and " + b.rank()
                    + " axes are not imported; the right one must be a matrix");
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
