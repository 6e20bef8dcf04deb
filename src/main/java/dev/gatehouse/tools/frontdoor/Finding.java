package dev.gatehouse.tools.frontdoor;

/**
 * One thing that was found.
 *
 * @param id what it is called, by Observatory's, hstspreload.org's or testssl.sh's name where there
 *     is one
 * @param points what it adds to the score or, mostly, takes from it
 * @param title what is so, in a sentence
 * @param sent the evidence: what was sent
 * @param received and what came back
 * @param remedy what to do, or empty where there is nothing to do
 */
record Finding(
        String id,
        Area area,
        Verdict verdict,
        int points,
        String title,
        String sent,
        String received,
        String remedy) {

    static Finding good(Area area, String id, String title, Evidence evidence) {
        return of(area, id, Verdict.GOOD, 0, title, evidence, "");
    }

    /** Good beyond what is asked for. */
    static Finding bonus(Area area, String id, int points, String title, Evidence evidence) {
        return of(area, id, Verdict.GOOD, points, title, evidence, "");
    }

    static Finding note(Area area, String id, String title, Evidence evidence) {
        return of(area, id, Verdict.NOTE, 0, title, evidence, "");
    }

    static Finding weak(
            Area area, String id, int points, String title, Evidence evidence, String remedy) {
        return of(area, id, Verdict.WEAK, -points, title, evidence, remedy);
    }

    static Finding bad(
            Area area, String id, int points, String title, Evidence evidence, String remedy) {
        return of(area, id, Verdict.BAD, -points, title, evidence, remedy);
    }

    private static Finding of(
            Area area,
            String id,
            Verdict verdict,
            int points,
            String title,
            Evidence evidence,
            String remedy) {
        return new Finding(
                id, area, verdict, points, title, evidence.sent(), evidence.received(), remedy);
    }
}
