package org.gradgraph.graphviz;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.gradgraph.graph.Node;

/**
 * How a graph is drawn: colours, constants, clusters, tables, and attributes for everything else.
 *
 * <p>Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * Style style = Style.standard()
 *         .constants(Style.Constants.INLINED)
 *         .collapsed("layer1")
 *         .nodes(node -> node.shape().isScalar() ? Map.of("penwidth", "3") : Map.of());
 * Dot.of(j).style(style).write(Path.of("j.svg"));
 * }</pre>
 */
public final class Style {
    /** What happens to nodes that depend on no input and no parameter. */
    public enum Constants {
        /** They are nodes like any other. */
        SHOWN,
        /** Numbers are written into the operations that use them; matrices stay nodes. */
        INLINED,
        /** They are left out. */
        HIDDEN
    }

    /** Further attributes of an arrow. */
    @FunctionalInterface
    public interface EdgeAttributes {
        /**
         * {@return DOT attributes, which win over those of the library}
         *
         * @param operand the node whose value, or gradient, the arrow carries
         * @param user the operation that reads the value
         * @param backward whether the arrow carries the gradient
         */
        Map<String, String> of(Node operand, Node user, boolean backward);
    }

    private record Tables(int rows, int columns) {}

    private record Grouping(
            boolean drawn, boolean allCollapsed, Set<String> collapsed, boolean folded, boolean repeated) {}

    private record Attributes(
            Map<String, String> graph, Function<Node, Map<String, String>> node, EdgeAttributes edge) {}

    private static final Style STANDARD = new Style(
            Palette.LIGHT,
            Constants.SHOWN,
            new Grouping(true, false, Set.of(), true, true),
            new Tables(6, 6),
            true,
            new Attributes(Map.of(), node -> Map.of(), (operand, user, backward) -> Map.of()));

    private final Palette palette;
    private final Constants constants;
    private final Grouping grouping;
    private final Tables tables;
    private final boolean javaLines;
    private final Attributes attributes;

    private Style(
            Palette palette,
            Constants constants,
            Grouping grouping,
            Tables tables,
            boolean javaLines,
            Attributes attributes) {
        this.palette = palette;
        this.constants = constants;
        this.grouping = grouping;
        this.tables = tables;
        this.javaLines = javaLines;
        this.attributes = attributes;
    }

    /** {@return the default style: light, unnamed operations folded, clusters by name prefix, tables of up to 6×6} */
    public static Style standard() {
        return STANDARD;
    }

    /** {@return the same style with dark ink on white, the default} */
    public Style light() {
        return new Style(Palette.LIGHT, constants, grouping, tables, javaLines, attributes);
    }

    /** {@return the same style with light ink on a dark background} */
    public Style dark() {
        return new Style(Palette.DARK, constants, grouping, tables, javaLines, attributes);
    }

    /**
     * {@return the same style with another treatment of constants and of what is made of constants alone}
     *
     * @param constants what happens to them
     */
    public Style constants(Constants constants) {
        return new Style(palette, constants, grouping, tables, javaLines, attributes);
    }

    /**
     * {@return the same style with operations without a name written inside the ones that read them, as in
     * {@code Z = wᵀX + b}, or not}
     *
     * <p>This is the default. Without it every operation has a box of its own.
     *
     * @param folded false for a box for each operation
     */
    public Style folded(boolean folded) {
        Grouping changed = new Grouping(
                grouping.drawn(), grouping.allCollapsed(), grouping.collapsed(), folded, grouping.repeated());
        return new Style(palette, constants, changed, tables, javaLines, attributes);
    }

    /**
     * {@return the same style with an input, parameter or constant that more than four boxes read drawn again beside each of
     * them, or not}
     *
     * <p>This is the default: the weights of an unrolled recurrent network would cross all its steps. The first of the boxes
     * has the value and the whole gradient.
     *
     * @param repeated false for one box each
     */
    public Style repeated(boolean repeated) {
        Grouping changed = new Grouping(
                grouping.drawn(), grouping.allCollapsed(), grouping.collapsed(), grouping.folded(), repeated);
        return new Style(palette, constants, changed, tables, javaLines, attributes);
    }

    /**
     * {@return the same style with nodes named {@code layer1/W}, {@code layer1/b} drawn in a frame named
     * {@code layer1}, or not}
     *
     * @param drawn whether frames are drawn
     */
    public Style clusters(boolean drawn) {
        Grouping changed = new Grouping(
                drawn, grouping.allCollapsed(), grouping.collapsed(), grouping.folded(), grouping.repeated());
        return new Style(palette, constants, changed, tables, javaLines, attributes);
    }

    /**
     * {@return the same style with these clusters drawn as one box each, in addition to those collapsed already}
     *
     * @param prefixes full prefixes without the last slash, for example {@code layer1} or {@code encoder/layer1}
     */
    public Style collapsed(String... prefixes) {
        Set<String> all = new TreeSet<>(grouping.collapsed());
        all.addAll(List.of(prefixes));
        Grouping changed = new Grouping(
                true,
                grouping.allCollapsed(),
                Collections.unmodifiableSet(all),
                grouping.folded(),
                grouping.repeated());
        return new Style(palette, constants, changed, tables, javaLines, attributes);
    }

    /** {@return the same style with every outermost cluster drawn as one box} */
    public Style allCollapsed() {
        return new Style(
                palette,
                constants,
                new Grouping(true, true, grouping.collapsed(), grouping.folded(), grouping.repeated()),
                tables,
                javaLines,
                attributes);
    }

    /** The same with every cluster open, for pages that collapse on their own. */
    Style allExpanded() {
        return new Style(
                palette,
                constants,
                new Grouping(grouping.drawn(), false, Set.of(), grouping.folded(), grouping.repeated()),
                tables,
                javaLines,
                attributes);
    }

    /**
     * {@return the same style with another size up to which a matrix is written as a table; a larger one is shown by
     * its shape and range}
     *
     * @param mostRows at least 0
     * @param mostColumns at least 0
     */
    public Style tables(int mostRows, int mostColumns) {
        return new Style(palette, constants, grouping, new Tables(mostRows, mostColumns), javaLines, attributes);
    }

    /**
     * {@return the same style with or without the lines of Java code in tooltips; switch them off for pictures under
     * version control}
     *
     * @param shown whether they are shown
     */
    public Style javaLines(boolean shown) {
        return new Style(palette, constants, grouping, tables, shown, attributes);
    }

    /**
     * {@return the same style with one more DOT attribute of the whole graph}
     *
     * @param attribute its name, for example {@code rankdir}
     * @param value its value, for example {@code TB}
     */
    public Style graph(String attribute, String value) {
        Map<String, String> graph = new TreeMap<>(attributes.graph());
        graph.put(attribute, value);
        Attributes changed = new Attributes(Collections.unmodifiableMap(graph), attributes.node(), attributes.edge());
        return new Style(palette, constants, grouping, tables, javaLines, changed);
    }

    /**
     * {@return the same style with DOT attributes of nodes, which win over those of the library, for example
     * {@code penwidth} or {@code URL}}
     *
     * @param nodeAttributes the attributes of a node, empty for none
     */
    public Style nodes(Function<Node, Map<String, String>> nodeAttributes) {
        Attributes changed = new Attributes(attributes.graph(), nodeAttributes, attributes.edge());
        return new Style(palette, constants, grouping, tables, javaLines, changed);
    }

    /**
     * {@return the same style with DOT attributes of arrows, which win over those of the library}
     *
     * @param edgeAttributes the attributes of an arrow
     */
    public Style edges(EdgeAttributes edgeAttributes) {
        Attributes changed = new Attributes(attributes.graph(), attributes.node(), edgeAttributes);
        return new Style(palette, constants, grouping, tables, javaLines, changed);
    }

    Palette palette() {
        return palette;
    }

    Constants constants() {
        return constants;
    }

    boolean folded() {
        return grouping.folded();
    }

    boolean repeated() {
        return grouping.repeated();
    }

    boolean clusters() {
        return grouping.drawn();
    }

    boolean collapses(String prefix) {
        return grouping.allCollapsed() || grouping.collapsed().contains(prefix);
    }

    Set<String> collapsed() {
        return grouping.collapsed();
    }

    int tableRows() {
        return tables.rows();
    }

    int tableColumns() {
        return tables.columns();
    }

    boolean javaLines() {
        return javaLines;
    }

    Map<String, String> graphAttributes() {
        return attributes.graph();
    }

    Map<String, String> attributesOf(Node node) {
        return attributes.node().apply(node);
    }

    Map<String, String> attributesOf(Node operand, Node user, boolean backward) {
        return attributes.edge().of(operand, user, backward);
    }
}
