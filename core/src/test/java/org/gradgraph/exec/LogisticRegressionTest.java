package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The graph's derivatives against those derived by hand. */
class LogisticRegressionTest {
    private final Logistic model = new Logistic(30);

    /**
     * The graph only multiplies and divides on the way from dJ to dZ, and 1 − a is the same rounded number in both forms,
     * so a dozen roundings of half an ulp each bound the relative difference: 1.4e-15.
     */
    @ParameterizedTest
    @CsvSource({"1,11", "1,12", "1,13", "3,21", "3,22", "3,23", "569,31", "569,32", "569,33"})
    void dz_equals_the_formula_derived_by_hand(int m, long seed) {
        Feeds feeds = model.random(m, seed);
        Run run = model.program().newRun().set(feeds).forward().backward();
        DMatrixRMaj a = run.value(model.a);
        DMatrixRMaj y = run.value(model.y);
        DMatrixRMaj dz = run.gradient(model.z);
        double db = 0;
        for (int j = 0; j < m; j++) {
            double expected = (a.get(0, j) - y.get(0, j)) / m;
            assertThat(dz.get(0, j)).isEqualTo(expected, within(1e-14 * Math.abs(expected)));
            db += expected;
        }
        DMatrixRMaj dw = new DMatrixRMaj(30, 1);
        CommonOps_DDRM.multTransB(run.value(model.x), dz, dw);
        for (int i = 0; i < 30; i++) {
            assertThat(run.gradient(model.w).get(i, 0)).isEqualTo(dw.get(i, 0), within(1e-14));
        }
        assertThat(run.gradient(model.b).get(0, 0)).isEqualTo(db, within(1e-14));
    }

    @Test
    void one_run_takes_any_number_of_examples_without_a_new_graph() {
        Program program = model.program();
        Run run = program.newRun();
        for (int m : new int[] {1, 3, 569, 3, 1, 5, 7, 9, 569}) {
            Feeds feeds = model.random(m, m);
            Run fresh = program.newRun().set(feeds).forward().backward();
            run.set(feeds).forward().backward();
            assertThat(run.scalar(model.cost)).isEqualTo(fresh.scalar(model.cost));
            assertThat(run.value(model.a).data).hasSize(m).containsExactly(fresh.value(model.a).data);
            assertThat(run.gradient(model.z).data).containsExactly(fresh.gradient(model.z).data);
            assertThat(run.gradient(model.w).data).containsExactly(fresh.gradient(model.w).data);
        }
    }

    @Test
    void the_loop_over_examples_equals_the_vectorized_form() {
        int m = 50;
        Feeds feeds = model.random(m, 5);
        Program program = model.program();
        Run whole = program.newRun().set(feeds).forward().backward();
        DMatrixRMaj x = whole.value(model.x);
        DMatrixRMaj y = whole.value(model.y);
        Run one = program.newRun().set(feeds);
        double cost = 0;
        double[] dw = new double[30];
        double db = 0;
        for (int j = 0; j < m; j++) {
            one.set(model.x, CommonOps_DDRM.extractColumn(x, j, null)).set(model.y, y.get(0, j));
            one.forward().backward();
            cost += one.scalar(model.cost);
            for (int i = 0; i < 30; i++) {
                dw[i] += one.gradient(model.w).get(i, 0);
            }
            db += one.gradient(model.b).get(0, 0);
        }
        assertThat(whole.scalar(model.cost)).isEqualTo(cost / m, within(1e-14));
        for (int i = 0; i < 30; i++) {
            assertThat(whole.gradient(model.w).get(i, 0)).isEqualTo(dw[i] / m, within(1e-14));
        }
        assertThat(whole.gradient(model.b).get(0, 0)).isEqualTo(db / m, within(1e-14));
    }

    @Test
    void the_figures_of_propagate() {
        Logistic two = new Logistic(2);
        Run run = two.program().newRun();
        run.set(two.w, new double[][] {{1}, {2}}).set(two.b, 1.5);
        run.set(two.x, new double[][] {{1, -2, -1}, {3, 0.5, -3.2}}).set(two.y, new double[][] {{1, 1, 0}});
        run.forward().backward();
        assertThat(run.scalar(two.cost)).isEqualTo(0.15900537707692405, within(1e-15));
        assertThat(run.gradient(two.w).get(0, 0)).isEqualTo(0.25071532, within(5e-9));
        assertThat(run.gradient(two.w).get(1, 0)).isEqualTo(-0.06604096, within(5e-9));
        assertThat(run.gradient(two.b).get(0, 0)).isEqualTo(-0.1250040450043965, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,2", "569,3"})
    void the_hessian_vector_product_equals_the_formula_derived_by_hand(int m, long seed) {
        Feeds feeds = model.random(m, seed);
        DMatrixRMaj vector = Logistic.gaussian(30, 1, new Random(seed + 100));
        Node v = Node.input("v", 30, 1);
        Node hvp = Derivatives.hvp(model.cost, model.w, v);

        Run run =
                Program.of(hvp).keepingAll().newRun().set(feeds).set(v, vector).forward();
        DMatrixRMaj actual = run.value(hvp);

        // (1/m) X D Xᵀ v with D = diag(a(1−a))
        DMatrixRMaj x = run.value(model.x);
        DMatrixRMaj a = run.value(model.a);
        DMatrixRMaj along = new DMatrixRMaj(m, 1);
        CommonOps_DDRM.multTransA(x, vector, along);
        for (int j = 0; j < m; j++) {
            double p = a.get(0, j);
            along.set(j, 0, along.get(j, 0) * p * (1 - p) / m);
        }
        DMatrixRMaj expected = new DMatrixRMaj(30, 1);
        CommonOps_DDRM.mult(x, along, expected);
        for (int i = 0; i < 30; i++) {
            assertThat(actual.get(i, 0)).isEqualTo(expected.get(i, 0), within(1e-12));
        }
    }
}
