package dev.gatehouse.acme;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Connection;
import org.shredzone.acme4j.connector.DefaultConnection;
import org.shredzone.acme4j.connector.HttpConnector;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;
import org.shredzone.acme4j.toolbox.JSON;

/**
 * How acme4j reaches the certificate authority in one attempt. acme4j alone waits for a body
 * without limit, reads one of any size, and forgets the Retry-After of an error that is no rate
 * limit.
 */
final class CaConnections extends GenericAcmeProvider {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long LARGEST_BODY = 1024 * 1024;
    private static final int FIRST_ERROR = 400;

    private final @Nullable SSLContext trust;
    private volatile @Nullable Instant retryAfter;

    /**
     * @param trust verifies the server's certificate, or null to do it as Java does
     */
    CaConnections(@Nullable SSLContext trust) {
        this.trust = trust;
    }

    /** The Retry-After of the last error, if it had one. */
    Optional<Instant> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    Session session(CaDirectory directory) {
        Session session = new Session(directory.url(), this);
        session.setLocale(Locale.ENGLISH);
        session.networkSettings().setTimeout(TIMEOUT);
        session.networkSettings().setProxySelector(ProxySelector.getDefault());
        return session;
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(settings.getTimeout())
                        .proxy(settings.getProxySelector());
        if (trust != null) {
            builder.sslContext(trust);
        }
        return builder.build();
    }

    /** Once in an attempt: acme4j alone reads it anew for each URL that it needs of it. */
    @Override
    public @Nullable JSON directory(Session session, URI serverUri) throws AcmeException {
        return session.hasDirectory() ? null : super.directory(session, serverUri);
    }

    @Override
    public Connection connect(URI serverUri, NetworkSettings settings, HttpClient client) {
        return new BoundedConnection(createHttpConnector(settings, client));
    }

    private final class BoundedConnection extends DefaultConnection {

        BoundedConnection(HttpConnector connector) {
            super(connector);
        }

        @Override
        protected void sendRequest(
                Session session, URL url, Consumer<HttpRequest.Builder> customizer)
                throws IOException {
            HttpRequest.Builder request =
                    httpConnector
                            .createRequestBuilder(url)
                            .header("Accept-Charset", "utf-8")
                            .header("Accept-Language", session.getLanguageHeader());
            customizer.accept(request);
            lastResponse = await(httpClient.sendAsync(request.build(), bounded()));
            if (lastResponse.statusCode() >= FIRST_ERROR) {
                retryAfter = retryAfterOrNull();
            }
        }

        private @Nullable Instant retryAfterOrNull() {
            try {
                return getRetryAfter().orElse(null);
            } catch (AcmeProtocolException _) {
                return null; // neither seconds nor a date
            }
        }
    }

    private static HttpResponse.BodyHandler<InputStream> bounded() {
        return BodyHandlers.limiting(
                _ ->
                        BodySubscribers.mapping(
                                BodySubscribers.ofByteArray(), ByteArrayInputStream::new),
                LARGEST_BODY);
    }

    private static <T> T await(CompletableFuture<T> response) throws IOException {
        try {
            return response.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException ex) {
            response.cancel(true);
            throw new IOException("no answer within " + TIMEOUT.toSeconds() + " s", ex);
        } catch (ExecutionException ex) {
            throw ex.getCause() instanceof IOException io ? io : new IOException(ex.getCause());
        } catch (InterruptedException ex) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", ex);
        }
    }
}
