package dev.gatehouse.tools.frontdoor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** A+ to F, by MDN Observatory's chart. */
enum Grade {
    A_PLUS("A+", 100),
    A("A", 90),
    A_MINUS("A-", 85),
    B_PLUS("B+", 80),
    B("B", 70),
    B_MINUS("B-", 65),
    C_PLUS("C+", 60),
    C("C", 50),
    C_MINUS("C-", 45),
    D_PLUS("D+", 40),
    D("D", 30),
    D_MINUS("D-", 25),
    F("F", 0);

    private final String text;
    private final int lowestScore;

    Grade(String text, int lowestScore) {
        this.text = text;
        this.lowestScore = lowestScore;
    }

    static Grade of(int score) {
        return Arrays.stream(values())
                .filter(grade -> score >= grade.lowestScore)
                .findFirst()
                .orElse(F);
    }

    /** For people to read. */
    String text() {
        return text;
    }

    /** Its letter alone, as it stands in class names. */
    String tag() {
        return text.substring(0, 1).toLowerCase(Locale.ROOT);
    }

    /** For JSON too. */
    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
