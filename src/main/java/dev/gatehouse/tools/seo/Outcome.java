package dev.gatehouse.tools.seo;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a rule concludes. */
enum Outcome {
    PASS("pass", "Passed"),
    FAIL("fail", "Failed"),
    NOT_APPLICABLE("not-applicable", "Not applicable"),
    /** Worth knowing, and no part of a score. */
    INFO("info", "Information");

    private final String tag;
    private final String text;

    Outcome(String tag, String text) {
        this.tag = tag;
        this.text = text;
    }

    /** As it stands in a report. */
    @JsonValue
    String tag() {
        return tag;
    }

    /** For people. */
    String text() {
        return text;
    }
}
