package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VisitorAnswersTests {

    private final VisitorAnswers answers = new VisitorAnswers(Duration.ofSeconds(10));

    @Test
    void hasNoEvidenceWhenNoVisitorWasAnswered() {
        assertThat(answers.ageNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void takesAnswerForEvidenceWhenConnectionIsFresh() {
        answers.answered(acceptedAgo(Duration.ofSeconds(9)));

        assertThat(answers.ageNanos()).isLessThan(Long.MAX_VALUE);
    }

    @Test
    void takesAnswerForNoEvidenceWhenConnectionIsOlder() {
        answers.answered(acceptedAgo(Duration.ofSeconds(11)));

        assertThat(answers.ageNanos()).isEqualTo(Long.MAX_VALUE);
    }

    private static ConnectionProgress acceptedAgo(Duration age) {
        return new ConnectionProgress(System.nanoTime() - age.toNanos());
    }
}
