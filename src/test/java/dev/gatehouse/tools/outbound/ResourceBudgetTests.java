package dev.gatehouse.tools.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each limit of a budget. */
class ResourceBudgetTests {

    private final ResourceBudget budget = ResourceBudget.of(Duration.ofMinutes(1));

    @Test
    void stepWhenItReadsTooOftenEndsAndLeavesTheRest() throws ResourceBudget.SpentException {
        ResourceBudget step = budget.step(Duration.ofMinutes(1));
        for (int i = 0; i < 8_192; i++) {
            step.charge(1);
        }

        assertThatExceptionOfType(ResourceBudget.SpentException.class)
                .isThrownBy(() -> step.charge(1))
                .withMessage("more than 8192 pieces");
        assertThat(budget.isSpent()).isFalse();
    }

    @Test
    void stepWhenItReadsTooMuchEnds() {
        ResourceBudget step = budget.step(Duration.ofMinutes(1));

        assertThatExceptionOfType(ResourceBudget.SpentException.class)
                .isThrownBy(() -> step.charge((1 << 20) + 1))
                .withMessage("more than 1048576 bytes");
    }

    @Test
    void budgetWhenItsStepsReadTooOftenIsSpent() throws ResourceBudget.SpentException {
        for (int step = 0; step < 8; step++) {
            ResourceBudget part = budget.step(Duration.ofMinutes(1));
            for (int i = 0; i < 8_192; i++) {
                part.charge(1);
            }
        }

        assertThat(budget.isSpent()).isTrue();
    }

    @Test
    void budgetWhenItsTimeIsOverIsSpentAndSoIsALongerStep() {
        ResourceBudget over = ResourceBudget.of(Duration.ofNanos(-1));

        assertThat(over.isSpent()).isTrue();
        assertThat(over.step(Duration.ofMinutes(1)).isTimeOver()).isTrue();
        assertThat(over.remainingMillis()).isEqualTo(1);
    }

    @Test
    void budgetWhenItsThreadIsInterruptedIsSpent() {
        Thread.currentThread().interrupt();
        try {
            assertThat(budget.isSpent()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void budgetWhenItsProcessorTimeIsUsedUpIsSpent() {
        long turns = 0;
        while (!budget.isSpent()) {
            turns++;
        }

        assertThat(turns).isPositive();
    }
}
