package org.gradgraph.onnx;

import java.util.Arrays;
import java.util.List;
import org.gradgraph.graph.Convolutions;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Geometry;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;

/** The window of a convolution or of pooling; one with uneven borders or gaps is made by the places of its elements. */
final class MovingWindow {
    private final int channels;
    private final Axis down;
    private final Axis right;
    private final boolean isSequence;

    /** The window along one axis. */
    private record Axis(int size, int window, int stride, int gap, int before, int after) {
        Axis {
            if (window < 1
                    || stride < 1
                    || gap < 1
                    || before < 0
                    || after < 0
                    || out(size, window, stride, gap, before, after) < 1) {
                throw new OnnxException("a window of " + window + ", stride " + stride + ", dilation " + gap + ", pads "
                        + before + " and " + after + " does not fit " + size);
            }
        }

        private static long out(int size, int window, int stride, int gap, int before, int after) {
            return Math.floorDiv((long) size + before + after - (long) gap * (window - 1) - 1, stride) + 1;
        }

        int out() {
            return Math.toIntExact(out(size, window, stride, gap, before, after));
        }

        /** The element that the window sees; −1 outside. */
        int place(int position, int element) {
            int place = position * stride + element * gap - before;
            return place < size ? Math.max(place, -1) : -1;
        }

        boolean isSame() {
            return window % 2 == 1 && before == (window - 1) / 2 && after == before;
        }

        boolean isBare() {
            return before == 0 && after == 0;
        }
    }

    private MovingWindow(int channels, Axis down, Axis right, boolean isSequence) {
        this.channels = channels;
        this.down = down;
        this.right = right;
        this.isSequence = isSequence;
    }

    static MovingWindow of(Call call, Tensor x, int[] window) {
        int axes = window.length;
        if (x.rank() != axes + 2 || axes < 1 || axes > 2) {
            throw new OnnxException("windows of " + axes + " axes over tensors of " + x.rank()
                    + " are not imported; pictures have 4, sequences 3");
        }
        int[] sides = Broadcasts.sizes(x.dims().subList(1, x.rank()));
        int[] strides = filled(call, "strides", axes, 1);
        int[] gaps = filled(call, "dilations", axes, 1);
        int[] pads = filled(call, "pads", 2 * axes, 0);
        String automatic = call.text("auto_pad", "NOTSET");
        Axis[] found = new Axis[axes];
        for (int k = 0; k < axes; k++) {
            int before = pads[k];
            int after = pads[axes + k];
            if (automatic.startsWith("SAME") && strides[k] > 0) {
                int out = -Math.floorDiv(-sides[k + 1], strides[k]);
                int total = Math.max(0, (out - 1) * strides[k] + gaps[k] * (window[k] - 1) + 1 - sides[k + 1]);
                before = automatic.equals("SAME_UPPER") ? total / 2 : total - total / 2;
                after = total - before;
            } else if (automatic.equals("VALID")) {
                before = 0;
                after = 0;
            }
            found[k] = new Axis(sides[k + 1], window[k], strides[k], gaps[k], before, after);
            if (call.integer("ceil_mode", 0) == 1
                    && (sides[k + 1] + before + after - gaps[k] * (window[k] - 1) - 1) % strides[k] != 0) {
                throw new OnnxException("ceil_mode = 1 is not imported where it changes the size");
            }
        }
        return new MovingWindow(
                sides[0], axes == 1 ? new Axis(1, 1, 1, 1, 0, 0) : found[0], found[axes - 1], axes == 1);
    }

    private static int[] filled(Call call, String attribute, int count, int usual) {
        int[] values = call.integers(attribute)
                .map(given -> Arrays.stream(given).mapToInt(Math::toIntExact).toArray())
                .orElseGet(() -> {
                    int[] all = new int[count];
                    Arrays.fill(all, usual);
                    return all;
                });
        if (values.length != count) {
            throw new OnnxException(
                    "its attribute " + attribute + " has " + values.length + " numbers instead of " + count);
        }
        return values;
    }

    MovingWindow channels(int others) {
        return new MovingWindow(others, down, right, isSequence);
    }

    int channels() {
        return channels;
    }

    int outHeight() {
        return down.out();
    }

    int outWidth() {
        return right.out();
    }

    List<Dim> dims(Tensor x, int maps) {
        Dim examples = x.dims().get(0);
        return isSequence
                ? List.of(examples, Dim.of(maps), Dim.of(outWidth()))
                : List.of(examples, Dim.of(maps), Dim.of(outHeight()), Dim.of(outWidth()));
    }

    /** Whether {@link #window} can say it, without borders. */
    boolean isPlain() {
        return isWindow() && down.isBare() && right.isBare();
    }

    private boolean isWindow() {
        boolean isEven = down.gap() == 1 && right.gap() == 1 && (down.stride() == right.stride() || down.size() == 1);
        return isEven && ((down.isBare() && right.isBare()) || (down.isSame() && right.isSame()));
    }

    Geometry.Window window() {
        return new Geometry.Window(
                Dim.of(down.size()),
                Dim.of(right.size()),
                channels,
                down.window(),
                right.window(),
                right.stride(),
                !(down.isBare() && right.isBare()));
    }

    Node convolved(Node pictures, Node filters) {
        if (isWindow()) {
            return Convolutions.conv2d(pictures, filters, window());
        }
        Node maps = LinearAlgebra.matmul(filters, patches(pictures, false, 0));
        Dim pixels = filters.shape().rows().times(Dim.of(outHeight() * outWidth()));
        return Layout.reshape(maps, Shape.of(pixels, pictures.shape().columns()));
    }

    /** A row for each element of the window, as the operation of the library makes them. */
    Node patches(Node pictures, boolean apart, double outside) {
        int area = down.window() * right.window();
        int positions = outHeight() * outWidth();
        int[] places = new int[Limits.places(Limits.product((long) area * channels, positions))];
        for (int k = 0; k < places.length; k++) {
            int position = k % positions;
            int channel = apart ? k / positions % channels : k / positions / area;
            int element = apart ? k / positions / channels : k / positions % area;
            int i = down.place(position / outWidth(), element / right.window());
            int j = right.place(position % outWidth(), element % right.window());
            places[k] = i < 0 || j < 0
                    ? channels * down.size() * right.size()
                    : (channel * down.size() + i) * right.size() + j;
        }
        Dim rows = Dim.of(apart ? area : area * channels);
        Dim columns = Dim.of((apart ? channels : 1) * positions)
                .times(pictures.shape().columns());
        return Layout.reshape(Pictures.taken(pictures, places, outside), Shape.of(rows, columns));
    }

    /** How many elements each mean is of, for each channel and position. */
    double[] counts(boolean withBorder) {
        double[] counts = new double[channels * outHeight() * outWidth()];
        Arrays.setAll(counts, k -> {
            int y = k / outWidth() % outHeight();
            int x = k % outWidth();
            return withBorder ? (double) down.window() * right.window() : (double) inside(down, y) * inside(right, x);
        });
        return counts;
    }

    private static int inside(Axis axis, int position) {
        int count = 0;
        for (int element = 0; element < axis.window(); element++) {
            count += axis.place(position, element) < 0 ? 0 : 1;
        }
        return count;
    }
}
