package org.gradgraph.graphviz;

/**
 * The colours of a picture.
 *
 * <p>Blue and red stay apart for colour-blind eyes; in grey, shapes and dashes tell things apart.
 */
record Palette(
        String background,
        String ink,
        String faint,
        String forward,
        String backward,
        String input,
        String parameter,
        String constant,
        String operation,
        String cluster) {
    static final Palette LIGHT = new Palette(
            "#ffffff", "#1b1f24", "#8c959f", "#0060b0", "#c8201c", "#dbeafe", "#fdecc8", "#f0f1f3", "#ffffff",
            "#f7f8fa");
    static final Palette DARK = new Palette(
            "#15181c", "#e8eaed", "#767e88", "#6cb6ff", "#ff7b72", "#1c3a5e", "#57420f", "#2a2e34", "#1e2227",
            "#1a1e23");
}
