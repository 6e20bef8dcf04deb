package dev.gatehouse.tools.outbound;

import dev.gatehouse.config.ExceptionCauses;
import dev.gatehouse.tools.outbound.FetchResult.Failed;
import dev.gatehouse.tools.outbound.FetchResult.Failure;
import dev.gatehouse.tools.outbound.FetchResult.Fetched;
import dev.gatehouse.tools.outbound.FetchResult.Refused;
import dev.gatehouse.tools.outbound.VerifyingTrustManager.RejectedCertificateException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.ModalCloseable;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.util.function.SingletonSupplier;

/**
 * Fetches pages of other hosts, under the guard and within bounds, on connections that are kept and
 * shared by all who fetch. It speaks HTTP/1.1 and keeps no cookies. The thread that fetches waits:
 * it is a platform thread of a job.
 */
public final class CrawlClient implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 256;
    private static final int LONGEST_HEADER_LINE = 16_384;
    private static final int MOST_HEADERS = 200;
    private static final TimeValue KEPT_IDLE = TimeValue.ofSeconds(15);
    private static final String ACCEPT = "text/html,application/xhtml+xml,*/*;q=0.8";

    private final GuardedConnector connector;
    private final X509ExtendedTrustManager roots;
    private final TargetPolicy targets;
    private final String userAgent;
    private final SingletonSupplier<CloseableHttpClient> http;

    CrawlClient(
            GuardedConnector connector,
            X509ExtendedTrustManager roots,
            TargetPolicy targets,
            String userAgent) {
        this.connector = connector;
        this.roots = roots;
        this.targets = targets;
        this.userAgent = userAgent;
        this.http =
                SingletonSupplier.of(() -> http(new GuardedConnectionOperator(connector, roots)));
    }

    /**
     * The same on connections of its own, but that site may have an address that is not public, as
     * where it is this machine's. Only for an operator's own site.
     */
    public CrawlClient opening(HttpUrl site) {
        OpenedSite own = OpenedSite.of(site);
        return new CrawlClient(connector.opening(own), roots, targets.opening(own), userAgent);
    }

    /** Which URLs it visits, by their text. */
    public TargetPolicy targets() {
        return targets;
    }

    private static CloseableHttpClient http(GuardedConnectionOperator operator) {
        Http1Config bounds =
                Http1Config.custom()
                        .setMaxLineLength(LONGEST_HEADER_LINE)
                        .setMaxHeaderCount(MOST_HEADERS)
                        .build();
        PoolingHttpClientConnectionManager connections =
                new PoolingHttpClientConnectionManager(
                        operator,
                        PoolConcurrencyPolicy.STRICT,
                        PoolReusePolicy.LIFO,
                        TimeValue.ofMinutes(1),
                        ManagedHttpClientConnectionFactory.builder()
                                .http1Config(bounds)
                                .responseParserFactory( // the default one skips what is not HTTP
                                        new DefaultHttpResponseParserFactory(bounds))
                                .build());
        connections.setMaxTotal(MOST_CONNECTIONS);
        connections.setDefaultMaxPerRoute(MOST_CONNECTIONS);
        connections.setDefaultConnectionConfig(
                ConnectionConfig.custom()
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build());
        return HttpClients.custom()
                .setConnectionManager(connections)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableDefaultUserAgent()
                .setRetryStrategy(null)
                .evictIdleConnections(KEPT_IDLE)
                .build();
    }

    /** Asks for the head alone. */
    public FetchResult head(HttpUrl url, FetchLimits limits) {
        return fetch("HEAD", url, limits);
    }

    /** Fetches the page. */
    public FetchResult get(HttpUrl url, FetchLimits limits) {
        return fetch("GET", url, limits);
    }

    private FetchResult fetch(String method, HttpUrl url, FetchLimits limits) {
        long deadline = System.nanoTime() + limits.time().toNanos();
        List<Redirect> redirects = new ArrayList<>();
        HttpUrl next = url;
        while (true) {
            FetchResult result = request(method, next, redirects, deadline, limits);
            Optional<HttpUrl> target = target(result);
            if (target.isEmpty() || limits.redirects() == 0) {
                return result;
            }
            PageResponse response = ((Fetched) result).response();
            redirects.add(
                    new Redirect(
                            next, response.status(), response.redirectLocation().orElseThrow()));
            next = target.get();
            if (leadsBack(next, redirects)) {
                return failed(next, redirects, Failure.REDIRECT_LOOP, "led back to " + next);
            }
            if (redirects.size() > limits.redirects()) {
                return failed(
                        next,
                        redirects,
                        Failure.TOO_MANY_REDIRECTS,
                        "more than %d redirects".formatted(limits.redirects()));
            }
        }
    }

    /** Where a redirect leads, or empty where the result is none. The fragment is not sent. */
    public static Optional<HttpUrl> target(FetchResult result) {
        return result instanceof Fetched(_, PageResponse response)
                ? response.redirectLocation().flatMap(response.url()::resolveHttp)
                : Optional.empty();
    }

    private static boolean leadsBack(HttpUrl next, List<Redirect> redirects) {
        String sent = next.withoutFragment().toString();
        return redirects.stream()
                .anyMatch(passed -> passed.url().withoutFragment().toString().equals(sent));
    }

    private FetchResult request(
            String method,
            HttpUrl url,
            List<Redirect> redirects,
            long deadline,
            FetchLimits limits) {
        if (targets.of(url) instanceof Target.Refused(TargetRefusal refusal)) {
            return new Refused(url, List.copyOf(redirects), refusal);
        }
        try {
            return new Fetched(List.copyOf(redirects), exchange(method, url, deadline, limits));
        } catch (IOException ex) {
            return failed(url, redirects, ex, deadline);
        }
    }

    /** A kept connection may have been closed by the server meanwhile: then once more. */
    private PageResponse exchange(String method, HttpUrl url, long deadline, FetchLimits limits)
            throws IOException {
        try {
            return exchangeOnce(method, url, deadline, limits);
        } catch (NoHttpResponseException | SocketException ex) {
            if (ex instanceof ConnectException
                    || ex instanceof NoRouteToHostException
                    || Thread.currentThread().isInterrupted()
                    || remaining(deadline) <= 0) {
                throw ex;
            }
            return exchangeOnce(method, url, deadline, limits);
        }
    }

    private PageResponse exchangeOnce(String method, HttpUrl url, long deadline, FetchLimits limits)
            throws IOException {
        long start = System.nanoTime();
        HttpUriRequestBase request = request(method, url, deadline);
        CompletableFuture<Void> over = cancelAt(deadline, request);
        try {
            ClassicHttpResponse response =
                    http.obtain()
                            .executeOpen(
                                    host(url), request, GuardedConnectionOperator.until(deadline));
            Duration toHead = Duration.ofNanos(System.nanoTime() - start);
            try {
                return new PageResponse(
                        url,
                        response.getCode(),
                        Arrays.stream(response.getHeaders()).map(CrawlClient::field).toList(),
                        body(response, deadline, limits),
                        toHead,
                        Duration.ofNanos(System.nanoTime() - start));
            } finally {
                // a connection whose response was read is kept; else the rest must not be read
                ((ModalCloseable) response).close(CloseMode.IMMEDIATE);
            }
        } finally {
            over.complete(null);
        }
    }

    /** A socket's own time-out begins anew with each byte. */
    @SuppressWarnings("FutureReturnValueIgnored") // it only cancels
    private static CompletableFuture<Void> cancelAt(long deadline, HttpUriRequestBase request) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        over.orTimeout(remaining(deadline), TimeUnit.NANOSECONDS)
                .exceptionally(
                        _ -> {
                            request.cancel();
                            return null;
                        });
        return over;
    }

    private static PageResponse.Field field(Header header) {
        String value = header.getValue();
        return new PageResponse.Field(header.getName(), value == null ? "" : value);
    }

    private static HttpHost host(HttpUrl url) {
        int port = url.port() == url.scheme().port() ? -1 : url.port();
        return new HttpHost(url.scheme().text(), url.host(), port);
    }

    private HttpUriRequestBase request(String method, HttpUrl url, long deadline) {
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create("/"));
        request.setPath(url.pathAndQuery()); // java.net.URI refuses what browsers send
        request.setHeader(HttpHeaders.USER_AGENT, userAgent);
        request.setHeader(HttpHeaders.ACCEPT, ACCEPT);
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, ResponseBody.offeredCodings());
        Duration remaining = Duration.ofNanos(Math.max(1_000_000, remaining(deadline)));
        request.setConfig(
                RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(remaining))
                        .setResponseTimeout(Timeout.of(remaining))
                        .setProtocolUpgradeEnabled(false)
                        .build());
        return request;
    }

    private static ResponseBody body(
            ClassicHttpResponse response, long deadline, FetchLimits limits) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return ResponseBody.NONE;
        }
        InputStream in = entity.getContent();
        List<String> codings =
                Arrays.stream(response.getHeaders(HttpHeaders.CONTENT_ENCODING))
                        .map(header -> field(header).value())
                        .toList();
        return ResponseBody.read(
                in,
                codings,
                limits.bytes(mediaType(response)),
                limits.largeBody(),
                () -> remaining(deadline) <= 0);
    }

    private static String mediaType(ClassicHttpResponse response) {
        Header field = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
        return field == null ? "" : PageResponse.mediaType(field(field).value());
    }

    private static long remaining(long deadline) {
        return deadline - System.nanoTime();
    }

    private static FetchResult failed(
            HttpUrl url, List<Redirect> redirects, Failure failure, String detail) {
        return new Failed(url, List.copyOf(redirects), failure, detail, null);
    }

    private static FetchResult failed(
            HttpUrl url, List<Redirect> redirects, IOException ex, long deadline) {
        RejectedCertificateException rejected =
                ExceptionCauses.find(ex, RejectedCertificateException.class);
        if (rejected != null) {
            return new Failed(
                    url,
                    List.copyOf(redirects),
                    Failure.CERTIFICATE,
                    String.valueOf(rejected.getMessage()),
                    rejected.problem());
        }
        Failure failure = failure(ex, deadline);
        return failed(url, redirects, failure, detail(failure, ex));
    }

    private static String detail(Failure failure, IOException ex) {
        return switch (failure) {
            case NO_ADDRESS -> "the name is unknown, or an address of it is not public";
            case CANCELLED -> "cancelled";
            case TIMED_OUT -> "no response in time";
            default -> String.valueOf(ex.getMessage());
        };
    }

    private static Failure failure(IOException ex, long deadline) {
        if (Thread.currentThread().isInterrupted()) {
            return Failure.CANCELLED;
        }
        if (ex instanceof SocketTimeoutException || remaining(deadline) <= 0) {
            return Failure.TIMED_OUT;
        }
        return switch (ex) {
            case UnknownHostException _ -> Failure.NO_ADDRESS;
            case GuardedConnector.LookupFailedException _ -> Failure.LOOKUP_FAILED;
            case SSLException _ -> Failure.TLS;
            case NoRouteToHostException _ -> Failure.UNREACHABLE;
            case ConnectException refused
                    when String.valueOf(refused.getMessage()).contains("unreachable") ->
                    Failure.UNREACHABLE;
            case ConnectException _ -> Failure.REFUSED;
            case MessageConstraintException _ -> Failure.HEAD_TOO_LARGE;
            case NoHttpResponseException _,
                    ConnectionClosedException _,
                    SocketException _,
                    ClosedChannelException _ ->
                    Failure.RESET;
            case InterruptedIOException _ -> Failure.TIMED_OUT; // no connection became free
            default -> Failure.NOT_HTTP;
        };
    }

    @Override
    public void close() throws IOException {
        http.obtain().close();
    }
}
