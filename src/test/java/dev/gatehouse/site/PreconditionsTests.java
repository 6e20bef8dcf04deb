package dev.gatehouse.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** RFC 9110, 13, for a representation with the ETag "a,b" of Sun, 06 Nov 1994 08:49:37 GMT. */
class PreconditionsTests {

    private static final String ETAG = "\"a,b\"";

    private static final Instant NOW = Instant.parse("1994-11-06T09:00:00Z");

    private static final HttpDate MODIFIED =
            HttpDate.lastModified(Instant.parse("1994-11-06T08:49:37.9Z"), NOW);

    /**
     * Fields are separated by a bar; {@code @}, {@code <} and {@code >} are same, older and newer
     * dates.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "; PASSED",
                // If-Match: strong comparison
                "If-Match: *; PASSED",
                "If-Match: \"a,b\"; PASSED",
                "If-Match: \"x\", \"a,b\"; PASSED",
                "If-Match: \"x\"|If-Match: \"a,b\"; PASSED",
                "If-Match: ,\"x\" ,, \"a,b\",; PASSED",
                "If-Match: \"x\"; FAILED",
                "If-Match: W/\"a,b\"; FAILED",
                "If-Match: \"a,b; FAILED",
                "If-Match: a,b; FAILED",
                "If-Match: \"xa,b\"; FAILED",
                "If-Match: \"x\", *; FAILED",
                "If-Match: ; FAILED",
                // If-Unmodified-Since
                "If-Unmodified-Since: @; PASSED",
                "If-Unmodified-Since: >; PASSED",
                "If-Unmodified-Since: <; FAILED",
                "If-Unmodified-Since: yesterday; PASSED",
                "If-Unmodified-Since: <|If-Unmodified-Since: <; PASSED",
                // If-Match takes precedence over If-Unmodified-Since
                "If-Match: \"a,b\"|If-Unmodified-Since: <; PASSED",
                "If-Match: \"x\"|If-Unmodified-Since: >; FAILED",
                // If-None-Match: weak comparison
                "If-None-Match: *; NOT_MODIFIED",
                "If-None-Match: \"a,b\"; NOT_MODIFIED",
                "If-None-Match: W/\"a,b\"; NOT_MODIFIED",
                "If-None-Match: \"x\", W/\"a,b\"; NOT_MODIFIED",
                "If-None-Match: \"x\"|If-None-Match: \"a,b\"; NOT_MODIFIED",
                "If-None-Match: \"x\"; PASSED",
                "If-None-Match: w/\"x\"; PASSED",
                "If-None-Match: ; PASSED",
                // If-Modified-Since
                "If-Modified-Since: @; NOT_MODIFIED",
                "If-Modified-Since: >; NOT_MODIFIED",
                "If-Modified-Since: <; PASSED",
                "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT; NOT_MODIFIED",
                "If-Modified-Since: Sun Nov  6 08:49:37 1994; NOT_MODIFIED",
                "If-Modified-Since: 0; PASSED",
                "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 PST; PASSED",
                "If-Modified-Since: @|If-Modified-Since: @; PASSED",
                // If-None-Match takes precedence over If-Modified-Since
                "If-None-Match: \"x\"|If-Modified-Since: @; PASSED",
                "If-None-Match: \"a,b\"|If-Modified-Since: <; NOT_MODIFIED",
                // 13.2.2: the first two before the last two
                "If-Match: \"a,b\"|If-None-Match: \"a,b\"; NOT_MODIFIED",
                "If-Match: \"x\"|If-None-Match: \"a,b\"; FAILED",
                "If-Match: \"a,b\"|If-None-Match: \"x\"; PASSED",
                "If-Match: \"a,b\"|If-Modified-Since: @; NOT_MODIFIED",
                "If-Unmodified-Since: >|If-None-Match: \"a,b\"; NOT_MODIFIED",
                "If-Unmodified-Since: <|If-None-Match: \"a,b\"; FAILED",
                "If-Unmodified-Since: @|If-Modified-Since: @; NOT_MODIFIED",
                "If-Unmodified-Since: @|If-Modified-Since: <; PASSED"
            })
    void requestWhenItHasConditionsHasTheOutcomeOfTheRfc(
            String fields, Preconditions.Outcome outcome) {
        assertThat(Preconditions.evaluate(request(fields), ETAG, MODIFIED)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "If-Range: \"a,b\"", "If-Range: @"})
    void rangeWhenItsConditionHoldsIsWanted(String fields) {
        assertThat(Preconditions.isRangeWanted(request(fields), ETAG, MODIFIED, NOW)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "If-Range: \"x\"",
                "If-Range: W/\"a,b\"",
                "If-Range: *",
                "If-Range: \"x\", \"a,b\"",
                "If-Range: <",
                "If-Range: >",
                "If-Range: @|If-Range: @",
                "If-Range: yesterday"
            })
    void rangeWhenItsConditionDoesNotHoldIsNotWanted(String fields) {
        assertThat(Preconditions.isRangeWanted(request(fields), ETAG, MODIFIED, NOW)).isFalse();
    }

    @Test
    void rangeWhenItsDateIsOfTheLastMinuteIsNotWanted() {
        Instant soon = Instant.parse("1994-11-06T08:50:00Z");

        assertThat(Preconditions.isRangeWanted(request("If-Range: @"), ETAG, MODIFIED, soon))
                .isFalse();
    }

    private static MockHttpServletRequest request(String fields) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        for (String field : fields == null ? new String[0] : fields.split("\\|")) {
            String[] parts = field.split(": ?", 2);
            if (parts.length == 2) {
                request.addHeader(parts[0], date(parts[1]));
            }
        }
        return request;
    }

    private static String date(String value) {
        return switch (value) {
            case "@" -> "Sun, 06 Nov 1994 08:49:37 GMT";
            case "<" -> "Sun, 06 Nov 1994 08:49:36 GMT";
            case ">" -> "Sun, 06 Nov 1994 08:49:38 GMT";
            default -> value;
        };
    }
}
