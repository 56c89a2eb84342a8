package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

class PageTest {
    private final Models.Model lecture = Models.lecture();

    @Test
    void the_page_has_everything_in_it_and_loads_nothing() {
        String page = Dot.of(lecture.result(), lecture.feeds()).toHtml();

        assertThat(page)
                .contains("Viz.js 3.31.0")
                .contains("Permission is hereby granted")
                .contains("Eclipse Public License");
        assertThat(page).contains("default-src 'none'");
        assertThat(page)
                .doesNotContainPattern("<(script|link|img|iframe)[^>]*\\s(src|href)=")
                .doesNotContain("@import");
        assertThat(page).doesNotContain("{{");
    }

    @Test
    void the_browsers_graphviz_is_the_file_of_the_npm_package_byte_for_byte() throws Exception {
        try (var file = Page.class.getResourceAsStream("viz-global.js")) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(file.readAllBytes());

            assertThat(HexFormat.of().formatHex(hash))
                    .as("@viz-js/viz 3.31.0, dist/viz-global.js")
                    .isEqualTo("c9e0b310f9883910e01c66054b48b7ff4be3d8695141116635e72b0af152692e");
        }
    }

    @Test
    void notes_of_the_user_take_the_place_of_derivations() {
        Dot dot = Dot.of(lecture.result(), lecture.feeds());

        assertThat(dot.toHtml()).contains("dc = dv", "data-note=\"Derivation\"");
        assertThat(dot.notes("My \"note\"", node -> "about " + node.describe()).toHtml())
                .contains("about \\u0022u\\u0022 1", "data-note=\"My &quot;note&quot;\"")
                .doesNotContain("dc = dv");
    }

    @Test
    void the_same_picture_gives_the_same_page() {
        assertThat(Dot.of(lecture.result(), lecture.feeds()).toHtml())
                .isEqualTo(Dot.of(lecture.result(), lecture.feeds()).toHtml());
    }

    @Test
    void a_name_cannot_leave_the_data() {
        String name = "</script><script>alert('{{title}}')</script><!--\u2028";

        String page = Dot.of(Node.parameter(name))
                .style(Style.standard().clusters(false))
                .toHtml();

        String harmless = Dot.of(Node.parameter("a")).toHtml();
        assertThat(page.split("</script>", -1)).hasSameSizeAs(harmless.split("</script>", -1));
        assertThat(page)
                .contains("&lt;/script&gt;&lt;script&gt;alert('{{title}}')")
                .doesNotContain("<script>alert");
    }

    @Test
    void json_has_no_sign_that_html_knows() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a\"\\", List.of("</script>", "é&\u2028\0\uD800", 1, true));
        map.put("empty", Map.of());
        StringBuilder json = new StringBuilder();

        Json.append(json, map);

        assertThat(json.toString())
                .isEqualTo("{\"a\\u0022\\u005c\":[\"\\u003c/script\\u003e\",\"é\\u0026\\u2028\\u0000\\ud800\",1,true],"
                        + "\"empty\":{}}");
    }

    @Test
    void many_boxes_side_by_side_are_put_together_level_by_level() {
        Node y = Node.parameter("x");
        for (int i = 0; i < 50_000; i++) {
            y = y.negate();
        }
        Picture picture = Dot.of(y).picture();
        Folding folding = Folding.of(picture);
        Map<Integer, Integer> sideBySide = new LinkedHashMap<>();
        picture.boxes().forEach(box -> sideBySide.merge(folding.frameOf(box), 1, Integer::sum));
        folding.frames().forEach(frame -> sideBySide.merge(frame.parent(), 1, Integer::sum));

        assertThat(sideBySide.values()).allMatch(count -> count <= 40);
        assertThat(sideBySide.values().stream().mapToInt(count -> count).sum())
                .isEqualTo(picture.boxes().size() + folding.frames().size());
        assertThat(Folding.of(Dot.of(lecture.result()).picture()).frames()).isEmpty();
    }

    @Test
    void open_writes_a_page_shows_it_and_says_where() throws Exception {
        List<URI> shown = new ArrayList<>();
        Browser browser = shown::add;

        Path file = browser.open("<p>page</p>");

        assertThat(file).hasContent("<p>page</p>").hasExtension("html");
        assertThat(shown).containsExactly(file.toUri());
        Files.delete(file);
    }

    @Test
    void without_a_browser_the_file_is_there_all_the_same() throws Exception {
        Browser none = page -> {
            throw new java.io.IOException("no display");
        };

        Path file = none.open("<p>page</p>");

        assertThat(file).exists();
        Files.delete(file);
    }
}
