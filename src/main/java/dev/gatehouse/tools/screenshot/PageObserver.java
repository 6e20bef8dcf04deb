package dev.gatehouse.tools.screenshot;

import dev.gatehouse.tools.screenshot.DevToolsConnection.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Follows what a page does by the events of the browser, and refuses what it may not do. */
final class PageObserver {

    private static final int MOST_CONSOLE_LINES = 50;
    private static final int LONGEST_CONSOLE_LINE = 500;
    private static final int LONGEST_URL = 2048;
    private static final int MOST_REQUESTS = 2000;

    /** They stay open for as long as the page. */
    private static final Set<String> STREAMS = Set.of("EventSource", "WebSocket");

    /** Of a page, for which Chromium asks for the proxy's credential. It knows it afterwards. */
    private static final String DOCUMENT = "Document";

    private final DevToolsConnection connection;
    private final String session;
    private final Set<ResourceType> block;
    private final String proxyPassword;
    private final Set<String> authorized = new HashSet<>();
    private final Set<String> loading = new HashSet<>();
    private final Map<String, String> urls = new LinkedHashMap<>();
    private final Map<String, String> blocked = new LinkedHashMap<>();
    private final List<String> console = new ArrayList<>();
    private String mainFrame = "";
    private boolean loaded;
    private boolean committed;
    private boolean crashed;
    private boolean download;
    private boolean schemeRefused;
    private boolean errorPage;
    private int status;
    private String currentUrl = "";
    private long quietSince = System.nanoTime();

    /**
     * Observes a page.
     *
     * @param session of the page
     * @param proxyPassword for the proxy
     */
    PageObserver(
            DevToolsConnection connection,
            String session,
            Set<ResourceType> block,
            String proxyPassword) {
        this.connection = connection;
        this.session = session;
        this.block = block;
        this.proxyPassword = proxyPassword;
    }

    /** Turns on what it needs to observe, in the page or in a frame or worker of it. */
    void enable(String target) {
        connection.send(
                target,
                "Network.enable",
                Map.of("maxTotalBufferSize", 0, "maxResourceBufferSize", 0));
        connection.send(target, "Runtime.enable", Map.of());
        connection.send(target, "Page.enable", Map.of());
        connection.send(
                target,
                "Target.setAutoAttach",
                Map.of("autoAttach", true, "waitForDebuggerOnStart", true, "flatten", true));
        connection.send(
                target,
                "Fetch.enable",
                Map.of("handleAuthRequests", true, "patterns", pausedRequests()));
        if (block.contains(ResourceType.WEBSOCKET)) {
            connection.send(
                    target,
                    "Network.emulateNetworkConditionsByRule", // setBlockedURLs leaves them out
                    Map.of("matchedNetworkConditions", List.of(offline("ws"), offline("wss"))));
        }
    }

    private static Map<String, Object> offline(String scheme) {
        return Map.of(
                "urlPattern", scheme + "://*:*/*",
                "offline", true,
                "latency", 0,
                "downloadThroughput", -1,
                "uploadThroughput", -1);
    }

    private List<Map<String, String>> pausedRequests() {
        return Stream.concat(
                        Stream.of(DOCUMENT),
                        block.stream().flatMap(type -> type.devToolsTypes().stream()))
                .map(type -> Map.of("urlPattern", "*", "resourceType", type))
                .toList();
    }

    void onEvent(Event event) {
        JsonNode params = event.params();
        switch (event.method()) {
            case "Network.requestWillBeSent" -> onRequest(params);
            case "Network.webSocketCreated" -> onWebSocket(params.path("url").asString(""));
            case "Network.responseReceived" -> onResponse(params);
            case "Network.loadingFinished" -> onLoaded(params);
            case "Network.loadingFailed" -> onFailed(params);
            case "Page.loadEventFired" -> loaded |= event.session().equals(session);
            case "Page.frameNavigated" -> onNavigated(event.session(), params.path("frame"));
            case "Page.downloadWillBegin", "Browser.downloadWillBegin" -> download = true;
            case "Page.javascriptDialogOpening" ->
                    connection.send(
                            event.session(),
                            "Page.handleJavaScriptDialog",
                            Map.of("accept", false));
            case "Inspector.targetCrashed" -> crashed |= event.session().equals(session);
            case "Runtime.consoleAPICalled" ->
                    log(params.path("type").asString(""), arguments(params.path("args")));
            case "Runtime.exceptionThrown" -> log("exception", exception(params));
            case "Fetch.requestPaused" -> onPaused(event.session(), params);
            case "Fetch.authRequired" -> onAuthRequired(event.session(), params);
            case "Target.attachedToTarget" -> onAttached(params);
            default -> {}
        }
    }

    private void onRequest(JsonNode params) {
        String id = params.path("requestId").asString("");
        if (!STREAMS.contains(params.path("type").asString("")) && loading.size() < MOST_REQUESTS) {
            loading.add(id);
        }
        String url = params.path("request").path("url").asString("");
        if (urls.size() < MOST_REQUESTS && url.length() <= LONGEST_URL) {
            urls.put(id, url);
        }
    }

    private void onWebSocket(String url) {
        if (url.length() > LONGEST_URL || urls.size() >= MOST_REQUESTS) {
            return;
        }
        if (block.contains(ResourceType.WEBSOCKET)) {
            if (blocked.size() < MOST_REQUESTS) {
                blocked.put(url, "type");
            }
        } else {
            urls.put(url, url);
        }
    }

    private void onResponse(JsonNode params) {
        boolean main =
                params.path("type").asString("").equals(DOCUMENT)
                        && params.path("frameId").asString("").equals(mainFrame);
        if (main) {
            status = params.path("response").path("status").asInt(0);
        }
    }

    private void onLoaded(JsonNode params) {
        loading.remove(params.path("requestId").asString(""));
        quietSince = System.nanoTime();
    }

    private void onFailed(JsonNode params) {
        onLoaded(params);
        if (params.path("blockedReason").asString("").equals("inspector")) {
            blocked.put(urls.getOrDefault(params.path("requestId").asString(""), ""), "type");
        }
    }

    private void onNavigated(String from, JsonNode frame) {
        if (!from.equals(session) || frame.has("parentId")) {
            return;
        }
        currentUrl = frame.path("url").asString("");
        mainFrame = frame.path("id").asString("");
        errorPage = frame.has("unreachableUrl");
        boolean http = currentUrl.startsWith("http://") || currentUrl.startsWith("https://");
        committed |= http;
        loaded = false;
        schemeRefused |= !http && !errorPage && !currentUrl.startsWith("about:");
    }

    private void onPaused(String target, JsonNode params) {
        String id = params.path("requestId").asString("");
        String type = params.path("resourceType").asString("");
        if (block.stream().anyMatch(blocking -> blocking.devToolsTypes().contains(type))) {
            connection.send(
                    target,
                    "Fetch.failRequest",
                    Map.of("requestId", id, "errorReason", "BlockedByClient"));
            String url = params.path("request").path("url").asString("");
            if (blocked.size() < MOST_REQUESTS && url.length() <= LONGEST_URL) {
                blocked.put(url, "type");
            }
        } else {
            connection.send(target, "Fetch.continueRequest", Map.of("requestId", id));
        }
    }

    private void onAuthRequired(String target, JsonNode params) {
        String id = params.path("requestId").asString("");
        boolean proxy =
                params.path("authChallenge").path("source").asString("").equals("Proxy")
                        && authorized.add(id); // what is refused once is refused again
        Map<String, String> response =
                proxy
                        ? Map.of(
                                "response", "ProvideCredentials",
                                "username", "gatehouse",
                                "password", proxyPassword)
                        : Map.of("response", "CancelAuth");
        connection.send(
                target,
                "Fetch.continueWithAuth",
                Map.of("requestId", id, "authChallengeResponse", response));
    }

    /** Frames and workers are observed too; windows and service workers never begin to run. */
    private void onAttached(JsonNode params) {
        JsonNode info = params.path("targetInfo");
        switch (info.path("type").asString("")) {
            case "iframe", "worker", "shared_worker" -> {
                String target = params.path("sessionId").asString("");
                enable(target);
                connection.send(target, "Runtime.runIfWaitingForDebugger", Map.of());
            }
            case "page", "service_worker" -> {
                if (params.path("waitingForDebugger").asBoolean(false)) {
                    connection.send(
                            "",
                            "Target.closeTarget",
                            Map.of("targetId", info.path("targetId").asString("")));
                }
            }
            default -> {}
        }
    }

    private void log(String type, String text) {
        if (console.size() < MOST_CONSOLE_LINES) {
            String line = type + ": " + text;
            console.add(line.substring(0, Math.min(line.length(), LONGEST_CONSOLE_LINE)));
        }
    }

    private static String arguments(JsonNode arguments) {
        List<String> texts = new ArrayList<>();
        for (JsonNode argument : arguments) {
            JsonNode value = argument.path("value");
            texts.add(
                    value.isMissingNode() || value.isContainer()
                            ? argument.path("description").asString("")
                            : value.asString(""));
        }
        return String.join(" ", texts);
    }

    private static String exception(JsonNode params) {
        JsonNode details = params.path("exceptionDetails");
        String description = details.path("exception").path("description").asString("");
        return description.isEmpty() ? details.path("text").asString("") : description;
    }

    boolean isLoaded() {
        return loaded;
    }

    /** Whether a page has begun to be shown. */
    boolean isCommitted() {
        return committed;
    }

    boolean isCrashed() {
        return crashed;
    }

    boolean isDownload() {
        return download;
    }

    boolean isSchemeRefused() {
        return schemeRefused;
    }

    /** Whether the browser shows an error of its own in place of the page. */
    boolean isErrorPage() {
        return errorPage;
    }

    /** Since when nothing has been loading, or now. */
    long quietSince() {
        return loading.isEmpty() ? quietSince : System.nanoTime();
    }

    /** The HTTP status of the page, or 0. */
    int status() {
        return status;
    }

    String currentUrl() {
        return currentUrl;
    }

    String mainFrame() {
        return mainFrame;
    }

    void setMainFrame(String id) {
        mainFrame = id;
    }

    List<String> console() {
        return List.copyOf(console);
    }

    /**
     * What was not loaded.
     *
     * @param refusals of the proxy: host, port and reason
     */
    List<ShotOutcome.Blocked> blocked(List<String> refusals) {
        Map<String, String> all = new LinkedHashMap<>(blocked);
        Map<String, String> reasons = new HashMap<>();
        refusals.forEach(line -> reasons.put(line.split(" ", 2)[0], line.split(" ", 2)[1]));
        Set<String> named = new HashSet<>();
        for (String url : urls.values()) {
            String authority = authority(url);
            String reason = reasons.get(authority);
            if (reason != null) {
                all.put(url, reason);
                named.add(authority);
            }
        }
        reasons.forEach(
                (authority, reason) -> {
                    if (!named.contains(authority)) {
                        all.put(authority, reason);
                    }
                });
        return all.entrySet().stream()
                .limit(100)
                .map(entry -> new ShotOutcome.Blocked(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Host and port of a URL, or empty. */
    static String authority(String url) {
        int start = url.indexOf("://");
        if (start < 0) {
            return "";
        }
        String authority = url.substring(start + 3).split("[/?#]", 2)[0];
        if (authority.indexOf(':', Math.max(0, authority.indexOf(']'))) >= 0) {
            return authority;
        }
        return authority + (url.startsWith("https:") || url.startsWith("wss:") ? ":443" : ":80");
    }
}
