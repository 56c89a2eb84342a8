package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HostileNamesTest {
    static Stream<Arguments> names() {
        return Stream.of(
                        "say \"hi\"",
                        "\"",
                        "back\\slash",
                        "ends with \\",
                        "\\\"",
                        "\\N \\G \\E \\T \\H \\L \\l \\r",
                        "two\nlines\r\n",
                        "]]>",
                        "</script><script>alert(1)</script>",
                        "<b>bold</b>",
                        "<<TABLE>",
                        "&amp; &lt;b&gt; &#65;",
                        "nul\0nul",
                        "\u202Eright to left",
                        "\u2028line\u2029",
                        "\uD800 lone",
                        "\uFFFE\uFFFF",
                        "x".repeat(1_000_000),
                        "a/".repeat(500_000),
                        "node",
                        "digraph",
                        "/",
                        "//",
                        "a//b",
                        "/a",
                        "{|<port>|}",
                        "]; evil [label=\"",
                        "n0",
                        "cluster_0",
                        "\uD83D\uDE00 σ ∂ 日本")
                .map(name -> Arguments.of(shortened(name), name));
    }

    private static String shortened(String name) {
        return name.length() <= 30 ? name : name.substring(0, 30) + "… " + name.length();
    }

    @BeforeEach
    void graphviz() {
        SystemDot.require();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void graphviz_reads_every_name_as_text(String title, String name) {
        Node x = Node.parameter(name);
        Node y = x.times(x).named(name).plus(1).named(name + "/" + name);

        for (Dot dot : List.of(
                Dot.of(y),
                Dot.of(y, Feeds.of(x, 3)),
                Dot.of(y).style(Style.standard().allCollapsed().clusters(false)))) {
            List<String> plain = SystemDot.plain(dot.toString());

            assertThat(dot.toString().length()).isLessThan(10_000);
            assertThat(SystemDot.count(plain, "node")).isEqualTo(3);
            assertThat(SystemDot.count(plain, "edge")).isIn(3L, 6L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "back\\slash, back\\slash",
        "\\N\\G\\E, \\N\\G\\E",
        "&amp;&#65;, &amp;amp;&amp;#65;",
        "<b>bold</b>, &lt;b&gt;bold&lt;/b&gt;",
    })
    void what_is_shown_is_the_name_in_plain_and_in_html_like_labels(String name, String inSvg) {
        Node x = Node.parameter(name);
        Style flat = Style.standard().clusters(false);
        String plainLabel = svg(Dot.of(x.plus(1)).style(flat));
        String htmlLabel = svg(Dot.of(x, Feeds.of(x, 3)).style(flat));

        assertThat(plainLabel.replace("&#45;", "-")).contains(">" + inSvg + "</text>");
        assertThat(htmlLabel.replace("&#45;", "-"))
                .contains(">" + inSvg + "</text>")
                .contains("= 1</text>");
    }

    private static String svg(Dot dot) {
        return new String(Graphviz.SYSTEM.draw(dot.toString(), "svg"), StandardCharsets.UTF_8);
    }
}
