package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in headless Chromium, driven by {@code src/test/browser/page-test.cjs}.
 *
 * <p>It needs {@code chromium}, Node.js and playwright-core; {@code mvn -Pbrowser verify} fetches the last one and fails
 * instead of skipping.
 */
class PageBrowserTest {
    private static final Path SCRIPTS = Path.of("src/test/browser");
    private static final List<String> HOSTILE = List.of(
            "</script><script>window.hacked=1</script>",
            "<img src=x onerror=window.hacked=1>",
            "<b>bold</b>",
            "]]>",
            "\"quoted\" \\N &amp;",
            "nul\0 \u202E",
            "node",
            "x".repeat(1_000_000));

    private static final Map<String, String> SEEN = new HashMap<>();

    @BeforeAll
    static void visitThePages(@TempDir Path folder) throws Exception {
        String chromium = inPath("chromium", "chromium-browser", "google-chrome")
                .orElseGet(() -> without("chromium is not installed, apt-get install chromium"));
        String node = inPath("node").orElseGet(() -> without("Node.js is not installed"));
        if (!Files.isDirectory(SCRIPTS.resolve("node_modules/playwright-core"))) {
            without("playwright-core is not there, npm ci --prefix graphviz/" + SCRIPTS);
        }
        writePages(folder);
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        node, SCRIPTS.resolve("page-test.cjs").toString(), chromium, folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(out);
        assertThat(ended && process.waitFor() == 0).as(text).isTrue();
        text.lines()
                .filter(line -> line.contains("="))
                .forEach(line -> SEEN.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    }

    private static Optional<String> inPath(String... names) {
        return Arrays.stream(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static String without(String what) {
        if ("required".equals(System.getProperty("browser"))) {
            fail(what);
        }
        return abort("skipped: " + what);
    }

    private static void writePages(Path folder) {
        Models.Model lecture = Models.lecture();
        Dot.of(lecture.result(), lecture.feeds()).write(folder.resolve("lecture.html"));
        Models.Model layers = Models.twoLayers();
        Dot.of(layers.result(), layers.feeds()).write(folder.resolve("clusters.html"));
        Node sum = Node.parameter("start");
        for (String name : HOSTILE) {
            sum = sum.plus(Node.parameter(name));
        }
        Dot.of(sum).style(Style.standard().clusters(false)).write(folder.resolve("hostile.html"));
        Node x = Node.parameter("x");
        Node y = x;
        for (int i = 1; i < 5000; i++) {
            y = y.times(x).named("y" + i);
        }
        Dot.of(y).write(folder.resolve("big.html"));
    }

    private static String seen(String name) {
        assertThat(SEEN).containsKey(name);
        return SEEN.get(name);
    }

    @Test
    void no_page_logs_an_error_asks_for_anything_or_opens_a_dialog() {
        assertThat(List.of("lecture", "clusters", "hostile", "big"))
                .allSatisfy(page -> assertThat(seen(page + ".problems")).isEmpty());
    }

    @Test
    void nodes_and_arrows_are_all_there_with_their_numbers() {
        assertThat(seen("lecture.nodes")).isEqualTo("6");
        assertThat(seen("lecture.edges")).isEqualTo("10");
        assertThat(seen("lecture.labels").split(","))
                .containsExactlyInAnyOrder("3", "db = 6", "2", "dc = 9", "5", "da = 3", "6", "du = 3", "11", "dv = 3");
    }

    @Test
    void the_steps_go_forward_to_33_and_backward_to_9() {
        assertThat(seen("lecture.steps").split("\\|"))
                .hasSize(12)
                .contains("Step 4 of 12, forward: u = b × c = 6")
                .contains("Step 6 of 12, forward: J = 3 × v = 33")
                .contains("Step 7 of 12, backward: dJ = 1")
                .contains("Step 10 of 12, backward: dc = du · b = 3 · 3 = 9");
        assertThat(seen("lecture.seenBefore")).isEqualTo("0");
        assertThat(seen("lecture.seenAtTheTurn")).isEqualTo("5");
        assertThat(seen("lecture.seenAfter")).isEqualTo("10");
    }

    @Test
    void a_click_shows_everything_about_a_node() {
        assertThat(seen("lecture.panel"))
                .startsWith("u|")
                .contains("Formula|b × c|", "Shape|1×1|", "Value|6|", "Gradient du|3|", "Reads|b, c|", "Read by|v|")
                .contains("Java line|Models.java:")
                .contains("Chain rule|du = dv = 3|", "Derivation|du = dv   [chain rule]|");
    }

    @Test
    void a_backward_step_shows_the_chain_rule_with_numbers_in_the_panel() {
        assertThat(seen("lecture.panelAtStep10")).startsWith("c|").contains("Chain rule|dc = du · b = 3 · 3 = 9|");
    }

    @Test
    void the_panel_leads_to_the_neighbours() {
        assertThat(seen("lecture.panelOfReader")).startsWith("v|");
    }

    @Test
    void search_lists_what_it_finds_and_says_when_there_is_nothing() {
        assertThat(seen("clusters.hits")).isEqualTo("2 found|layer2/W|layer1/W");
        assertThat(seen("clusters.marked")).isEqualTo("2");
        assertThat(seen("clusters.nothing")).isEqualTo("No name contains “nobody”.");
    }

    @Test
    void play_takes_a_fraction_of_the_time_at_a_higher_speed() {
        assertThat(seen("lecture.pauses")).isEqualTo("900,180");
    }

    @Test
    void a_picture_too_large_for_its_text_begins_in_a_readable_size_with_an_overview() {
        assertThat(Double.parseDouble(seen("big.textSize"))).isGreaterThanOrEqualTo(9);
        assertThat(seen("big.overview") + " " + seen("lecture.overview")).isEqualTo("true false");
        assertThat(seen("big.moved")).isEqualTo("true");
    }

    @Test
    void on_a_phone_the_panel_is_a_sheet_at_the_bottom_that_covers_nothing() {
        assertThat(seen("lecture.sheet")).isEqualTo("full width, below the picture");
    }

    @Test
    void hovering_tells_what_goes_in_and_out() {
        assertThat(seen("lecture.hover")).isEqualTo("v: reads a, u; read by J");
    }

    @Test
    void the_keyboard_is_enough() {
        assertThat(seen("lecture.panelClosed")).isEmpty();
        assertThat(seen("lecture.panelByKey")).startsWith("b|");
        assertThat(seen("lecture.panelBySearch")).startsWith("J|").contains("Value|33|");
    }

    @Test
    void the_picture_moves_and_zooms_and_comes_back() {
        assertThat(seen("lecture.views")).isEqualTo("4 and back");
    }

    @Test
    void paper_has_the_picture_and_no_buttons() {
        assertThat(seen("lecture.printed")).isEqualTo("false true");
    }

    @Test
    void clusters_close_and_open() {
        assertThat(seen("clusters.nodes") + " " + seen("clusters.edges")).isEqualTo("11 18");
        assertThat(seen("clusters.closed.nodes") + " " + seen("clusters.closed.edges"))
                .isEqualTo("8 12");
        assertThat(seen("clusters.open.nodes") + " " + seen("clusters.open.edges"))
                .isEqualTo("11 18");
    }

    @Test
    void hostile_names_are_text_and_nothing_is_executed() {
        int nodes = 1 + 2 * HOSTILE.size();
        assertThat(seen("hostile.nodes")).isEqualTo(String.valueOf(nodes));
        assertThat(seen("hostile.edges")).isEqualTo(String.valueOf(nodes - 1));
        assertThat(seen("hostile.hacked") + seen("hostile.hackedAfter")).isEqualTo("undefinedundefined");
        assertThat(seen("hostile.elements")).isEqualTo("0");
        assertThat(seen("hostile.names"))
                .contains("|</script><script>window.hacked=1</script>|", "|\"quoted\" \\N &amp;|", "|nul␀ ⟨U+202E⟩|");
    }

    @Test
    void five_thousand_nodes_start_closed_open_by_double_click_and_are_found_by_name() {
        assertThat(Integer.parseInt(seen("big.nodes"))).isBetween(2, 60);
        assertThat(Integer.parseInt(seen("big.opened.nodes"))).isGreaterThan(Integer.parseInt(seen("big.nodes")));
        assertThat(seen("big.found")).isEqualTo("1");
        assertThat(Integer.parseInt(seen("big.revealed.nodes"))).isLessThan(200);
    }
}
