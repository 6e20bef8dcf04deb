package dev.gatehouse.redirect;

import dev.gatehouse.gateway.PathPatterns;
import dev.gatehouse.redirect.RedirectDecision.Served;

/** Paths that are served over plain HTTP to anybody. */
class PathExemption implements Rule {

    private static final Finding SERVED =
            Finding.decided(new Served(Reason.PATH), "the path matches one of them");
    private static final Finding OTHER = Finding.passed("the path matches none of them");
    private static final Finding NOT_NORMAL =
            Finding.passed("the path changes by normalising, and such a path is never exempt");

    private final PathPatterns patterns;

    PathExemption(PathPatterns patterns) {
        this.patterns = patterns;
    }

    @Override
    public String name() {
        return "paths";
    }

    @Override
    public String describe() {
        return patterns.toString();
    }

    @Override
    public Finding examine(ExaminedRequest request) {
        if (!request.path().isNormal()) {
            return NOT_NORMAL;
        }
        return patterns.match(request.path()) ? SERVED : OTHER;
    }
}
