package org.gradgraph.benchmarks;

import java.util.Collections;
import java.util.List;

/** A table in Markdown: the first column is text, the others are figures. */
final class MarkdownTable {
    private final StringBuilder text = new StringBuilder();

    MarkdownTable(List<String> titles) {
        row(titles);
        text.append("|---|")
                .append(String.join("", Collections.nCopies(titles.size() - 1, "---:|")))
                .append('\n');
    }

    MarkdownTable row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
