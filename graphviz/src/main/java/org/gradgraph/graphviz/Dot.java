package org.gradgraph.graphviz;

import com.google.errorprone.annotations.CheckReturnValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.io.AtomicFile;
import org.jspecify.annotations.Nullable;

/**
 * The picture of a graph, of its backward pass, or of a run with every number on it.
 *
 * <p>The forward pass goes from left to right in blue, the backward pass from right to left in red and dashed, on the same
 * boxes. Inputs are tagged boxes, parameters have a double frame, constants a dashed one, operations round corners,
 * and results a thick frame.
 *
 * <pre>{@code
 * Node a = Node.parameter("a"), b = Node.parameter("b"), c = Node.parameter("c");
 * Node u = b.times(c).named("u");
 * Node v = a.plus(u).named("v");
 * Node j = v.times(3).named("J");
 *
 * Dot.of(j).toString();                                                        // DOT text
 * Dot.of(j, Feeds.of(a, 5).and(b, 3).and(c, 2)).write(Path.of("j.svg"));       // forward and backward, with numbers
 * }</pre>
 *
 * <p>The same graph gives the same text, byte for byte. Names may be any text; they are shown safely. A picture is
 * immutable and keeps the values that a run had when it was made.
 */
@CheckReturnValue
public final class Dot {
    private final Subject subject;
    private final Selection selected;
    private final Style style;
    private final @Nullable Notes notes;

    private Dot(Subject subject, Selection selected, Style style, @Nullable Notes notes) {
        this.subject = subject;
        this.selected = selected;
        this.style = style;
        this.notes = notes;
    }

    private static Dot of(Subject subject) {
        return new Dot(subject, Selection.all(subject.graph()), Style.standard(), null);
    }

    /**
     * {@return the picture of everything that some nodes are made of}
     *
     * @param roots the results
     */
    public static Dot of(Node... roots) {
        return of(Graph.of(roots));
    }

    /**
     * {@return the picture of a graph, with shapes on its arrows}
     *
     * @param graph any graph
     */
    public static Dot of(Graph graph) {
        return of(Subject.of(graph));
    }

    /**
     * {@return the picture of a program; if it computes gradients, with the way they take}
     *
     * @param program any program
     */
    public static Dot of(Program program) {
        return of(Subject.of(program));
    }

    /**
     * {@return the picture of a run, with its values and gradients on the arrows}
     *
     * <p>Shown is what can be read from the run now: keep everything with {@link Program#keepingAll()}, and ask for the
     * gradients of all nodes that the picture shall show. {@link #of(Node, Feeds)} does both.
     *
     * @param run a run after {@code forward()}, perhaps after {@code backward()}
     */
    public static Dot of(Run run) {
        return of(Subject.of(run));
    }

    /**
     * {@return the picture of a result with every value and, if it is 1×1, every gradient on the way to the parameters}
     *
     * @param result what is computed
     * @param feeds a value for each input and parameter
     * @throws IllegalArgumentException if a value is missing, naming the node
     */
    public static Dot of(Node result, Feeds feeds) {
        return of(FullRun.of(result, feeds));
    }

    /**
     * {@return the same picture in another style}
     *
     * @param style how to draw
     */
    public Dot style(Style style) {
        return new Dot(subject, selected, style, notes);
    }

    /**
     * {@return the same picture with a text for each node, which the page shows when the node is clicked}
     *
     * <p>If nothing is said, that is the derivation of its gradient, where gradients are drawn and the graph is small.
     *
     * @param title what stands above the text
     * @param text the text of a node, empty for none
     */
    public Dot notes(String title, Function<Node, String> text) {
        return new Dot(subject, selected, style, new Notes(title, text));
    }

    /** {@return the style of this picture, to be changed a little} */
    public Style style() {
        return style;
    }

    /**
     * {@return the part of the picture that lies on a way from one node to another, both included}
     *
     * @param from a node of the picture
     * @param to a node that depends on it
     * @throws IllegalArgumentException if a node is not part of the graph, or no way leads there
     */
    public Dot between(Node from, Node to) {
        return new Dot(subject, Selection.between(subject.graph(), from, to).and(selected), style, notes);
    }

    /**
     * {@return the part of the picture within some arrows of a node, in any direction}
     *
     * @param node a node of the picture
     * @param steps how many arrows away others may be
     * @throws IllegalArgumentException if the node is not part of the graph
     */
    public Dot around(Node node, int steps) {
        return new Dot(subject, Selection.around(subject.graph(), node, steps).and(selected), style, notes);
    }

    /**
     * {@return the picture as a page of its own: one HTML file that needs neither Graphviz nor a network}
     *
     * <p>It pans and zooms, shows everything about a node that is clicked, walks through the forward and the backward
     * pass step by step, finds names, and opens and closes clusters. A picture of more than 300 nodes starts with its
     * clusters closed.
     */
    public String toHtml() {
        Style open = style.allExpanded();
        Picture picture = PictureBuilder.of(subject, selected, open);
        Notes shown = notes == null ? Notes.derivations(subject) : notes;
        return Page.of(new PageModel(subject, selected, picture, style, shown.text()), title(), shown.title());
    }

    private String title() {
        return subject.graph().roots().stream()
                .map(root -> root.name()
                        .map(Text::shown)
                        .orElse("n" + subject.graph().indexOf(root)))
                .limit(5)
                .collect(Collectors.joining(", "));
    }

    /**
     * Writes the page to a temporary file, and shows it if this machine has a browser to show it in; made for JShell.
     *
     * @return where the page is
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public Path open() {
        return Browser.SYSTEM.open(toHtml());
    }

    /** The DOT text. */
    @Override
    public String toString() {
        return DotText.of(picture(), style);
    }

    Picture picture() {
        return PictureBuilder.of(subject, selected, style);
    }

    /**
     * {@return the picture as SVG}
     *
     * @throws GraphvizException if Graphviz is not installed, too slow, or complains
     */
    public String toSvg() {
        return new String(Graphviz.SYSTEM.draw(toString(), "svg"), StandardCharsets.UTF_8);
    }

    /**
     * Writes the picture; the end of the file's name tells how.
     *
     * <p>{@code .dot} and {@code .gv} are text. {@code .svg} and {@code .png} are drawn by the system's Graphviz.
     * {@code .html} is the page of {@link #toHtml()}. The file appears whole or not at all.
     *
     * @param path where it goes; folders are made, a file that is there is replaced
     * @throws GraphvizException if Graphviz is not installed, too slow, or complains
     * @throws IllegalArgumentException if the end of the name is none of these
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public void write(Path path) {
        AtomicFile.write(path, content(path));
    }

    private byte[] content(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".dot") || name.endsWith(".gv")) {
            return toString().getBytes(StandardCharsets.UTF_8);
        }
        if (name.endsWith(".svg") || name.endsWith(".png")) {
            return Graphviz.SYSTEM.draw(toString(), name.substring(name.length() - 3));
        }
        if (name.endsWith(".html") || name.endsWith(".htm")) {
            return toHtml().getBytes(StandardCharsets.UTF_8);
        }
        throw new IllegalArgumentException(
                path + ": the extension chooses the format; use .dot, .gv, .svg, .png or .html");
    }
}
