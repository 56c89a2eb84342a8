package org.gradgraph.graphviz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.gradgraph.io.AtomicFile;

/**
 * A picture of learning curves: several runs in one plot, with axes and a legend, as SVG.
 *
 * <p>Colours, dashes and the legend's order tell the curves apart, also in grey and for colour-blind eyes; a dark page is
 * respected. Values that cannot be drawn (NaN, infinities, what is not positive on a logarithmic axis) leave a gap, and
 * the picture says how many there are.
 *
 * <pre>{@code
 * Curves.titled("Learning rates")
 *         .axes("iteration", "cost")
 *         .curve("0.01", costs1)
 *         .curve("0.001", costs2)
 *         .logarithmic()
 *         .write(Path.of("rates.svg"));
 * }</pre>
 *
 * <p>Immutable; each method returns a changed copy. The same curves give the same text, byte for byte.
 */
public final class Curves {
    private final String title;
    private final String xName;
    private final String yName;
    private final boolean logarithmic;
    private final double smoothing;
    private final List<Curve> curves;

    private Curves(
            String title, String xName, String yName, boolean logarithmic, double smoothing, List<Curve> curves) {
        this.title = title;
        this.xName = xName;
        this.yName = yName;
        this.logarithmic = logarithmic;
        this.smoothing = smoothing;
        this.curves = List.copyOf(curves);
    }

    /**
     * {@return a plot without curves yet}
     *
     * @param title what is written above it
     */
    public static Curves titled(String title) {
        return new Curves(requireText(title, "title"), "iteration", "cost", false, 0, List.of());
    }

    /**
     * {@return the same plot with other axis labels; the defaults are {@code iteration} and {@code cost}}
     *
     * @param x the label of the horizontal axis
     * @param y that of the vertical axis
     */
    public Curves axes(String x, String y) {
        requireText(x, "name of an axis");
        return new Curves(title, x, requireText(y, "name of an axis"), logarithmic, smoothing, curves);
    }

    /** {@return the same plot with a logarithmic vertical axis} */
    public Curves logarithmic() {
        return new Curves(title, xName, yName, true, smoothing, curves);
    }

    /**
     * {@return noisy curves, such as the costs of mini-batches, drawn as running means over the pale values themselves}
     *
     * <p>The mean is exponential: {@code s := weight·s + (1 − weight)·y}, divided by the sum of the weights used so far.
     *
     * @param weight from 0, no smoothing, to below 1; 0.9 averages about ten values
     * @throws IllegalArgumentException if the weight is negative, 1 or more, or NaN
     */
    public Curves smoothed(double weight) {
        if (!(weight >= 0 && weight < 1)) {
            throw new IllegalArgumentException(
                    "the weight of smoothing is " + weight + "; give a number from 0 to below 1, such as 0.9");
        }
        return new Curves(title, xName, yName, logarithmic, weight, curves);
    }

    /**
     * {@return the same plot and one more curve, with the values at 0, 1, 2, …}
     *
     * @param name its name in the legend
     * @param y the values, copied
     */
    public Curves curve(String name, double... y) {
        return curve(
                name,
                IntStream.range(0, requireValues(y).length).asDoubleStream().toArray(),
                y);
    }

    /**
     * {@return the same plot and one more curve, with the values at 0, 1, 2, …; see {@link #curve(String, double...)}}
     *
     * @param name its name in the legend
     * @param y the values, copied
     */
    public Curves curve(String name, List<Double> y) {
        return curve(name, y.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * {@return the same plot and one more curve}
     *
     * @param name its name in the legend
     * @param x where the values are, in order, copied
     * @param y the values, copied
     * @throws IllegalArgumentException if there are not as many {@code x} as {@code y}, or none
     */
    public Curves curve(String name, double[] x, double[] y) {
        return with(name, x, y, false);
    }

    /**
     * {@return one more curve, with a dot at each of its points: the steps of a descent, or the corners of a slope triangle} It is
     * never smoothed.
     *
     * @param name its name in the legend
     * @param x where the points are, copied
     * @param y how high they are, copied
     * @throws IllegalArgumentException if there are not as many {@code x} as {@code y}, or none
     */
    public Curves points(String name, double[] x, double[] y) {
        return with(name, x, y, true);
    }

    private Curves with(String name, double[] x, double[] y, boolean dots) {
        requireText(name, "name of a curve");
        if (requireValues(x).length != requireValues(y).length) {
            throw new IllegalArgumentException("the curve \"" + Text.shown(name) + "\" has " + x.length + " places and "
                    + y.length + " values; give one value for each place");
        }
        List<Curve> more = new ArrayList<>(curves);
        more.add(new Curve(name, x.clone(), y.clone(), dots));
        return new Curves(title, xName, yName, logarithmic, smoothing, more);
    }

    private static String requireText(String text, String what) {
        if (text == null) {
            throw new IllegalArgumentException("the " + what + " is null; give a text");
        }
        return text;
    }

    private static double[] requireValues(double[] values) {
        if (values == null || values.length == 0) {
            throw new IllegalArgumentException("a curve without values; give at least one");
        }
        return values;
    }

    String title() {
        return title;
    }

    String xName() {
        return xName;
    }

    String yName() {
        return yName;
    }

    double smoothing() {
        return smoothing;
    }

    List<Curve> curves() {
        return curves;
    }

    Scale xScale() {
        return Scale.around(curves.stream().map(Curve::x).toList(), false);
    }

    Scale yScale() {
        return Scale.around(curves.stream().map(Curve::y).toList(), logarithmic);
    }

    long notDrawn() {
        Scale y = yScale();
        Scale x = xScale();
        return curves.stream()
                .mapToLong(curve -> curve.y().length
                        - IntStream.range(0, curve.y().length)
                                .filter(i -> x.canDraw(curve.x()[i]) && y.canDraw(curve.y()[i]))
                                .count())
                .sum();
    }

    /**
     * Writes the picture as SVG; the file appears whole or not at all.
     *
     * @param path a name that ends in {@code .svg}; folders are made, a file that is there is replaced
     * @throws IllegalArgumentException if the name ends otherwise
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public void write(Path path) {
        if (!path.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
            throw new IllegalArgumentException(path + ": curves are written as SVG; let the name end in .svg");
        }
        AtomicFile.write(path, toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The SVG text. */
    @Override
    public String toString() {
        return CurvesSvg.of(this);
    }
}
