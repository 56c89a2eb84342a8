package org.gradgraph.examples.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.data.Standardizer;
import org.gradgraph.examples.data.Table;
import org.gradgraph.examples.data.TableReader;
import org.gradgraph.exec.Feeds;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.train.Trainer;
import org.gradgraph.train.Training;
import org.junit.jupiter.api.Test;

/** What L-BFGS is good for. */
class QuasiNewtonTest {
    @Test
    void fifty_steps_of_l_bfgs_reach_a_lower_cost_than_five_thousand_of_gradient_descent() {
        Table table = TableReader.shipped("breast_cancer.csv");
        LogisticModel model = new LogisticModel(table.features());
        DMatrixRMaj x = Standardizer.of(table).apply(table.x());
        Trainer trainer = Trainer.of(model.cost())
                .data(Feeds.of(model.x(), x).and(model.y(), table.y()))
                .initialValues(Feeds.of(model.w(), new DMatrixRMaj(table.features(), 1))
                        .and(model.b(), 0));

        Training descent =
                trainer.optimizer(Optimizers.gradientDescent(0.1)).steps(5000).train();
        Training quasiNewton = trainer.optimizer(Optimizers.lbfgs()).steps(50).train();

        System.out.println("breast cancer: L-BFGS, 50 steps: " + quasiNewton.cost() + "; gradient descent, 5000 steps: "
                + descent.cost());
        assertThat(quasiNewton.cost()).isLessThan(descent.cost());
        assertThat(descent.costs()[1000]).isCloseTo(0.060577603726785056, withPercentage(1e-10));
    }
}
