package dev.gatehouse.tools.frontdoor;

import java.util.Map;

/**
 * One result of a check.
 *
 * @param id by the name of Observatory, hstspreload.org or testssl.sh where there is one
 * @param points what it adds to the score or, mostly, takes from it
 * @param title the result in a sentence
 * @param sent what was sent to find it out
 * @param received what was received
 * @param remedy what to do, or empty
 */
record Finding(
        String id,
        Area area,
        Rating verdict,
        int points,
        String title,
        String sent,
        String received,
        String remedy) {

    static Finding good(Area area, String id, String title, Transcript transcript) {
        return of(area, id, Rating.GOOD, 0, title, transcript, "");
    }

    /** Better than required. */
    static Finding bonus(Area area, String id, int points, String title, Transcript transcript) {
        return of(area, id, Rating.GOOD, points, title, transcript, "");
    }

    static Finding note(Area area, String id, String title, Transcript transcript) {
        return of(area, id, Rating.NOTE, 0, title, transcript, "");
    }

    static Finding weak(
            Area area, String id, int points, String title, Transcript transcript, String remedy) {
        return of(area, id, Rating.WEAK, -points, title, transcript, remedy);
    }

    static Finding bad(
            Area area, String id, int points, String title, Transcript transcript, String remedy) {
        return of(area, id, Rating.BAD, -points, title, transcript, remedy);
    }

    static Finding notTested(Area area, String id, String title, Transcript transcript) {
        return of(area, id, Rating.NOT_TESTED, 0, title, transcript, "");
    }

    private static Finding of(
            Area area,
            String id,
            Rating verdict,
            int points,
            String title,
            Transcript transcript,
            String remedy) {
        return new Finding(
                id, area, verdict, points, title, transcript.sent(), transcript.received(), remedy);
    }

    /** The same finding, whose long texts are one object with equal ones: results are kept. */
    Finding sharingTexts(Map<String, String> texts) {
        return new Finding(
                id,
                area,
                verdict,
                points,
                title,
                texts.computeIfAbsent(sent, text -> text),
                texts.computeIfAbsent(received, text -> text),
                remedy);
    }
}
