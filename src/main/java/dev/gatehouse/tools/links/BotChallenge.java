package dev.gatehouse.tools.links;

import dev.gatehouse.tools.outbound.PageResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Recognizes pages that challenge bots in place of the page that was requested. */
final class BotChallenge {

    /** Only short pages are challenges; a long one with a captcha is a page with a form. */
    private static final int LARGEST = 60_000;

    /** What only a challenge has in its source, in lower case. */
    private static final Map<String, String> MARKS =
            Map.of(
                    "/cdn-cgi/challenge-platform/h/", "a challenge of Cloudflare",
                    "window._cf_chl_opt", "a challenge of Cloudflare",
                    "captcha-delivery.com", "a captcha of DataDome",
                    "_incapsula_resource", "a challenge of Imperva",
                    "px-captcha", "a captcha of HUMAN",
                    "awswafintegration", "a challenge of AWS WAF",
                    "/recaptcha/challengepage/", "a captcha page",
                    "google.com/sorry/", "a captcha page");

    /** Titles of captcha pages, which have a captcha in them too. */
    private static final List<String> TITLES =
            List.of("captcha", "are you human", "are you a robot", "robot check", "security check");

    private static final List<String> CAPTCHAS =
            List.of("g-recaptcha", "h-captcha", "cf-turnstile");

    private BotChallenge() {}

    /** What shows that the response is a challenge, in words. */
    static Optional<String> of(PageResponse response) {
        if (response.header("cf-mitigated").isPresent()) {
            return Optional.of("a challenge of Cloudflare");
        }
        if (response.header("x-amzn-waf-action").isPresent()) {
            return Optional.of("a challenge of AWS WAF");
        }
        byte[] body = response.body().bytes();
        if (body.length == 0 || body.length > LARGEST || !response.mediaType().contains("html")) {
            return Optional.empty();
        }
        String source = response.text().toLowerCase(Locale.ROOT);
        Optional<String> mark =
                MARKS.entrySet().stream()
                        .filter(entry -> source.contains(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst();
        if (mark.isPresent()) {
            return mark;
        }
        String title = title(source);
        boolean captcha = CAPTCHAS.stream().anyMatch(source::contains);
        return captcha && TITLES.stream().anyMatch(title::contains)
                ? Optional.of("a captcha page")
                : Optional.empty();
    }

    private static String title(String source) {
        int start = source.indexOf("<title");
        int end = source.indexOf("</title", start + 1);
        return start < 0 || end < 0 ? "" : source.substring(start, end);
    }
}
