package org.gradgraph.examples.output;

import java.nio.file.Path;
import java.util.Optional;
import org.gradgraph.graph.Node;
import org.gradgraph.graphviz.Dot;

/**
 * The picture of a graph, as DOT text and, where Graphviz is installed, as SVG.
 *
 * <pre>{@code
 * out.println(GraphPicture.of(cost, "cost-graph").writeTo(folder));
 * }</pre>
 */
public final class GraphPicture {
    private final String dot;
    private final String name;

    private GraphPicture(String dot, String name) {
        this.dot = dot;
        this.name = name;
    }

    /** The picture of everything that a node is made of; the files get this name. */
    public static GraphPicture of(Node root, String name) {
        return new GraphPicture(Dot.of(root).toString(), name);
    }

    /** Writes the files and says which. */
    public String writeTo(OutputFolder folder) {
        Path dotFile = folder.write(name + ".dot", dot);
        Optional<String> svg = Graphviz.svg(dotFile);
        svg.ifPresent(picture -> folder.write(name + ".svg", picture));
        String drawn = svg.isPresent()
                ? "  " + name + ".svg   the same, drawn by Graphviz"
                : "  (no " + name + ".svg: the program dot of Graphviz is not installed)";
        return "  " + name + ".dot   the graph\n" + drawn;
    }
}
