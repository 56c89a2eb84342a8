package org.gradgraph.examples;

/** The entry point of the examples. */
public final class Main {

    private Main() {}

    /**
     * Runs an example.
     *
     * @param args what to run
     */
    public static void main(String[] args) {
        System.out.println("gradgraph");
    }
}
