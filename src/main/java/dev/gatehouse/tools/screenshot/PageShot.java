package dev.gatehouse.tools.screenshot;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One screenshot: a page in a browser context of its own, which shares nothing with any other and
 * is disposed of afterwards.
 */
final class PageShot {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Time that a command which needs no page may take. */
    private static final long COMMAND = 10 * SECOND;

    private static final long QUIET = SECOND / 2;
    private static final long POLL = SECOND / 10;
    private static final long SCROLL_PAUSE = SECOND / 20;
    private static final long SCROLL_TIME = 5 * SECOND;

    /** Time for a page to answer, before its scripts are stopped and after. */
    private static final List<Long> PATIENCE = List.of(3 * SECOND, 5 * SECOND);

    private static final int TALLEST = 30_000;

    private static final String TITLE = "document.title.slice(0, 500)";

    private static final String CALM =
            """
            Promise.race([document.fonts.ready, new Promise(r => setTimeout(r, 500))])
                .then(() => %s)"""
                    .formatted(TITLE);

    private final Browser browser;
    private final DevToolsConnection connection;
    private final ShotOptions options;
    private final Consumer<String> progress;
    private boolean scriptsStopped;

    PageShot(Browser browser, ShotOptions options, Consumer<String> progress) {
        this.browser = browser;
        this.connection = browser.connection();
        this.options = options;
        this.progress = progress;
    }

    /** Opens where the image is written to, once there is one. */
    @FunctionalInterface
    interface ImageSink {

        OutputStream open() throws IOException;
    }

    /** There is no image, for that reason. */
    private static final class ShotException extends Exception {

        private static final long serialVersionUID = 1L;

        private final ShotProblem problem;

        private ShotException(ShotProblem problem, String detail) {
            super(detail);
            this.problem = problem;
        }
    }

    /** Takes it. Where the thread is interrupted, the browser is as new afterwards or broken. */
    ShotOutcome take(ImageSink sink) throws InterruptedException {
        browser.beginPage();
        String context = "";
        try {
            context = createContext();
            String target =
                    call("", "Target.createTarget", targetParams(context))
                            .path("targetId")
                            .asString("");
            String session =
                    call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                            .path("sessionId")
                            .asString("");
            return take(session, context, sink);
        } catch (ShotException ex) {
            return new ShotOutcome.NotTaken(ex.problem, String.valueOf(ex.getMessage()));
        } catch (DevToolsException ex) {
            return broken(ex);
        } finally {
            dispose(context);
        }
    }

    private ShotOutcome broken(DevToolsException ex) {
        if (browser.isOutOfMemory()) {
            return new ShotOutcome.NotTaken(ShotProblem.PAGE_CRASHED, "");
        }
        return switch (ex.kind()) {
            case TIMEOUT -> new ShotOutcome.NotTaken(ShotProblem.PAGE_HANGS, "");
            case CLOSED, REFUSED ->
                    new ShotOutcome.NotTaken(
                            ShotProblem.BROWSER_FAILED, String.valueOf(ex.getMessage()));
        };
    }

    private String createContext() throws DevToolsException, InterruptedException {
        return call("", "Target.createBrowserContext", browser.contextParams())
                .path("browserContextId")
                .asString("");
    }

    private static Map<String, Object> targetParams(String context) {
        return Map.of("url", "about:blank", "browserContextId", context);
    }

    private void dispose(String context) {
        connection.onEvent(_ -> {});
        if (!context.isEmpty() && !connection.isClosed()) {
            boolean interrupted = Thread.interrupted();
            try {
                connection.call(
                        "",
                        "Target.disposeBrowserContext",
                        Map.of("browserContextId", context),
                        System.nanoTime() + 2 * SECOND);
            } catch (DevToolsException _) {
                browser.markBroken();
            } catch (InterruptedException _) {
                browser.markBroken();
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        browser.endPage();
    }

    private ShotOutcome take(String session, String context, ImageSink sink)
            throws DevToolsException, InterruptedException, ShotException {
        long deadline = System.nanoTime() + options.timeout().toNanos();
        PageObserver page =
                new PageObserver(connection, session, options.block(), browser.proxyPassword());
        connection.onEvent(page::onEvent);
        prepare(session, context, page);
        progress.accept("Loading the page");
        navigate(session, page, deadline);
        boolean inTime = await(session, page, deadline);
        if (!page.isCommitted() && page.status() == 0) {
            throw new ShotException(ShotProblem.NO_ANSWER, "");
        }
        String limit = inTime ? null : "The time limit ended the wait for the page.";
        if (!inTime) {
            connection.send(session, "Page.stopLoading", Map.of());
        }
        if (inTime && options.scroll()) {
            progress.accept("Scrolling");
            scroll(session, page, deadline);
        }
        if (inTime && options.delay().isPositive()) {
            connection.handleEvents(System.nanoTime() + options.delay().toNanos());
        }
        check(page);
        progress.accept("Taking the image");
        String title = calm(session, page);
        if (limit == null && scriptsStopped) {
            limit = "The page's scripts did not end, and were stopped.";
        }
        return capture(session, context, page, title, limit, sink);
    }

    /** Commands are answered in order, so that only the last has to be waited for. */
    private void prepare(String session, String context, PageObserver page)
            throws DevToolsException, InterruptedException {
        connection.send(
                "",
                "Browser.setDownloadBehavior",
                Map.of("behavior", "deny", "browserContextId", context, "eventsEnabled", false));
        connection.send(
                "",
                "Browser.grantPermissions", // and refuse all that are not in the list
                Map.of("permissions", List.of(), "browserContextId", context));
        page.enable(session);
        connection.send(
                session,
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width", options.width(),
                        "height", options.height(),
                        "deviceScaleFactor", options.scale(),
                        "mobile", options.mobile()));
        connection.send(
                session, "Emulation.setTouchEmulationEnabled", Map.of("enabled", options.mobile()));
        connection.send(
                session,
                "Emulation.setUserAgentOverride",
                Map.of("userAgent", browser.userAgent(options.mobile())));
        connection.send(
                session,
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        options.dark() ? "dark" : "light"),
                                Map.of(
                                        "name",
                                        "prefers-reduced-motion",
                                        "value",
                                        options.reducedMotion() ? "reduce" : "no-preference"))));
        page.setMainFrame(
                connection
                        .call(session, "Page.getFrameTree", Map.of(), System.nanoTime() + COMMAND)
                        .path("frameTree")
                        .path("frame")
                        .path("id")
                        .asString(""));
    }

    private void navigate(String session, PageObserver page, long deadline)
            throws DevToolsException, InterruptedException, ShotException {
        JsonNode answer;
        try {
            answer =
                    connection.call(
                            session, "Page.navigate", Map.of("url", options.url()), deadline);
        } catch (DevToolsException ex) {
            if (ex.kind() == DevToolsException.Kind.TIMEOUT) {
                return; // committed or not: the wait is over at once
            }
            throw ex;
        }
        String error = answer.path("errorText").asString("");
        if (answer.path("isDownload").asBoolean(false) || page.isDownload()) {
            throw new ShotException(ShotProblem.DOWNLOAD, "");
        }
        if (!error.isEmpty()) {
            throw unreachable(error);
        }
    }

    private ShotException unreachable(String error) {
        List<String> refusals = browser.refusals();
        return switch (error) {
            case "net::ERR_UNSAFE_REDIRECT", "net::ERR_UNKNOWN_URL_SCHEME" ->
                    new ShotException(ShotProblem.SCHEME_REFUSED, "");
            case "", "net::ERR_TUNNEL_CONNECTION_FAILED", "net::ERR_EMPTY_RESPONSE" ->
                    new ShotException(
                            refusals.isEmpty()
                                    ? ShotProblem.UNREACHABLE
                                    : ShotProblem.NO_PUBLIC_ADDRESS,
                            "");
            default -> new ShotException(ShotProblem.UNREACHABLE, error.replace("net::", ""));
        };
    }

    /** Waits for what the request names; false where the deadline came first. */
    private boolean await(String session, PageObserver page, long deadline)
            throws DevToolsException, InterruptedException, ShotException {
        while (deadline - System.nanoTime() > 0) {
            check(page);
            boolean reached =
                    switch (options.waitUntil()) {
                        case LOAD -> page.isLoaded();
                        case IDLE ->
                                page.isLoaded() && System.nanoTime() - page.quietSince() >= QUIET;
                        case SELECTOR -> page.isCommitted() && isThere(session, page, deadline);
                    };
            if (reached) {
                return true;
            }
            connection.handleNext(Math.min(deadline, System.nanoTime() + POLL));
        }
        check(page);
        return false;
    }

    private void check(PageObserver page) throws ShotException {
        if (page.isCrashed()) {
            throw new ShotException(ShotProblem.PAGE_CRASHED, "");
        }
        if (page.isSchemeRefused()) {
            throw new ShotException(ShotProblem.SCHEME_REFUSED, "");
        }
        if (page.isErrorPage()) {
            throw unreachable("");
        }
        if (page.isDownload() && !page.isCommitted()) {
            throw new ShotException(ShotProblem.DOWNLOAD, "");
        }
    }

    private boolean isThere(String session, PageObserver page, long deadline)
            throws DevToolsException, InterruptedException, ShotException {
        String selector = options.waitFor() == null ? options.selector() : options.waitFor();
        try {
            return !evaluate(session, page, rectangleOf(String.valueOf(selector)), deadline)
                    .path("rectangle")
                    .isMissingNode();
        } catch (DevToolsException ex) {
            if (ex.kind() == DevToolsException.Kind.CLOSED) {
                throw ex;
            }
            return false; // between two documents, or busy
        }
    }

    /**
     * The rectangle of the first element that matches and is visible, in CSS pixels of the page.
     */
    private static String rectangleOf(String selector) {
        return """
        (() => {
          let found;
          try { found = document.querySelectorAll(%s); } catch (e) { return { invalid: true }; }
          for (const element of found) {
            const box = element.getBoundingClientRect();
            if (box.width > 0 && box.height > 0)
              return { rectangle: { x: box.x + scrollX, y: box.y + scrollY,
                                    width: box.width, height: box.height } };
          }
          return {};
        })()"""
                .formatted(JsonMapper.shared().writeValueAsString(selector));
    }

    /** Evaluates in a world of its own, in which the page has changed nothing. */
    private JsonNode evaluate(String session, PageObserver page, String script, long deadline)
            throws DevToolsException, InterruptedException, ShotException {
        int world =
                connection
                        .call(
                                session,
                                "Page.createIsolatedWorld",
                                Map.of("frameId", page.mainFrame(), "worldName", "gatehouse"),
                                deadline)
                        .path("executionContextId")
                        .asInt(0);
        JsonNode value =
                connection
                        .call(
                                session,
                                "Runtime.evaluate",
                                Map.of(
                                        "expression",
                                        script,
                                        "contextId",
                                        world,
                                        "returnByValue",
                                        true,
                                        "awaitPromise",
                                        true),
                                deadline)
                        .path("result")
                        .path("value");
        if (value.path("invalid").asBoolean(false)) {
            throw new ShotException(ShotProblem.SELECTOR_INVALID, "");
        }
        return value;
    }

    /** To the end and back, so that what is loaded only when it becomes visible is there. */
    private void scroll(String session, PageObserver page, long deadline)
            throws DevToolsException, InterruptedException, ShotException {
        long end = Math.min(deadline, System.nanoTime() + SCROLL_TIME);
        try {
            for (int y = 0; y < TALLEST && end - System.nanoTime() > 0; y += options.height()) {
                JsonNode more =
                        evaluate(
                                session,
                                page,
                                "scrollTo({top: %d, behavior: 'instant'}); document.documentElement.scrollHeight > scrollY + innerHeight"
                                        .formatted(y),
                                end);
                connection.handleEvents(Math.min(end, System.nanoTime() + SCROLL_PAUSE));
                if (!more.asBoolean(false)) {
                    break;
                }
            }
            evaluate(session, page, "scrollTo({top: 0, behavior: 'instant'})", end + SECOND);
        } catch (DevToolsException ex) {
            if (ex.kind() == DevToolsException.Kind.CLOSED) {
                throw ex;
            }
        }
        while (end - System.nanoTime() > 0 && System.nanoTime() - page.quietSince() < QUIET) {
            connection.handleNext(Math.min(end, System.nanoTime() + POLL));
        }
    }

    /**
     * Makes sure that the page answers, and returns its title: a script that runs without end is
     * stopped.
     */
    private String calm(String session, PageObserver page)
            throws DevToolsException, InterruptedException, ShotException {
        String script = CALM;
        for (long patience : PATIENCE) {
            try {
                return evaluate(session, page, script, System.nanoTime() + patience).asString("");
            } catch (DevToolsException ex) {
                check(page);
                if (ex.kind() == DevToolsException.Kind.CLOSED) {
                    throw ex;
                }
                connection.send(session, "Page.handleJavaScriptDialog", Map.of("accept", false));
                connection.send(session, "Runtime.terminateExecution", Map.of());
                connection.send(
                        session, "Emulation.setScriptExecutionDisabled", Map.of("value", true));
                connection.send(session, "Page.stopLoading", Map.of());
                scriptsStopped = true;
                script = TITLE; // no promise is kept and no timer runs out any more
            }
        }
        throw new DevToolsException(DevToolsException.Kind.TIMEOUT, "the page does not answer");
    }

    private ShotOutcome capture(
            String session,
            String context,
            PageObserver page,
            String title,
            @Nullable String lateness,
            ImageSink sink)
            throws DevToolsException, InterruptedException, ShotException {
        String limit = lateness;
        JsonNode metrics = call(session, "Page.getLayoutMetrics", Map.of());
        double zoom = metrics.path("cssVisualViewport").path("scale").asDouble(1);
        Clip clip = clip(session, page, metrics, zoom);
        double factor = options.scale() * zoom;
        if (clip.height() * factor > TALLEST) {
            limit =
                    "The page is %,d pixels high; the image ends at %,d."
                            .formatted((long) (clip.height() * factor), TALLEST);
            clip = new Clip(clip.x(), clip.y(), clip.width(), Math.floor(TALLEST / factor));
        }
        double shrink =
                options.thumbnailWidth() == 0
                        ? 1
                        : Math.min(1, options.thumbnailWidth() / (clip.width() * factor));
        ImageCapture capture =
                new ImageCapture(
                        connection,
                        session,
                        clip,
                        options.scale(),
                        zoom * shrink,
                        options.format(),
                        options.quality(),
                        isAsShown(clip, zoom) && shrink == 1);
        try {
            OutputStream out = sink.open(); // closed only once it is complete
            capture.write(out, () -> openCanvas(context));
            out.close();
        } catch (ImageCapture.TooLargeException ex) {
            throw new ShotException(ShotProblem.IMAGE_TOO_LARGE, String.valueOf(ex.getMessage()));
        } catch (IOException _) {
            throw new ShotException(ShotProblem.IMAGE_TOO_LARGE, "");
        }
        check(page);
        return new ShotOutcome.Taken(
                capture.width(),
                capture.height(),
                url(session, page),
                page.status(),
                title,
                page.console(),
                page.blocked(browser.refusals()),
                limit);
    }

    /** Whether the rectangle is the viewport, of which the page shows nothing else. */
    private boolean isAsShown(Clip clip, double zoom) {
        return options.selector() == null
                && options.clip() == null
                && clip.height() <= options.height() / zoom;
    }

    /** An empty page of the context, on which the strips of an image are joined. */
    private String openCanvas(String context) throws DevToolsException, InterruptedException {
        String target =
                call("", "Target.createTarget", targetParams(context))
                        .path("targetId")
                        .asString("");
        return call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asString("");
    }

    /**
     * The rectangle to capture.
     *
     * @param zoom of a page that is laid out for wider screens than that of the mobile device
     */
    private Clip clip(String session, PageObserver page, JsonNode metrics, double zoom)
            throws DevToolsException, InterruptedException, ShotException {
        String selector = options.selector();
        if (selector != null) {
            JsonNode box =
                    evaluate(session, page, rectangleOf(selector), System.nanoTime() + COMMAND)
                            .path("rectangle");
            if (box.isMissingNode()) {
                throw new ShotException(ShotProblem.SELECTOR_NOT_FOUND, "");
            }
            return new Clip(
                    box.path("x").asDouble(0),
                    box.path("y").asDouble(0),
                    box.path("width").asDouble(0),
                    box.path("height").asDouble(0));
        }
        JsonNode content = metrics.path("cssContentSize");
        Clip clip = options.clip();
        if (clip != null) {
            boolean outside =
                    clip.x() >= Math.max(options.width(), content.path("width").asDouble(0))
                            || clip.y()
                                    >= Math.max(
                                            options.height(), content.path("height").asDouble(0));
            if (outside) {
                throw new ShotException(ShotProblem.EMPTY_CLIP, "");
            }
            return clip;
        }
        JsonNode viewport = metrics.path("cssVisualViewport");
        double width = options.width() / zoom;
        double height = options.height() / zoom;
        if (options.fullPage()) {
            return new Clip(0, 0, width, Math.max(height, content.path("height").asDouble(0)));
        }
        return new Clip(
                viewport.path("pageX").asDouble(0),
                viewport.path("pageY").asDouble(0),
                width,
                height);
    }

    /** The address as the browser knows it: a page may change it without loading another. */
    private String url(String session, PageObserver page)
            throws DevToolsException, InterruptedException {
        JsonNode history = call(session, "Page.getNavigationHistory", Map.of());
        String url =
                history.path("entries")
                        .path(history.path("currentIndex").asInt(0))
                        .path("url")
                        .asString("");
        return url.isEmpty() ? page.currentUrl() : url.substring(0, Math.min(2048, url.length()));
    }

    private JsonNode call(String session, String method, Map<String, ?> params)
            throws DevToolsException, InterruptedException {
        return connection.call(session, method, params, System.nanoTime() + COMMAND);
    }
}
