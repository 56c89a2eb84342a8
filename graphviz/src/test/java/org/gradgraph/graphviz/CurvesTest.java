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
        assertThat(texts(two)).contains("Rates", "step", "loss", "fast", "slow").contains("0", "0.2", "1", "2");
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
    void equal_single_and_extreme_values_have_a_scale_around_them() {
        for (double value : new double[] {0, 1, -7, 1e-300, 1e300, 123456789}) {
            Scale scale = Scale.around(List.of(new double[] {value}), false);
            assertThat(scale.place(value)).isBetween(0.0, 1.0);
            assertThat(scale.ticks()).hasSizeBetween(2, 15);
        }
    }

    @Test
    void ticks_are_round_numbers() {
        assertThat(Scale.around(List.of(new double[] {0.03, 0.69}), false).ticks())
                .extracting(Scale.Tick::text)
                .containsExactly("0", "0.2", "0.4", "0.6", "0.8");
        assertThat(Scale.around(List.of(new double[] {0, 1999}), false).ticks())
                .extracting(Scale.Tick::text)
                .containsExactly("0", "500", "1000", "1500", "2000");
        assertThat(Scale.around(List.of(new double[] {3e-7, 0.5}), true).ticks())
                .extracting(Scale.Tick::text)
                .containsExactly("0.0000001", "0.000001", "0.00001", "0.0001", "0.001", "0.01", "0.1", "1");
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
        return Arrays.stream(curve.getAttribute("d").substring(1).split("[ML]"))
                .map(point -> Arrays.stream(point.split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }
}
