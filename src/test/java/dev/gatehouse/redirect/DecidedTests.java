package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class DecidedTests {

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void isWhatWasMarkedWhenRequestGoesOn() {
        new Decided("redirected", "https-required").markOn(request);

        assertThat(Decided.of(request)).isEqualTo(new Decided("redirected", "https-required"));
    }

    @Test
    void isNullWhenNothingWasDecided() {
        assertThat(Decided.of(request)).isNull();
    }
}
