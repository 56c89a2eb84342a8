package org.gradgraph.examples.lesson;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.Figures;
import org.gradgraph.examples.console.MatrixText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command of the course: one sentence, its numbers, the Java that did it, one question.
 *
 * <p>A lesson declares its sentence as the command's description, its question by {@link Question}, and the lines of its
 * source that are shown by the comments {@code // tag::java[]} and {@code // end::java[]}; {@link ShowsSource} shows
 * those of other classes. Figures that are known are compared with what was found.
 *
 * <pre>{@code
 * @Command(name = "sigmoid", description = "The sigmoid squeezes any number between 0 and 1.")
 * @Question("Which number becomes 0.5?")
 * final class Sigmoid extends Lesson {
 *     @Override
 *     protected void teach() {
 *         // tag::java[]
 *         double s = Values.of(Node.constant(1).sigmoid()).get(0);
 *         // end::java[]
 *         out().println(s);
 *         figures.check("σ(1)", 0.7310585786300049, s, 1e-15);
 *     }
 * }
 * }</pre>
 */
@Command(sortOptions = false)
public abstract class Lesson implements Callable<Integer> {
    /** Where the lesson compares what it found with what the course says. */
    protected final Figures figures = new Figures();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--verbose", description = "List every figure that was checked, and how far it may be off.")
    private boolean verbose;

    private boolean hasBegun;

    /** Prints the numbers. */
    protected abstract void teach();

    @Override
    public Integer call() {
        begin();
        teach();
        end();
        out().println();
        out().print(java());
        out().println("Question: " + getClass().getAnnotation(Question.class).value());
        out().println();
        out().print(figures.report(verbose));
        return figures.exitCode();
    }

    /** The lines of Java that the lesson shows, and where they are from. */
    public final String java() {
        ShowsSource elsewhere = getClass().getAnnotation(ShowsSource.class);
        List<Class<?>> sources = elsewhere == null ? List.of(getClass()) : List.of(elsewhere.value());
        StringBuilder text = new StringBuilder();
        for (Class<?> source : sources) {
            text.append("The Java that did it, from ")
                    .append(ShownJava.path(source))
                    .append(":\n");
            text.append(ShownJava.of(source).indent(4).replaceAll("(?m) +$", ""))
                    .append('\n');
        }
        return text.toString();
    }

    /** What is to be done before anything is computed. */
    void begin() {}

    /** What is to be done after the numbers. */
    void end() {}

    /** Where to print; the sentence comes with the first line, so that bad input is reported alone. */
    protected final PrintWriter out() {
        PrintWriter out = spec.commandLine().getOut();
        if (!hasBegun) {
            hasBegun = true;
            out.println(String.join(" ", spec.usageMessage().description()));
            out.println();
        }
        return out;
    }

    /** Prints a name and a matrix below it. */
    protected final void show(String name, DMatrixRMaj value, int decimals) {
        out().println(name);
        out().print(MatrixText.of(value, decimals));
    }
}
