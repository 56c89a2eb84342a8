package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Shape;

/** Normalisation as models use it that are trained. */
final class NormalisationRules {
    private static final double USUAL_EPSILON = 1e-5f;

    private NormalisationRules() {}

    static Map<String, Rule> rules() {
        return Map.of(
                "BatchNormalization", Rule.of(NormalisationRules::batch),
                "LayerNormalization", Rule.of(NormalisationRules::layer),
                "InstanceNormalization", Rule.of(NormalisationRules::instance));
    }

    private static Item batch(Call call) {
        if (call.outputs() > 1 || call.integer("training_mode", 0) == 1) {
            throw new OnnxException("training is not imported, only inference");
        }
        Tensor x = call.tensor(0);
        double epsilon = call.real("epsilon", USUAL_EPSILON);
        if (x.rank() < 2) {
            throw new OnnxException("its operand has no channels");
        }
        if (x.rank() == 2) {
            Node factor = call.tensor(1)
                    .matrix()
                    .dividedBy(call.tensor(4).matrix().plus(epsilon).sqrt());
            Node centred = x.matrix().minus(call.tensor(3).matrix());
            return Tensor.matrix(centred.times(factor).plus(call.tensor(2).matrix()));
        }
        Node pictures = x.pictures();
        Dim channels = x.dims().get(1);
        Dim others =
                Tensor.product(x.dims().subList(2, x.rank())).times(x.dims().get(0));
        Node apart = Layout.reshape(pictures, Shape.of(channels, others));
        Node factor = column(call, 1).dividedBy(column(call, 4).plus(epsilon).sqrt());
        Node normal = apart.minus(column(call, 3)).times(factor).plus(column(call, 2));
        return new Tensor(Layout.reshape(normal, pictures.shape()), x.dims(), 1, true);
    }

    private static Node column(Call call, int place) {
        return call.tensor(place).as(1, false);
    }

    private static Item layer(Call call) {
        if (call.outputs() > 1) {
            throw new OnnxException("mean and deviation as outputs are not imported");
        }
        Tensor x = call.tensor(0);
        int axis = x.axis(call.integer("axis", -1));
        Tensor normal = normal(x, axis, call.real("epsilon", USUAL_EPSILON));
        Tensor scaled = ElementwiseRules.binary(normal, call.tensor(1), Arithmetic::multiply);
        return call.has(2) ? ElementwiseRules.binary(scaled, call.tensor(2), Arithmetic::add) : scaled;
    }

    private static Item instance(Call call) {
        Tensor x = call.tensor(0);
        Tensor normal = normal(x, 2, call.real("epsilon", USUAL_EPSILON));
        Tensor scaled = ElementwiseRules.binary(normal, ofChannels(call.tensor(1), x.rank()), Arithmetic::multiply);
        return ElementwiseRules.binary(scaled, ofChannels(call.tensor(2), x.rank()), Arithmetic::add);
    }

    private static Tensor ofChannels(Tensor numbers, int rank) {
        List<Dim> dims = new ArrayList<>(List.of(numbers.dims().get(0)));
        dims.addAll(Collections.nCopies(rank - 2, Dim.of(1)));
        return numbers.reshaped(dims);
    }

    private static Tensor normal(Tensor x, int axis, double epsilon) {
        Node rows = x.as(axis, false);
        Node centred = rows.minus(rows.rowMeans());
        Node variance = Reductions.mean(centred.square(), Over.EACH_ROW);
        return new Tensor(centred.dividedBy(variance.plus(epsilon).sqrt()), x.dims(), axis, false);
    }
}
