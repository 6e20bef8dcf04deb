package dev.gatehouse.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-" + TRACE + "-00f067aa0ba902b7-01",
                "01-" + TRACE + "-00f067aa0ba902b7-00-more"
            })
    void takeTraceIdWhenTraceparentIsValid(String traceparent) {
        RequestId id = RequestId.of(traceparent);

        assertThat(id).hasToString(TRACE);
    }

    @Test
    void makeAnotherOneEachTimeWhenRandom() {
        assertThat(RequestId.random()).isNotEqualTo(RequestId.random());
        assertThat(RequestId.random().toString()).matches("[0-9a-f]{32}");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00",
                TRACE,
                "ff-" + TRACE + "-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-" + TRACE + "-00F067AA0BA902B7-01",
                "00-" + TRACE + "-00f067aa0ba902b7-01\n"
            })
    void takeNothingWhenTraceparentIsNotValid(@Nullable String traceparent) {
        assertThat(RequestId.of(traceparent)).isNull();
    }
}
