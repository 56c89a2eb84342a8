package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class CurvesTest {
    private final Curves two = Curves.titled("Rates")
            .axes("step", "loss")
            .curve("fast", 1, 0.5, 0.25)
            .curve("slow", 1, 0.9, 0.8);

    @Test
    void title_axes_and_legend_are_told() throws Exception {
        assertThat(texts(two)).contains("Rates", "step", "loss", "fast", "slow").contains("0.0", "0.2", "1.0", "2.0");
    }

    @Test
    void every_curve_is_drawn_in_its_own_colour_and_dashes() throws Exception {
        List<Element> curves = curves(two);

        assertThat(curves).hasSize(2);
        assertThat(curves).extracting(curve -> curve.getAttribute("stroke")).doesNotHaveDuplicates();
        assertThat(curves)
                .extracting(curve -> curve.getAttribute("stroke-dasharray"))
                .doesNotHaveDuplicates();
    }

    @Test
    void points_lie_where_their_values_are() throws Exception {
        List<double[]> points = points(curves(two).get(0));

        // Equal steps to the right; down by 1/2 and then by 1/4 of the same unit.
        assertThat(points).hasSize(3);
        assertThat(points.get(2)[0] - points.get(1)[0]).isCloseTo(points.get(1)[0] - points.get(0)[0], within(0.011));
        double half = points.get(1)[1] - points.get(0)[1];
        assertThat(half).isPositive();
        assertThat(points.get(2)[1] - points.get(1)[1]).isCloseTo(half / 2, within(0.011));
    }

    @Test
    void on_a_logarithmic_axis_equal_ratios_are_equally_far_apart() throws Exception {
        List<double[]> points = points(curves(two.logarithmic()).get(0));

        assertThat(points.get(2)[1] - points.get(1)[1]).isCloseTo(points.get(1)[1] - points.get(0)[1], within(0.011));
        assertThat(texts(two.logarithmic())).contains("0.1", "0.2", "0.5", "1");
    }

    @Test
    void what_cannot_be_drawn_leaves_a_gap_and_is_counted() throws Exception {
        Curves gaps = Curves.titled("t").curve("c", 1, 2, Double.NaN, 3, Double.POSITIVE_INFINITY, 4, 5);

        assertThat(curves(gaps).get(0).getAttribute("d")).containsPattern("^M[^M]*L[^M]*M[^ML]*h0M[^M]*L[^M]*$");
        assertThat(texts(gaps)).contains("2 values are not drawn");
        assertThat(texts(Curves.titled("t").curve("c", 1, 0, 10).logarithmic())).contains("1 value is not drawn");
        assertThat(texts(two)).noneMatch(text -> text.contains("not drawn"));
    }

    @Test
    void a_hundred_thousand_values_are_drawn_with_their_extremes_in_a_small_file() throws Exception {
        double[] many = new double[100_000];
        Arrays.fill(many, 1);
        many[54_321] = 9;
        Curves spike = Curves.titled("t").curve("c", many);

        assertThat(spike.toString().length()).isLessThan(200_000);
        double top = points(curves(spike).get(0)).stream()
                .mapToDouble(point -> point[1])
                .min()
                .orElseThrow();
        double usual = points(curves(spike).get(0)).get(0)[1];
        assertThat(top).isLessThan(usual - 100);
    }

    @Test
    void equal_single_subnormal_and_extreme_values_are_drawn_inside_the_frame() throws Exception {
        double[][] sets = {
            {0},
            {1},
            {-7},
            {1e-300},
            {1e300},
            {123456789},
            {0, Double.MIN_VALUE},
            {-Double.MIN_VALUE, 4e-320},
            {1, Math.nextUp(1.0)},
            {-1e300, 1e300},
            {Double.MIN_NORMAL, 1e300},
            {Double.NaN, 1e-310, 3},
            {Double.NaN},
        };
        for (double[] values : sets) {
            for (boolean logarithmic : new boolean[] {false, true}) {
                Scale scale = Scale.around(List.of(values), logarithmic);
                assertThat(scale.ticks()).as("%s", values).hasSizeBetween(2, 15);
                for (double value : values) {
                    assertThat(!scale.canDraw(value) || (scale.place(value) >= 0 && scale.place(value) <= 1))
                            .as("%s among %s", value, Arrays.toString(values))
                            .isTrue();
                }
            }
            assertThat(texts(Curves.titled("t").curve("c", values, values).smoothed(0.9)))
                    .contains("t");
            assertThat(texts(Curves.titled("t").points("c", values, values).logarithmic()))
                    .contains("t");
        }
    }

    @Test
    void ticks_are_round_numbers_in_one_style() {
        assertThat(ticks(false, 0.03, 0.69)).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8");
        assertThat(ticks(false, -1, 1)).containsExactly("−1.0", "−0.5", "0.0", "0.5", "1.0");
        assertThat(ticks(false, 0, 1999)).containsExactly("0", "500", "1000", "1500", "2000");
        assertThat(ticks(false, 0, 3e-9)).startsWith("0", "0.5·10⁻⁹", "1.0·10⁻⁹");
        assertThat(ticks(false, 0, 6e7)).contains("0", "1·10⁷", "6·10⁷");
        assertThat(ticks(true, 0.01, 1)).containsExactly("0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1");
        assertThat(ticks(true, 3e-7, 0.5))
                .containsExactly("10⁻⁷", "10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰");
        assertThat(ticks(true, 1e-9, 1e-8)).containsExactly("10⁻⁹", "2·10⁻⁹", "5·10⁻⁹", "10⁻⁸");
    }

    private static List<String> ticks(boolean logarithmic, double... values) {
        return TickTexts.of(Scale.around(List.of(values), logarithmic));
    }

    @Test
    void a_smoothed_curve_is_the_debiased_exponential_mean_above_its_pale_values() throws Exception {
        Curves noisy = Curves.titled("t").curve("c", 1, 0, Double.NaN, 1).smoothed(0.5);

        // 1; (½·½·1 + ½·0)/(½·½ + ½) = 1/3; not drawn; (½·¼ + ½)/(½·¾ + ½) = 5/7
        List<Double> heights =
                points(curves(noisy).get(0)).stream().map(point -> point[1]).toList();
        double unit = heights.get(1) - heights.get(0);
        assertThat(heights).hasSize(3);
        assertThat(unit).isPositive();
        assertThat((heights.get(2) - heights.get(0)) / unit).isCloseTo((2 / 7.0) / (2 / 3.0), within(1e-3));
        assertThat(elements(noisy, "path"))
                .filteredOn(path -> path.getAttribute("class").equals("pale"))
                .hasSize(1);
        assertThat(texts(noisy)).contains("smoothed; the pale lines are the values; 1 value is not drawn");
    }

    @Test
    void points_are_dots_on_their_line_and_in_the_legend() throws Exception {
        Curves steps = Curves.titled("t").points("descent", new double[] {0, 2, 1}, new double[] {1, Double.NaN, 3});

        assertThat(elements(steps, "circle")).hasSize(2 + 1);
    }

    @Test
    void a_value_that_cannot_be_drawn_hides_none_of_its_neighbours() throws Exception {
        double[] many = new double[100_000];
        Arrays.fill(many, Double.NaN);
        many[54_321] = 9;
        many[54_322] = 1;

        assertThat(points(curves(Curves.titled("t").curve("c", many)).get(0))).hasSize(2);
    }

    @Test
    void texts_stay_in_their_place_whatever_their_length() throws Exception {
        String wide = "W".repeat(60);
        Curves long1 = Curves.titled(wide).axes(wide, wide).logarithmic();
        for (int i = 0; i < 40; i++) {
            long1 = long1.curve(wide + i, new double[] {1e9, 1e12}, new double[] {1e-300, 1e300});
        }
        Element root = parse(long1).getDocumentElement();
        double bottom = Double.parseDouble(root.getAttribute("height"));

        for (Element text : elements(long1, "text")) {
            double room = TextWidth.of(text.getTextContent(), 11);
            if (text.hasAttribute("x")) {
                double x = Double.parseDouble(text.getAttribute("x"));
                double share = List.of("start", "middle", "end").indexOf(text.getAttribute("text-anchor")) / 2.0;
                assertThat(x - share * room).as(text.getTextContent()).isGreaterThan(26);
                assertThat(x + (1 - share) * room).as(text.getTextContent()).isLessThan(720);
                assertThat(Double.parseDouble(text.getAttribute("y"))).isLessThan(bottom);
            } else {
                assertThat(TextWidth.of(text.getTextContent(), 13)).isLessThan(bottom - 64);
            }
        }
    }

    @Test
    void hostile_names_are_text() throws Exception {
        String name = "</text><script>&\0\u202E\"";

        assertThat(texts(Curves.titled(name).axes(name, name).curve(name, 1, 2)))
                .filteredOn(text -> text.startsWith("</text><script>&␀⟨U+202E⟩"))
                .hasSize(4);
    }

    @Test
    void wrong_calls_are_answered_in_a_sentence(@TempDir Path folder) {
        assertThatThrownBy(() -> Curves.titled("t").curve("c")).hasMessage("a curve without values; give at least one");
        assertThatThrownBy(() -> Curves.titled("t").curve("c", new double[2], new double[3]))
                .hasMessage("the curve \"c\" has 2 places and 3 values; give one value for each place");
        assertThatThrownBy(() -> Curves.titled(null)).hasMessage("the title is null; give a text");
        assertThatThrownBy(() -> two.write(folder.resolve("c.png"))).hasMessageContaining("end in .svg");
        assertThatThrownBy(() -> two.smoothed(1))
                .hasMessage("the weight of smoothing is 1.0; give a number from 0 to below 1, such as 0.9");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void the_same_curves_give_the_same_file(@TempDir Path folder) {
        two.write(folder.resolve("c.svg"));

        assertThat(folder.resolve("c.svg")).hasContent(two.toString());
    }

    private static Document parse(Curves plot) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(plot.toString())));
    }

    private static List<Element> elements(Curves plot, String tag) throws Exception {
        var found = parse(plot).getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static List<String> texts(Curves plot) throws Exception {
        return elements(plot, "text").stream().map(Element::getTextContent).toList();
    }

    private static List<Element> curves(Curves plot) throws Exception {
        return elements(plot, "path").stream()
                .filter(path -> path.hasAttribute("stroke-linecap"))
                .toList();
    }

    private static List<double[]> points(Element curve) {
        return Arrays.stream(
                        curve.getAttribute("d").replace("h0", "").substring(1).split("[ML]"))
                .map(point -> Arrays.stream(point.split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }
}
