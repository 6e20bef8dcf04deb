package dev.gatehouse.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The last 24 hours of something, in pieces of ten minutes, each as bad as its worst moment. */
class Strip {

    static final Duration PIECE = Duration.ofMinutes(10);
    static final int PIECES = 144;

    private final Condition[] pieces = new Condition[PIECES];
    private long newest = -1;

    synchronized void note(Instant at, Condition condition) {
        long piece = at.getEpochSecond() / PIECE.toSeconds();
        for (long p = Math.max(newest + 1, piece - PIECES + 1); p <= piece; p++) {
            pieces[index(p)] = Condition.UNKNOWN;
        }
        newest = Math.max(newest, piece);
        pieces[index(piece)] = pieces[index(piece)].worse(condition);
    }

    /** From the oldest to the newest; unknown where nobody looked. */
    synchronized List<Condition> pieces() {
        List<Condition> all = new ArrayList<>();
        for (long p = newest - PIECES + 1; p <= newest; p++) {
            Condition piece = p < 0 ? null : pieces[index(p)];
            all.add(piece == null ? Condition.UNKNOWN : piece);
        }
        return all;
    }

    private static int index(long piece) {
        return Math.toIntExact(piece % PIECES);
    }
}
