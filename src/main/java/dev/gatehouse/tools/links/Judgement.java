package dev.gatehouse.tools.links;

import dev.gatehouse.tools.links.LinkFacts.Answered;
import dev.gatehouse.tools.links.LinkFacts.Endless;
import dev.gatehouse.tools.links.LinkFacts.Failed;
import dev.gatehouse.tools.links.LinkFacts.Hop;
import dev.gatehouse.tools.links.LinkFacts.Invalid;
import dev.gatehouse.tools.links.LinkFacts.NotRequested;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on a link: a pure function of its facts.
 *
 * @param also the other verdicts that apply
 * @param status of the last response, or null where there was none
 * @param reason in a sentence
 * @param rewrite the URL to write in place of this one, or null
 */
record Judgement(
        LinkVerdict verdict,
        List<LinkVerdict> also,
        @Nullable Integer status,
        String reason,
        @Nullable String rewrite) {

    private record Reason(LinkVerdict verdict, String text) {}

    static Judgement of(LinkFacts facts) {
        List<Reason> reasons = new ArrayList<>();
        Reason ending = ending(facts);
        if (ending != null) {
            reasons.add(ending);
        } else {
            if (facts.isSoft404()) {
                reasons.add(
                        new Reason(
                                LinkVerdict.SOFT_404,
                                "The server answers 200 with the page that it sends for a path that"
                                        + " does not exist."));
            }
            if (facts.missingFragment() != null) {
                reasons.add(
                        new Reason(
                                LinkVerdict.BAD_FRAGMENT,
                                "No element of the page has the id or name \"%s\"."
                                        .formatted(facts.missingFragment())));
            }
            if (facts.https() != null) {
                reasons.add(
                        new Reason(
                                LinkVerdict.INSECURE,
                                "It says http, and https answers with the same content."));
            }
        }
        if (!facts.redirects().isEmpty()) {
            reasons.add(new Reason(LinkVerdict.REDIRECTED, redirect(facts.redirects())));
        }
        if (reasons.isEmpty()) {
            reasons.add(new Reason(LinkVerdict.OK, ""));
        }
        return new Judgement(
                reasons.getFirst().verdict(),
                reasons.stream().skip(1).map(Reason::verdict).toList(),
                facts.ending() instanceof Answered(int status, _) ? status : null,
                reasons.getFirst().text(),
                rewrite(facts, ending == null));
    }

    /** Skipped, unknown or broken; null where the page was there. */
    private static @Nullable Reason ending(LinkFacts facts) {
        return switch (facts.ending()) {
            case NotRequested(String reason) -> new Reason(LinkVerdict.SKIPPED, reason);
            case Invalid() -> new Reason(LinkVerdict.BROKEN, "The URL is invalid.");
            case Endless(String reason) -> new Reason(LinkVerdict.BROKEN, reason);
            case Failed failed -> failed(failed);
            case Answered(_, String challenge) when challenge != null ->
                    new Reason(LinkVerdict.UNKNOWN, "A bot challenge answered: " + challenge + ".");
            case Answered(int status, _) -> status(status, facts.onlyPosted());
        };
    }

    private static Reason failed(Failed failed) {
        return switch (failed.failure()) {
            case NO_ADDRESS ->
                    new Reason(
                            LinkVerdict.BROKEN, "The name does not resolve to public addresses.");
            case LOOKUP_FAILED ->
                    new Reason(LinkVerdict.UNKNOWN, "The name could not be looked up now.");
            case REFUSED -> new Reason(LinkVerdict.BROKEN, "The connection is refused.");
            case UNREACHABLE -> new Reason(LinkVerdict.BROKEN, "No route leads to the host.");
            case RESET ->
                    new Reason(LinkVerdict.BROKEN, "The connection is closed before the response.");
            case TIMED_OUT ->
                    new Reason(LinkVerdict.BROKEN, "No response in time, also when retried.");
            case CERTIFICATE -> new Reason(LinkVerdict.BROKEN, certificate(failed));
            case TLS ->
                    new Reason(
                            LinkVerdict.BROKEN,
                            "The TLS handshake fails: " + failed.detail() + ".");
            case NOT_HTTP -> new Reason(LinkVerdict.BROKEN, "What answers is not HTTP.");
            case HEAD_TOO_LARGE ->
                    new Reason(
                            LinkVerdict.UNKNOWN, "The head of the response is too large to read.");
            case TOO_MANY_REDIRECTS ->
                    new Reason(LinkVerdict.BROKEN, "There are too many redirects.");
            case REDIRECT_LOOP -> new Reason(LinkVerdict.BROKEN, "The redirects lead in a circle.");
            case CANCELLED ->
                    new Reason(LinkVerdict.SKIPPED, "The check ended before its response.");
        };
    }

    private static String certificate(Failed failed) {
        return failed.certificate() == null
                ? "The certificate is not accepted."
                : "The certificate is not accepted: "
                        + failed.certificate().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + ".";
    }

    /** Whether a status says that the link is broken, or that this check may not see the page. */
    private static @Nullable Reason status(int status, boolean onlyPosted) {
        if (status >= 200 && status < 300) {
            return null;
        }
        String unknown =
                switch (status) {
                    case 401, 407 -> "The page needs a login.";
                    case 403 ->
                            "The server refuses this check (403), which may not apply to visitors.";
                    case 429 -> "The server has too many requests of this check (429).";
                    case 451 -> "The page may not be shown here for legal reasons (451).";
                    case 999 -> "The server refuses all checks (999).";
                    default -> "";
                };
        if (!unknown.isEmpty()) {
            return new Reason(LinkVerdict.UNKNOWN, unknown);
        }
        if (onlyPosted && List.of(400, 404, 405, 411, 415, 422, 501).contains(status)) {
            return new Reason(
                    LinkVerdict.UNKNOWN,
                    "The form's target answers %d to GET; the form sends POST.".formatted(status));
        }
        return new Reason(
                LinkVerdict.BROKEN,
                status < 400
                        ? "The server answers %d without saying where to go.".formatted(status)
                        : "The server answers %d.".formatted(status));
    }

    private static String redirect(List<Hop> hops) {
        String end = hops.getLast().location();
        if (hops.size() > 1) {
            return "%d redirects, one after the other, lead to %s.".formatted(hops.size(), end);
        }
        return "A %s redirect (%d) leads to %s."
                .formatted(
                        hops.getFirst().isPermanent() ? "permanent" : "temporary",
                        hops.getFirst().status(),
                        end);
    }

    /** The https URL, else the end of redirects that are all permanent, where that is there. */
    private static @Nullable String rewrite(LinkFacts facts, boolean isThere) {
        if (!isThere) {
            return null;
        }
        if (facts.https() != null) {
            return facts.https();
        }
        boolean permanent =
                !facts.redirects().isEmpty()
                        && facts.redirects().stream().allMatch(Hop::isPermanent);
        return permanent ? facts.redirects().getLast().location() : null;
    }
}
