package dev.gatehouse.tools.links;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tools.links.LinkFacts.Answered;
import dev.gatehouse.tools.links.LinkFacts.Ending;
import dev.gatehouse.tools.links.LinkFacts.Endless;
import dev.gatehouse.tools.links.LinkFacts.Failed;
import dev.gatehouse.tools.links.LinkFacts.Hop;
import dev.gatehouse.tools.links.LinkFacts.Invalid;
import dev.gatehouse.tools.links.LinkFacts.NotRequested;
import dev.gatehouse.tools.outbound.FetchResult.CertificateProblem;
import dev.gatehouse.tools.outbound.FetchResult.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTests {

    private static final Ending OK = new Answered(200, null);
    private static final Hop PERMANENT = new Hop("http://a/1", 301, "http://a/2");
    private static final Hop TEMPORARY = new Hop("http://a/2", 302, "http://a/3");

    @ParameterizedTest
    @CsvSource({
        "200, OK",
        "204, OK",
        "206, OK",
        "300, BROKEN",
        "304, BROKEN",
        "400, BROKEN",
        "401, UNKNOWN",
        "403, UNKNOWN",
        "404, BROKEN",
        "405, BROKEN",
        "407, UNKNOWN",
        "410, BROKEN",
        "429, UNKNOWN",
        "451, UNKNOWN",
        "500, BROKEN",
        "503, BROKEN",
        "999, UNKNOWN"
    })
    void statusWhenItEndsTheLinkDecides(int status, LinkVerdict expected) {
        Judgement judgement = judge(new Answered(status, null));
        assertThat(judgement.verdict()).isEqualTo(expected);
        assertThat(judgement.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "NO_ADDRESS, BROKEN", "LOOKUP_FAILED, UNKNOWN", "REFUSED, BROKEN", "UNREACHABLE, BROKEN",
        "RESET, BROKEN", "TIMED_OUT, BROKEN", "CERTIFICATE, BROKEN", "TLS, BROKEN",
        "NOT_HTTP, BROKEN", "HEAD_TOO_LARGE, UNKNOWN", "CANCELLED, SKIPPED"
    })
    void failureWhenItEndsTheLinkDecides(Failure failure, LinkVerdict expected) {
        Judgement judgement = judge(new Failed(failure, "detail", null));
        assertThat(judgement.verdict()).isEqualTo(expected);
        assertThat(judgement.status()).isNull();
        assertThat(judgement.reason()).isNotEmpty();
    }

    @Test
    void reasonWhenTheCertificateIsBadNamesTheProblem() {
        assertThat(
                        judge(new Failed(Failure.CERTIFICATE, "x", CertificateProblem.WRONG_NAME))
                                .reason())
                .isEqualTo("The certificate is not accepted: wrong name.");
    }

    @Test
    void botChallengeIsUnknownWhateverTheStatus() {
        Judgement judgement = judge(new Answered(200, "a challenge of Cloudflare"));
        assertThat(judgement.verdict()).isEqualTo(LinkVerdict.UNKNOWN);
        assertThat(judgement.reason()).contains("a challenge of Cloudflare");
    }

    @Test
    void otherEndingsWhenMetAreSkippedOrBroken() {
        assertThat(judge(new NotRequested("robots.txt")).verdict()).isEqualTo(LinkVerdict.SKIPPED);
        assertThat(judge(new Invalid()).verdict()).isEqualTo(LinkVerdict.BROKEN);
        assertThat(judge(new Endless("circle"), PERMANENT).verdict()).isEqualTo(LinkVerdict.BROKEN);
    }

    @Test
    void targetOfAFormWithPostWhenItRefusesGetIsUnknown() {
        LinkFacts posted =
                new LinkFacts(new Answered(405, null), List.of(), true, false, null, null);
        assertThat(Judgement.of(posted).verdict()).isEqualTo(LinkVerdict.UNKNOWN);
        LinkFacts gone = new LinkFacts(new Answered(410, null), List.of(), true, false, null, null);
        assertThat(Judgement.of(gone).verdict()).isEqualTo(LinkVerdict.BROKEN);
    }

    @Test
    void verdictWhenSeveralApplyIsTheFirstAndNamesTheOthers() {
        Judgement all = judge(OK, List.of(PERMANENT), true, "x", "https://a/1");
        assertThat(all.verdict()).isEqualTo(LinkVerdict.SOFT_404);
        assertThat(all.also())
                .containsExactly(
                        LinkVerdict.BAD_FRAGMENT, LinkVerdict.INSECURE, LinkVerdict.REDIRECTED);
        Judgement three = judge(OK, List.of(PERMANENT), false, "x", "https://a/1");
        assertThat(three.verdict()).isEqualTo(LinkVerdict.BAD_FRAGMENT);
        assertThat(three.reason()).contains("\"x\"");
        Judgement two = judge(OK, List.of(PERMANENT), false, null, "https://a/1");
        assertThat(two.verdict()).isEqualTo(LinkVerdict.INSECURE);
        assertThat(two.also()).containsExactly(LinkVerdict.REDIRECTED);
        Judgement broken =
                judge(new Answered(404, null), List.of(PERMANENT), true, "x", "https://a/1");
        assertThat(broken.verdict()).isEqualTo(LinkVerdict.BROKEN);
        assertThat(broken.also()).containsExactly(LinkVerdict.REDIRECTED);
        assertThat(judge(OK).also()).isEmpty();
    }

    @Test
    void rewriteWhenTheLinkIsThereIsHttpsElseTheEndOfPermanentRedirects() {
        assertThat(judge(OK, List.of(PERMANENT), false, null, "https://a/1").rewrite())
                .isEqualTo("https://a/1");
        assertThat(judge(OK, PERMANENT).rewrite()).isEqualTo("http://a/2");
        assertThat(judge(OK, TEMPORARY).rewrite()).isNull();
        assertThat(judge(OK, PERMANENT, TEMPORARY).rewrite()).isNull();
        assertThat(judge(new Answered(404, null), PERMANENT).rewrite()).isNull();
        assertThat(judge(OK).rewrite()).isNull();
    }

    @Test
    void reasonWhenRedirectedTellsTheKind() {
        assertThat(judge(OK, PERMANENT).reason())
                .isEqualTo("A permanent redirect (301) leads to http://a/2.");
        assertThat(judge(OK, TEMPORARY).reason())
                .isEqualTo("A temporary redirect (302) leads to http://a/3.");
        assertThat(judge(OK, PERMANENT, TEMPORARY).reason())
                .isEqualTo("2 redirects, one after the other, lead to http://a/3.");
    }

    private static Judgement judge(Ending ending, Hop... redirects) {
        return judge(ending, List.of(redirects), false, null, null);
    }

    private static Judgement judge(
            Ending ending,
            List<Hop> redirects,
            boolean soft,
            @Nullable String fragment,
            @Nullable String https) {
        return Judgement.of(new LinkFacts(ending, redirects, false, soft, fragment, https));
    }
}
