package org.gradgraph.graph;

import java.security.ProtectionDomain;
import java.util.Optional;

/**
 * The line of Java code that made a node.
 *
 * <p>It is found by walking the stack to the first frame outside this library, which costs about a microsecond a node.
 * Start the program with {@code -Dgradgraph.sourceLines=false} to switch it off; then every node says
 * {@link #UNKNOWN}.
 *
 * <pre>{@code
 * Node z = x.plus(y);
 * z.source();                    // Model.java:12
 * }</pre>
 *
 * @param className the class that made the node
 * @param methodName the method that made the node
 * @param fileName the file of that class
 * @param line the line in that file, or a negative number if the class has no line numbers
 */
public record SourceLine(String className, String methodName, String fileName, int line) {
    /** The line of a node whose origin was not recorded. */
    public static final SourceLine UNKNOWN = new SourceLine("unknown", "unknown", "unknown", -1);

    /** JShell wraps each snippet in a class of its own, whose lines are not those that were typed. */
    private static final String JSHELL = "REPL.$JShell$";

    private static final boolean ENABLED = !"false".equals(System.getProperty("gradgraph.sourceLines"));
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final String LIBRARY = rootPackage();
    private static final ProtectionDomain ORIGIN = SourceLine.class.getProtectionDomain();

    /**
     * Refuses null.
     *
     * @param className the class that made the node
     * @param methodName the method that made the node
     * @param fileName the file of that class
     * @param line the line in that file, or a negative number if the class has no line numbers
     */
    public SourceLine {
        Require.given(className, "SourceLine: the class");
        Require.given(methodName, "SourceLine: the method");
        Require.given(fileName, "SourceLine: the file");
    }

    /** The line of the nearest caller outside this library. */
    static SourceLine ofCaller() {
        if (!ENABLED) {
            return UNKNOWN;
        }
        Optional<StackWalker.StackFrame> caller = WALKER.walk(frames ->
                frames.filter(frame -> isUser(frame.getDeclaringClass())).findFirst());
        return caller.map(SourceLine::of).orElse(UNKNOWN);
    }

    private static SourceLine of(StackWalker.StackFrame frame) {
        String file = frame.getFileName();
        return new SourceLine(
                frame.getClassName(),
                frame.getMethodName(),
                file == null ? frame.getDeclaringClass().getSimpleName() : file,
                frame.getLineNumber());
    }

    /** A stream of the JDK that calls us is not the line that a user looks for. */
    private static boolean isUser(Class<?> type) {
        return !isLibrary(type) && !type.getName().startsWith("java.");
    }

    /** Both are needed: tests share our packages, and a merged jar puts its user's classes beside ours. */
    private static boolean isLibrary(Class<?> type) {
        return type.getName().startsWith(LIBRARY) && type.getProtectionDomain() == ORIGIN;
    }

    private static String rootPackage() {
        String own = SourceLine.class.getPackageName();
        return own.substring(0, own.lastIndexOf('.') + 1);
    }

    /** File and line, for example {@code Model.java:12}; inside JShell, that it was a snippet. */
    @Override
    public String toString() {
        if (this.equals(UNKNOWN)) {
            return "an unknown line";
        }
        if (className.startsWith(JSHELL)) {
            return "a JShell snippet";
        }
        return line < 0 ? fileName : fileName + ":" + line;
    }
}
