package org.gradgraph.examples.lesson;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.gradgraph.examples.output.OutputFolder;
import org.gradgraph.graphviz.Dot;
import org.gradgraph.graphviz.GraphvizException;
import picocli.CommandLine.Option;

/**
 * A lesson that draws. Its pictures are written when all of them are there, so a lesson that fails leaves none behind.
 *
 * <pre>{@code
 * picture("cost.svg", Curves.titled("Cost").curve("J", costs).toString(), "the cost after each step");
 * }</pre>
 */
public abstract class PictureLesson extends Lesson {
    private final List<Consumer<OutputFolder>> pictures = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where the pictures go; ${DEFAULT-VALUE} unless given.")
    private Path folder = Path.of("gradgraph-output");

    /** Adds a picture that is text, such as SVG. */
    protected final void picture(String name, String content, String shows) {
        picture(name, output -> output.write(name, content), shows);
    }

    /** Adds a picture. */
    protected final void picture(String name, byte[] content, String shows) {
        picture(name, output -> output.write(name, content), shows);
    }

    private void picture(String name, Consumer<OutputFolder> writing, String shows) {
        pictures.add(writing.andThen(output -> out().println(OutputFolder.entry(name, shows))));
    }

    /** Adds the picture of a graph as DOT text and, where Graphviz is installed, as SVG. */
    protected final void graph(String name, Dot graph) {
        picture(name + ".dot", graph.toString(), "the graph");
        try {
            picture(name + ".svg", graph.toSvg(), "the same, drawn by Graphviz");
        } catch (GraphvizException notDrawn) {
            out().println("no " + name + ".svg: " + notDrawn.getMessage());
        }
    }

    @Override
    final void begin() {
        OutputFolder.at(folder);
    }

    @Override
    final void end() {
        OutputFolder output = OutputFolder.at(folder);
        out().println();
        out().println("pictures in " + output.path());
        pictures.forEach(picture -> picture.accept(output));
    }
}
