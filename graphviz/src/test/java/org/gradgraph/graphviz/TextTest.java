package org.gradgraph.graphviz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void what_cannot_be_seen_is_written_out() {
        assertThat(Text.shown("a\0b\nc")).isEqualTo("a␀b␊c");
        assertThat(Text.shown("\u202Ex\u2028\u0085\uFFFF")).isEqualTo("⟨U+202E⟩x⟨U+2028⟩⟨U+0085⟩⟨U+FFFF⟩");
        assertThat(Text.shown("\uD800x")).isEqualTo("\uFFFDx");
    }

    @Test
    void empty_and_blank_names_can_be_seen() {
        assertThat(Text.shown("")).isEqualTo("\"\"");
        assertThat(Text.shown("  ")).isEqualTo("\"  \"");
    }

    @Test
    void long_names_end_with_dots_and_never_in_half_a_character() {
        assertThat(Text.shown("x".repeat(60))).isEqualTo("x".repeat(60));
        assertThat(Text.shown("😀".repeat(61))).isEqualTo("😀".repeat(60) + "…");
    }

    @Test
    void a_quoted_string_escapes_backslash_before_quote() {
        assertThat(Text.quoted("\\\"")).isEqualTo("\"\\\\\\\"\"");
        assertThat(Text.quoted("\\N\n&")).isEqualTo("\"\\\\N\\n&amp;\"");
    }

    @Test
    void html_like_labels_have_no_raw_signs() {
        assertThat(Text.html("<a b=\"c\">&]]>\\N")).isEqualTo("&lt;a b=&quot;c&quot;&gt;&amp;]]&gt;\\\\N");
    }
}
