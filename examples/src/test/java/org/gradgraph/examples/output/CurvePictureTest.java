package org.gradgraph.examples.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The curve lies where the axes say. */
class CurvePictureTest {
    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static String curve(Document svg) {
        NodeList paths = svg.getElementsByTagName("path");
        return paths.item(paths.getLength() - 1)
                .getAttributes()
                .getNamedItem("d")
                .getTextContent();
    }

    @Test
    void points_lie_on_their_ticks() throws Exception {
        Document svg = parsed(new CurvePicture("A <b> & c", "step", "J").draw(new double[] {1, 0.5, 0}));

        // The plot reaches from (72, 344) to (616, 48): 0 to 2 across, 0 to 1 up.
        assertThat(curve(svg)).isEqualTo("M72.0 48.0L344.0 196.0L616.0 344.0");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("A <b> & c");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-300, 0.07, 1, 12345, 1e300, -3})
    void any_finite_cost_stays_inside_the_picture(double value) throws Exception {
        Document svg = parsed(new CurvePicture("t", "x", "y").draw(new double[] {value, value / 2}));

        for (String point : curve(svg).substring(1).split("L", -1)) {
            double y = Double.parseDouble(point.split(" ", -1)[1]);
            assertThat(y).isBetween(48.0, 344.0);
        }
    }

    @Test
    void a_long_curve_is_thinned_but_keeps_its_ends() throws Exception {
        double[] values = new double[1_000_001];
        values[0] = 1;
        values[1_000_000] = 0.5;

        String path = curve(parsed(new CurvePicture("t", "x", "y").draw(values)));

        assertThat(path.split("L", -1)).hasSize(1001);
        assertThat(path).startsWith("M72.0 48.0L").endsWith("L616.0 196.0");
    }
}
