package org.gradgraph.diff;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.NoGradientException;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.ShapeException;

/**
 * Derivatives as graphs: made of the same nodes, so they can be differentiated again.
 *
 * <pre>{@code
 * Node j = x.square().times(x).sum();                    // Σ x³
 * Node dx = Derivatives.gradient(j, x);                  // 3x²
 * Node ddx = Derivatives.gradient(dx.sum(), x);          // 6x
 * }</pre>
 *
 * <p>The nodes with respect to which a derivative is taken may be of any kind, inner ones too. They are not treated as
 * constants: a node that is computed from another chosen one still passes its cotangent on. What the result does not
 * depend on gets explicit zeros.
 *
 * <p>A program that is given such a derivative as an output, or as a part of one, rewrites what it is a derivative of
 * first: the derivative of {@code log(sigmoid(z))} is that of the stable form, at z = −800 too.
 *
 * <p>All methods throw {@link NoGradientException} if an operation on the way has no vjp, naming it and its line.
 */
@CheckReturnValue
public final class Derivatives {
    private static final String OUTPUT = "the node to differentiate";

    private Derivatives() {}

    /**
     * {@return the gradient of a 1×1 node; see {@link #gradient(Node, List)}}
     *
     * @param output a node of shape 1×1
     * @param wrt the node to differentiate by
     */
    public static Node gradient(Node output, Node wrt) {
        return gradient(output, Arrays.asList(wrt)).get(0);
    }

    /**
     * The gradient of a 1×1 node with respect to several nodes.
     *
     * <p>The gradient of a node named {@code Z} is named {@code dZ}.
     *
     * @param output a node of shape 1×1
     * @param wrt the nodes to differentiate by
     * @return for each of them a node of its shape
     * @throws NoGradientException if {@code output} is not 1×1
     */
    public static List<Node> gradient(Node output, List<Node> wrt) {
        requireScalar(output);
        Require.nodes("Derivatives.gradient", wrt);
        return ReverseMode.vjp(List.of(output), List.of(Node.constant(1)), wrt, Derivatives::named);
    }

    private static Node named(Node node, Node gradient) {
        boolean isLeaf = gradient.kind() == Node.Kind.INPUT || gradient.kind() == Node.Kind.PARAMETER;
        Optional<String> name = node.name();
        return isLeaf || name.isEmpty() ? gradient : gradient.named("d" + name.get());
    }

    private static void requireScalar(Node output) {
        if (!Require.given(output, OUTPUT).shape().isScalar()) {
            throw new NoGradientException("the gradient of " + output.describe() + ", made at " + output.source()
                    + ", is not defined: a gradient belongs to a 1×1 node; take its sum() or mean(), or give a cotangent"
                    + " of shape " + output.shape() + " to Derivatives.vjp");
        }
    }

    /**
     * {@return the vector-Jacobian product for one node; see {@link #vjp(Node, Node, List)}}
     *
     * @param output a node of any shape
     * @param cotangent a node of the shape of the output
     * @param wrt the node to differentiate by
     */
    public static Node vjp(Node output, Node cotangent, Node wrt) {
        return vjp(output, cotangent, Arrays.asList(wrt)).get(0);
    }

    /**
     * The vector-Jacobian product: Σ<sub>ij</sub> {@code cotangent}<sub>ij</sub> · d{@code output}<sub>ij</sub>/d{@code
     * wrt}.
     *
     * @param output a node of any shape
     * @param cotangent a node of exactly that shape
     * @param wrt the nodes to differentiate by
     * @return for each of them a node of its shape
     * @throws ShapeException if the cotangent has another shape
     */
    public static List<Node> vjp(Node output, Node cotangent, List<Node> wrt) {
        requireSameShape("cotangent", cotangent, Require.given(output, OUTPUT));
        Require.nodes("Derivatives.vjp", wrt);
        return ReverseMode.vjp(List.of(output), List.of(cotangent), wrt);
    }

    /**
     * The sum of the vector-Jacobian products of several outputs, in one backward pass.
     *
     * @param outputs nodes of any shapes
     * @param cotangents for each output a node of exactly its shape
     * @param wrt the nodes to differentiate by
     * @return for each of them a node of its shape
     * @throws ShapeException if a cotangent has another shape, or there is not one for each output
     */
    public static List<Node> vjp(List<Node> outputs, List<Node> cotangents, List<Node> wrt) {
        requireVectors("Derivatives.vjp", outputs, cotangents);
        Require.nodes("Derivatives.vjp", wrt);
        return ReverseMode.vjp(outputs, cotangents, wrt);
    }

    /**
     * {@return the Jacobian-vector product for one node; see {@link #jvp(Node, List, List)}}
     *
     * @param output a node of any shape
     * @param wrt the node to differentiate by
     * @param tangent a node of the shape of {@code wrt}
     */
    public static Node jvp(Node output, Node wrt, Node tangent) {
        return jvp(output, Arrays.asList(wrt), Arrays.asList(tangent));
    }

    /**
     * The Jacobian-vector product: the change of {@code output} when each node of {@code wrt} moves along its tangent.
     *
     * <p>Two vjps make one jvp: a vjp is linear in its cotangent, whatever that is, and its transpose is the jvp. Where
     * eigenvalues coincide, the transpose still looks at the cotangent; zeros take its place then.
     *
     * @param output a node of any shape
     * @param wrt the nodes that move
     * @param tangents for each of them a node of its shape
     * @return a node of the shape of {@code output}
     * @throws ShapeException if a tangent has another shape
     */
    public static Node jvp(Node output, List<Node> wrt, List<Node> tangents) {
        Require.given(output, OUTPUT);
        requireVectors("Derivatives.jvp", wrt, tangents);
        Node placeholder = Node.input("cotangent of " + output.describe(), output.shape());
        Node jvp = transposed(output, placeholder, wrt, tangents);
        // not a constant: a loop leaves constant zeros out of its derivative, and the path to the cotangent with them
        Node zeros = Constants.zeros(output.shape()).stopGradient();
        return Graph.of(jvp).contains(placeholder) ? transposed(output, zeros, wrt, tangents) : jvp;
    }

    /** The vjp as a function of its cotangent, which is linear, differentiated by that. */
    private static Node transposed(Node output, Node cotangent, List<Node> wrt, List<Node> tangents) {
        List<Node> pulledBack = vjp(output, cotangent, wrt);
        return ReverseMode.vjp(pulledBack, tangents, List.of(cotangent)).get(0);
    }

    /**
     * {@return the Hessian-vector product for one node; see {@link #hvp(Node, List, List)}}
     *
     * @param output a node of shape 1×1
     * @param wrt the node to differentiate by
     * @param vector a node of the shape of {@code wrt}
     */
    public static Node hvp(Node output, Node wrt, Node vector) {
        return hvp(output, Arrays.asList(wrt), Arrays.asList(vector)).get(0);
    }

    /**
     * The product of the Hessian of a 1×1 node with a vector; the Hessian itself is never formed.
     *
     * <p>The Hessian is the full one over all nodes of {@code wrt} together, cross blocks included.
     *
     * @param output a node of shape 1×1
     * @param wrt the nodes to differentiate by
     * @param vectors for each of them a node of its shape
     * @return for each of them a node of its shape
     * @throws NoGradientException if {@code output} is not 1×1
     * @throws ShapeException if a vector has another shape
     */
    public static List<Node> hvp(Node output, List<Node> wrt, List<Node> vectors) {
        requireScalar(output);
        requireVectors("Derivatives.hvp", wrt, vectors);
        List<Node> gradients = ReverseMode.vjp(List.of(output), List.of(Node.constant(1)), wrt);
        return ReverseMode.vjp(gradients, vectors, wrt);
    }

    /**
     * {@return the Jacobian for one node; see {@link #jacobian(Node, List)}}
     *
     * @param output a node of fixed shape
     * @param wrt a node of fixed shape
     */
    public static Node jacobian(Node output, Node wrt) {
        return jacobian(output, Arrays.asList(wrt)).get(0);
    }

    /**
     * The Jacobian as a matrix for each node: a row for each element of the output, a column for each of the node.
     *
     * <p>Elements are counted in row-major order. The graph grows with the number of rows or columns, whichever is smaller;
     * where only a product with it is needed, {@link #vjp} and {@link #jvp} are far cheaper.
     *
     * <pre>{@code
     * Node y = a.matmul(x);                                  // 2×3 times 3×1
     * Derivatives.jacobian(y, x);                            // 2×3, equal to a
     * }</pre>
     *
     * @param output a node of fixed shape
     * @param wrt nodes of fixed shape to differentiate by
     * @return for each of them a node of shape (elements of the output)×(elements of the node)
     * @throws ShapeException if a shape is symbolic
     */
    public static List<Node> jacobian(Node output, List<Node> wrt) {
        Require.given(output, OUTPUT);
        Require.nodes("Derivatives.jacobian", wrt);
        return Jacobians.of(output, wrt);
    }

    /**
     * {@return the Hessian for one node; see {@link #hessian(Node, List)}}
     *
     * @param output a node of shape 1×1
     * @param wrt a node of fixed shape
     */
    public static Node hessian(Node output, Node wrt) {
        return hessian(output, Arrays.asList(wrt));
    }

    /**
     * The Hessian of a 1×1 node as one symmetric matrix over all elements of all nodes together.
     *
     * <p>Rows and columns are the elements of the first node in row-major order, then those of the second, and so on. The
     * graph grows with their number; where only a product with it is needed, {@link #hvp} is far cheaper.
     *
     * @param output a node of shape 1×1
     * @param wrt nodes of fixed shape to differentiate by
     * @return one node with as many rows and columns as all of them have elements
     * @throws NoGradientException if {@code output} is not 1×1
     * @throws ShapeException if a shape is symbolic
     */
    public static Node hessian(Node output, List<Node> wrt) {
        requireScalar(output);
        if (Require.nodes("Derivatives.hessian", wrt).isEmpty()) {
            throw new IllegalArgumentException("Derivatives.hessian: no node to differentiate by; give at least one");
        }
        List<Node> gradients = ReverseMode.vjp(List.of(output), List.of(Node.constant(1)), wrt);
        List<Node> rows = new ArrayList<>();
        gradients.forEach(gradient -> rows.add(Jacobians.beside(Jacobians.of(gradient, wrt))));
        return Jacobians.below(rows);
    }

    private static void requireVectors(String method, List<Node> wrt, List<Node> vectors) {
        Require.nodes(method, wrt);
        Require.given(vectors, method + ": the list of vectors");
        if (wrt.size() != vectors.size()) {
            throw new ShapeException(
                    method + " was given " + vectors.size() + " vectors for " + wrt.size() + " nodes",
                    "give one vector for each node");
        }
        for (int i = 0; i < wrt.size(); i++) {
            requireSameShape("vector", vectors.get(i), wrt.get(i));
        }
    }

    private static void requireSameShape(String role, Node given, Node node) {
        Require.given(given, "the " + role + " for " + node.describe());
        if (!given.shape().equals(node.shape())) {
            throw new ShapeException(
                    "the " + role + " for " + node.describe() + " has the shape " + given.shape(),
                    "it must be exactly " + node.shape());
        }
    }
}
