package dev.gatehouse.tools.outbound;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcome of a fetch. A failure is a result. */
public sealed interface FetchResult {

    /** The URL of the last request. */
    HttpUrl url();

    /** The redirects that led to it, the first one first. */
    List<Redirect> redirects();

    /** A response came, of whatever status. */
    record Fetched(List<Redirect> redirects, PageResponse response) implements FetchResult {

        @Override
        public HttpUrl url() {
            return response.url();
        }
    }

    /**
     * No response came.
     *
     * @param detail in words
     * @param certificate what is wrong with it, if the failure is {@link Failure#CERTIFICATE}
     */
    record Failed(
            HttpUrl url,
            List<Redirect> redirects,
            Failure failure,
            String detail,
            @Nullable CertificateProblem certificate)
            implements FetchResult {}

    /** The URL may not be visited; nothing was sent. */
    record Refused(HttpUrl url, List<Redirect> redirects, TargetRefusal refusal)
            implements FetchResult {}

    /** How a fetch fails. */
    enum Failure {
        /** The name has no public address. Unknown names and internal ones look alike. */
        NO_ADDRESS,
        /** The name could not be looked up now. */
        LOOKUP_FAILED,
        /** Nothing listens there. */
        REFUSED,
        /** No route leads there. */
        UNREACHABLE,
        /** The connection was closed before the response was complete. */
        RESET,
        /** No response in time. */
        TIMED_OUT,
        /** A browser would warn of the certificate. */
        CERTIFICATE,
        /** The TLS handshake failed otherwise. */
        TLS,
        /** What came is not HTTP. */
        NOT_HTTP,
        /** The head of the response is larger than is read. */
        HEAD_TOO_LARGE,
        /** More redirects than are followed. */
        TOO_MANY_REDIRECTS,
        /** A redirect led back to where it came from. */
        REDIRECT_LOOP,
        /** The thread was interrupted. */
        CANCELLED;

        /** Whether the next attempt may well succeed. */
        public boolean isTransient() {
            return this == LOOKUP_FAILED || this == RESET || this == TIMED_OUT;
        }
    }

    /** Why a browser would not accept a certificate. */
    enum CertificateProblem {
        EXPIRED,
        NOT_YET_VALID,
        WRONG_NAME,
        SELF_SIGNED,
        UNKNOWN_ISSUER,
        /** Such as a weak algorithm. */
        NOT_ACCEPTED
    }
}
