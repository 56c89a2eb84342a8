package org.gradgraph.examples.output;

import org.gradgraph.graphviz.Dot;
import org.gradgraph.graphviz.GraphvizException;

/**
 * The picture of a graph, as DOT text and, where Graphviz is installed, as SVG.
 *
 * <pre>{@code
 * String written = GraphPicture.write(Dot.of(cost), "cost-graph", folder);
 * }</pre>
 */
public final class GraphPicture {
    private GraphPicture() {}

    /** Writes the files under a name, and says which. */
    public static String write(Dot picture, String name, OutputFolder folder) {
        folder.write(name + ".dot", picture.toString());
        String first = OutputFolder.entry(name + ".dot", "the graph") + "\n";
        try {
            folder.write(name + ".svg", picture.toSvg());
            return first + OutputFolder.entry(name + ".svg", "the same, drawn by Graphviz");
        } catch (GraphvizException notDrawn) {
            return first + "  no " + name + ".svg: " + notDrawn.getMessage();
        }
    }
}
