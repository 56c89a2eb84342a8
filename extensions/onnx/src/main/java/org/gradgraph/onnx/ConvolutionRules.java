package org.gradgraph.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Convolutions;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Geometry;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Shape;

/** Convolutions and pooling over pictures, or over sequences as pictures of one row. */
final class ConvolutionRules {
    private ConvolutionRules() {}

    static Map<String, Rule> rules() {
        return Map.of(
                "Conv", Rule.of(ConvolutionRules::convolution),
                "MaxPool", Rule.of(ConvolutionRules::largest),
                "AveragePool", Rule.of(ConvolutionRules::mean),
                "GlobalAveragePool", Rule.of(call -> ReductionRules.mean(call.tensor(0), inner(call.tensor(0)))),
                "GlobalMaxPool", Rule.of(call -> ReductionRules.max(call.tensor(0), inner(call.tensor(0)))));
    }

    private static int[] inner(Tensor x) {
        return IntStream.range(2, x.rank()).toArray();
    }

    private static Item convolution(Call call) {
        Tensor x = call.tensor(0);
        Tensor weights = call.tensor(1);
        if (x.rank() != weights.rank()) {
            throw new OnnxException("pictures of " + x.rank() + " axes and filters of " + weights.rank());
        }
        int[] sides = Broadcasts.sizes(weights.dims());
        MovingWindow window = MovingWindow.of(call, x, Arrays.copyOfRange(sides, 2, sides.length));
        int groups = Math.toIntExact(call.integer("group", 1));
        if (groups < 1 || sides[1] * groups != window.channels() || sides[0] % groups != 0) {
            throw new OnnxException(sides[0] + " filters of " + sides[1] + " channels in " + groups
                    + " groups do not fit pictures of " + window.channels() + " channels");
        }
        Node pictures = x.pictures();
        Node filters = weights.as(1, false);
        Node maps = groups == 1 ? window.convolved(pictures, filters) : grouped(window, pictures, filters, groups);
        if (call.has(2)) {
            Geometry geometry = new Geometry(window.outHeight(), window.outWidth(), sides[0]);
            maps = Convolutions.addToChannels(maps, call.tensor(2).as(1, false), geometry);
        }
        return new Tensor(maps, window.dims(x, sides[0]), 1, true);
    }

    private static Node grouped(MovingWindow window, Node pictures, Node filters, int groups) {
        MovingWindow each = window.channels(window.channels() / groups);
        int rows = pictures.shape().rows().size() / groups;
        int count = filters.shape().rows().size() / groups;
        List<Node> maps = new ArrayList<>();
        for (int k = 0; k < groups; k++) {
            maps.add(each.convolved(
                    Layout.sliceRows(pictures, k * rows, (k + 1) * rows),
                    Layout.sliceRows(filters, k * count, (k + 1) * count)));
        }
        return Layout.concatRows(maps.toArray(Node[]::new));
    }

    private static MovingWindow pooling(Call call) {
        long[] sides =
                call.integers("kernel_shape").orElseThrow(() -> new OnnxException("its kernel_shape is missing"));
        return MovingWindow.of(
                call,
                call.tensor(0),
                Arrays.stream(sides).mapToInt(Math::toIntExact).toArray());
    }

    private static Item largest(Call call) {
        if (call.outputs() > 1) {
            throw new OnnxException("the places of the largest elements are not imported");
        }
        call.requireDefault("storage_order", 0);
        Tensor x = call.tensor(0);
        MovingWindow window = pooling(call);
        Node pooled = window.isPlain()
                ? Convolutions.maxPool(x.pictures(), window.window())
                : reduced(
                        Reductions.max(window.patches(x.pictures(), true, Double.NEGATIVE_INFINITY), Over.EACH_COLUMN),
                        window,
                        x);
        return new Tensor(pooled, window.dims(x, window.channels()), 1, true);
    }

    private static Item mean(Call call) {
        Tensor x = call.tensor(0);
        MovingWindow window = pooling(call);
        Node pooled;
        if (window.isPlain()) {
            pooled = Convolutions.avgPool(x.pictures(), window.window());
        } else {
            Node sums = reduced(Reductions.sum(window.patches(x.pictures(), true, 0), Over.EACH_COLUMN), window, x);
            double[] counts = window.counts(call.integer("count_include_pad", 0) == 1);
            pooled = sums.dividedBy(Node.constant(new DMatrixRMaj(counts.length, 1, true, counts)));
        }
        return new Tensor(pooled, window.dims(x, window.channels()), 1, true);
    }

    private static Node reduced(Node row, MovingWindow window, Tensor x) {
        Dim pixels = Dim.of(window.channels() * window.outHeight() * window.outWidth());
        return Layout.reshape(row, Shape.of(pixels, x.dims().get(0)));
    }
}
