package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class RecordedDecisionTests {

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void isWhatWasMarkedWhenRequestGoesOn() {
        new RecordedDecision("redirected", "https-required").markOn(request);

        assertThat(RecordedDecision.of(request))
                .isEqualTo(new RecordedDecision("redirected", "https-required"));
    }

    @Test
    void isNullWhenNothingWasDecided() {
        assertThat(RecordedDecision.of(request)).isNull();
    }
}
