package dev.gatehouse.acme;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.springframework.core.NestedExceptionUtils;

/** What acme4j and the certificate authority's problem documents (RFC 8555, 6.7) say, in kinds. */
final class AcmeFailures {

    private static final String PREFIX = "urn:ietf:params:acme:error:";

    private AcmeFailures() {}

    static boolean isOfType(AcmeServerException ex, String type) {
        return ex.getType().toString().equals(PREFIX + type);
    }

    /**
     * @param retryAfter the Retry-After of the last error, or null
     */
    static AcmeFailure of(Exception thrown, @Nullable Instant retryAfter) {
        Throwable ex =
                thrown instanceof AcmeLazyLoadingException && thrown.getCause() != null
                        ? thrown.getCause()
                        : thrown;
        return switch (ex) {
            case AcmeRateLimitedException limited ->
                    new AcmeFailure(
                            FailureKind.RATE_LIMIT,
                            limited.getProblem().toString(),
                            limited.getRetryAfter().orElse(retryAfter),
                            limited);
            case AcmeServerException server ->
                    new AcmeFailure(
                            kind(server.getProblem(), FailureKind.ACCOUNT),
                            server.getProblem().toString(),
                            retryAfter,
                            server);
            case AcmeNetworkException network ->
                    new AcmeFailure(
                            FailureKind.UNREACHABLE, networkMessage(network), null, network);
            case AcmeProtocolException protocol ->
                    new AcmeFailure(
                            FailureKind.CA_ERROR,
                            "it does not speak ACME: " + rootMessage(protocol),
                            retryAfter,
                            protocol);
            case AcmeException other -> // an HTTP status without a problem document
                    new AcmeFailure(FailureKind.CA_ERROR, rootMessage(other), retryAfter, other);
            default ->
                    new AcmeFailure(
                            FailureKind.CA_ERROR,
                            "its answer cannot be used: " + rootMessage(ex),
                            retryAfter,
                            ex);
        };
    }

    /** A name that was not proved. */
    static AcmeFailure ofChallenge(String name, @Nullable Problem problem) {
        return problem == null
                ? new AcmeFailure(FailureKind.WRONG_ANSWER, name + " was not proved")
                : new AcmeFailure(kind(problem, FailureKind.WRONG_ANSWER), name + ": " + problem);
    }

    /** An order that came to nothing. */
    static AcmeFailure ofOrder(@Nullable Problem problem) {
        return problem == null
                ? new AcmeFailure(FailureKind.CA_ERROR, "the order is invalid")
                : new AcmeFailure(kind(problem, FailureKind.CA_ERROR), problem.toString());
    }

    /**
     * @param unauthorized what "unauthorized" means: of an account, or of an answer to a challenge
     */
    private static FailureKind kind(Problem problem, FailureKind unauthorized) {
        String type = problem.getType().toString();
        if (!type.startsWith(PREFIX)) {
            return FailureKind.CA_ERROR;
        }
        return switch (type.substring(PREFIX.length())) {
            case "dns" -> FailureKind.DNS;
            case "connection", "tls" -> FailureKind.CONNECTION;
            case "unauthorized", "incorrectResponse" -> unauthorized;
            case "caa" -> FailureKind.CAA;
            case "rateLimited" -> FailureKind.RATE_LIMIT;
            case "rejectedIdentifier", "unsupportedIdentifier" -> FailureKind.NAME_REFUSED;
            case "accountDoesNotExist",
                    "externalAccountRequired",
                    "invalidContact",
                    "unsupportedContact",
                    "userActionRequired",
                    "badPublicKey",
                    "badSignatureAlgorithm" ->
                    FailureKind.ACCOUNT;
            case "invalidProfile" -> FailureKind.PROFILE;
            default -> FailureKind.CA_ERROR;
        };
    }

    static URL url(String text) {
        try {
            return URI.create(text).toURL();
        } catch (MalformedURLException | IllegalArgumentException ex) {
            throw new AcmeProtocolException("'" + text + "' is no URL", ex);
        }
    }

    private static String rootMessage(Throwable ex) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
        return root.getMessage() == null
                ? root.getClass().getSimpleName()
                : root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    /** Java's HTTP client says neither of the first two in a message. */
    private static String networkMessage(AcmeNetworkException ex) {
        return switch (NestedExceptionUtils.getMostSpecificCause(ex)) {
            case UnresolvedAddressException _ -> "its name does not resolve";
            case ClosedChannelException _ -> "it cannot be connected to";
            default -> rootMessage(ex);
        };
    }
}
