package org.gradgraph.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gradgraph.rewrite.Rule.Effect;
import org.junit.jupiter.api.Test;

/** The page docs/rewriting.md against the code. */
class RulesPageTest {
    private static final Path PAGE = Path.of("../docs/rewriting.md");

    /** The table of a family of rules, as the page has it. */
    private static String table(RuleSet rules, RuleSet without) {
        StringBuilder text = new StringBuilder("| rule | before | after | when | effect | rounding, NaN, infinity |\n");
        text.append("|---|---|---|---|---|---|\n");
        for (Rule rule : rules.rules()) {
            if (!without.rules().contains(rule)) {
                text.append("| ").append(rule.name());
                text.append(" | `").append(rule.before()).append("` | `").append(rule.after());
                text.append("` | ").append(rule.condition()).append(" | ").append(rule.effect());
                text.append(" | ").append(rule.ieee()).append(" |\n");
            }
        }
        return text.toString();
    }

    @Test
    void its_tables_are_the_rules_of_the_code() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(page).contains(table(RuleSet.exact(), RuleSet.none()));
        assertThat(page).contains(table(RuleSet.forPrograms(), RuleSet.exact()));
        assertThat(page).contains(table(RuleSet.forDerivations(), RuleSet.exact()));
    }

    @Test
    void every_rule_has_a_name_of_its_own_both_sides_and_what_happens_to_rounding() {
        List<Rule> rules = RuleSet.all();

        assertThat(rules).extracting(Rule::name).doesNotHaveDuplicates();
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.before()).isNotBlank();
            assertThat(rule.after()).isNotBlank();
            assertThat(rule.condition()).isNotBlank();
            assertThat(rule.ieee()).isNotBlank();
        });
    }

    @Test
    void programs_use_no_rule_that_is_only_true_over_the_real_numbers() {
        assertThat(RuleSet.forPrograms().rules()).noneMatch(rule -> rule.effect() == Effect.EXACT_ALGEBRA);
    }
}
