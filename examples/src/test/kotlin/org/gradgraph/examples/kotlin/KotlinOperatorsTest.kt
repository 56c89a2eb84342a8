package org.gradgraph.examples.kotlin

import java.nio.file.Files
import java.nio.file.Path
import org.assertj.core.api.Assertions.assertThat
import org.gradgraph.exec.Program
import org.gradgraph.graph.Graph
import org.gradgraph.graph.Node
import org.junit.jupiter.api.Test

class KotlinOperatorsTest {
    private val a = Node.parameter("a")
    private val b = Node.parameter("b")
    private val c = Node.parameter("c")

    private fun value(node: Node): Double {
        val run = Program.of(node).newRun()
        for (parameter in listOf(a to 5.0, b to 3.0, c to 2.0)) {
            if (Graph.of(node).contains(parameter.first)) run.set(parameter.first, parameter.second)
        }
        return run.forward().scalar(node)
    }

    @Test
    fun `the example of the page gives the numbers of the README`() {
        val j = 3 * (a + b * c)

        val run = Program.of(j).withGradients(a, b, c).newRun()
        run.set(a, 5.0).set(b, 3.0).set(c, 2.0)
        assertThat(run.forward().scalar(j)).isEqualTo(33.0)
        run.backward()
        assertThat(listOf(a, b, c).map { run.gradientScalar(it) }).containsExactly(3.0, 6.0, 9.0)
    }

    @Test
    fun `each operator gives the value of its formula`() {
        assertThat(value(-a)).isEqualTo(-5.0)
        assertThat(listOf(a + b, a - b, a * b, a / c).map(::value)).containsExactly(8.0, 2.0, 15.0, 2.5)
        assertThat(listOf(a + 2, a - 2, a * 2, a / 2).map(::value)).containsExactly(7.0, 3.0, 10.0, 2.5)
        assertThat(listOf(a + 0.5, a - 0.5, a * 0.5, a / 0.5).map(::value)).containsExactly(5.5, 4.5, 2.5, 10.0)
        assertThat(listOf(2 + a, 2 - a, 2 * a, 2 / a).map(::value)).containsExactly(7.0, -3.0, 10.0, 0.4)
        assertThat(listOf(0.5 + a, 0.5 - a, 0.5 * a, 0.5 / a).map(::value)).containsExactly(5.5, -4.5, 2.5, 0.1)
    }

    @Test
    fun `the page shows the lines that are compiled here`() {
        val page = Files.readString(Path.of("../docs/kotlin.md"))
        val folder = Path.of("src/test/kotlin/org/gradgraph/examples/kotlin")

        val operators = Files.readAllLines(folder.resolve("NodeOperators.kt")).filter { it.startsWith("operator fun") }
        assertThat(page).contains(operators.joinToString("\n"))
        assertThat(page).contains("val j = 3 * (a + b * c)")
    }
}
