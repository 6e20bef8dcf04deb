package dev.gatehouse.tools.api;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.tools.frontdoor.OpenedFrontDoor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;

/** What the API does for every tool, over a real connector, with a tool that each test scripts. */
class JobApiTests {

    private static final String API = "/api/v1/scripted/runs";
    private static final String PAGE = "/tools/scripted";
    private static final String SECRET =
            "X-RapidAPI-Proxy-Secret: 0123456789abcdef0123456789abcdef";
    private static final String WAIT = "Prefer: wait=30";
    private static final String ORIGIN = "https://app.example.com";

    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() {
        gatehouse =
                RunningGatehouse.startWith(
                        new Class<?>[] {ScriptedToolOnServer.class, OpenedFrontDoor.class},
                        "gatehouse.front-door.kept=6s",
                        "gatehouse.instance=here",
                        "gatehouse.api.open-per-caller=2",
                        "gatehouse.api.open-in-total=3",
                        "gatehouse.api.allowed-origins=" + ORIGIN,
                        "gatehouse.trusted-proxies=127.0.0.1/32",
                        "gatehouse.gateways[0].name=rapidapi",
                        "gatehouse.gateways[0].header=X-RapidAPI-Proxy-Secret",
                        "gatehouse.gateways[0].secrets[0]=" + SECRET.split(": ", -1)[1]);
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @Test
    void jobWhenSubmittedHasEveryMemberOfAView() {
        Response answer = submit("view", WAIT);

        JsonNode view = json(answer);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).contains("wait=30");
        assertThat(view.propertyNames())
                .containsExactly(
                        "id",
                        "tool",
                        "state",
                        "request",
                        "createdAt",
                        "startedAt",
                        "endedAt",
                        "instance",
                        "progress",
                        "report",
                        "self",
                        "events",
                        "page");
        assertThat(view.get("instance").asString()).isEqualTo("here");
        assertThat(view.get("self").asString()).isEqualTo(location(answer));
        assertThat(view.get("progress").isNull()).isTrue();
    }

    @Test
    void jobWhenItsRunTakesLongerThanTheWaitIsAccepted() {
        Response answer = submit("block", "Prefer: respond-async, wait=3");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Preference-Applied")).contains("wait=3");
        assertThat(answer.header("Retry-After")).contains("2");
        assertThat(json(answer).get("state").asString()).isEqualTo("RUNNING");
        assertThat(send("DELETE", location(answer)).status()).isEqualTo(204);
        assertThat(json(get(location(answer))).get("state").asString()).isEqualTo("CANCELLED");
        assertThat(send("DELETE", location(answer)).status()).isEqualTo(204);
    }

    @Test
    void rowsWhenFollowedByNextAreAllThere() {
        Response answer = submit("words", WAIT);
        JsonNode report = json(answer).get("report");
        assertThat(report.get("count").asInt()).isEqualTo(250);
        assertThat(report.get("words").size()).isEqualTo(100);

        List<String> words = new ArrayList<>();
        report.get("words").forEach(word -> words.add(word.asString()));
        String next = report.get("next").asString();
        while (next != null) {
            JsonNode rows = json(get(next));
            rows.get("words").forEach(word -> words.add(word.asString()));
            next = rows.get("next").isNull() ? null : rows.get("next").asString();
        }

        assertThat(words).hasSize(250).doesNotHaveDuplicates().endsWith("Word248", "bad,249");
    }

    @Test
    void rowsWhenFilteredKeepTheFilterInNext() {
        String self = location(submit("words", WAIT));

        JsonNode first = json(get(self + "/words?case=upper&limit=120"));
        JsonNode rest = json(get(first.get("next").asString()));

        assertThat(first.get("words").size()).isEqualTo(120);
        assertThat(first.get("next").asString()).contains("case=upper", "limit=120");
        assertThat(rest.get("words").size()).isEqualTo(5);
        assertThat(rest.get("next").isNull()).isTrue();
        assertThat(json(get(self + "/words?case=upper&case=lower&limit=1000")).get("words").size())
                .isEqualTo(250);
    }

    @Test
    void exportWhenReadHasEveryRow() {
        String self = location(submit("words", WAIT));

        Response csv = get(self + "/report.csv");
        Response markdown = get(self + "/report.md");
        Response junit = get(self + "/report.junit.xml");

        assertThat(csv.header("Content-Type")).contains("text/csv;charset=UTF-8");
        assertThat(csv.body()).contains("word,length\r\n", "Word0,5\r\n", "\"bad,249\",7\r\n");
        assertThat(markdown.body()).contains("# words", "| word | length |", "| Word248 | 7 |");
        assertThat(junit.body())
                .contains(
                        "tests=\"250\" failures=\"125\" skipped=\"0\"",
                        "name=\"bad,1\"><failure message=\"It is &lt;bad&gt;.\"/>");
    }

    @Test
    void partWhenItIsWantedInPlaceOfJsonIsTheAnswer() {
        Response image = submit("image", WAIT, "Accept: image/png");
        String self = location(image);
        Response part = get(self + "/image.png");

        assertThat(image.status()).isEqualTo(200);
        assertThat(image.header("Content-Type")).contains("image/png");
        assertThat(image.body()).isEqualTo("PNG");
        assertThat(get(self, "Accept: image/*").body()).isEqualTo("PNG");
        assertThat(json(get(self)).at("/report/image").asString()).isEqualTo(self + "/image.png");
        assertThat(part.header("Cache-Control")).contains("private, max-age=86400, immutable");
        assertThat(
                        get(self + "/image.png", "If-None-Match: " + part.header("ETag").orElse(""))
                                .status())
                .isEqualTo(304);
    }

    @Test
    void jobWhenAnEarlierResultAnswersItIsThatOne() {
        Response first = submit("reuse-it", WAIT);

        assertThat(location(submit("reuse-it"))).isEqualTo(location(first));
        assertThat(submit("reuse-it").status()).isEqualTo(200);
        assertThat(location(submit("reuse-other"))).isNotEqualTo(location(first));
    }

    @Test
    void jobWhenItsKeyIsUsedAgainIsReplayedAndTakesNothingFromTheLimits() {
        Response first = submit("key", "Idempotency-Key: k1", WAIT);
        Response again = submit("key", "Idempotency-Key: k1");
        Response other = submit("other", "Idempotency-Key: k1");
        Response otherCaller = submit("other", "Idempotency-Key: k1", "X-Forwarded-For: 192.0.2.9");

        assertThat(location(again)).isEqualTo(location(first));
        assertThat(again.header("RateLimit")).isEmpty();
        assertProblem(other, 422, "idempotency-key-reused");
        assertThat(otherCaller.status()).isEqualTo(202);
        assertProblem(submit("key", "Idempotency-Key: a b"), 400, "idempotency-key");
    }

    @Test
    void jobWhenItsCallerIsAGatewaysUserIsLimitedByItsPlanAndIsTheUsersOwn() {
        String ann = "X-RapidAPI-User: ann";
        Response basic = submit("plan", SECRET, ann, "X-RapidAPI-Subscription: BASIC");
        Response pro =
                submit("plan", SECRET, "X-RapidAPI-User: pia", "X-RapidAPI-Subscription: pro");
        Response gateway = submit("plan", SECRET);
        Response forged = submit("plan", ann, "X-RapidAPI-Subscription: PRO");

        assertThat(quota(basic)).isEqualTo(ScriptedToolOnServer.PER_CALLER);
        assertThat(quota(pro)).isEqualTo(7);
        assertThat(quota(gateway)).isEqualTo(10 * ScriptedToolOnServer.PER_CALLER);
        assertThat(quota(forged)).isEqualTo(ScriptedToolOnServer.PER_CALLER);
        assertProblem(
                send("DELETE", location(basic), SECRET, "X-RapidAPI-User: bob"), 403, "not-yours");
        String longName = "X-RapidAPI-User: " + "z".repeat(300);
        assertProblem(send("DELETE", location(basic), SECRET, longName), 403, "not-yours");
        assertProblem(
                send("DELETE", location(submit("plan", SECRET, longName)), SECRET, longName + "z"),
                403,
                "not-yours");
        assertThat(send("DELETE", location(basic), SECRET, ann).status()).isEqualTo(204);
    }

    @Test
    void jobWhenItsCallerHoldsItsShareOfTheQueueIsRefusedAndOthersAreNot() {
        String greedy = "X-Forwarded-For: 192.0.2.40";
        List<Response> taken =
                IntStream.range(0, ScriptedToolOnServer.SHARE)
                        .mapToObj(_ -> submit("block", greedy))
                        .toList();

        Response refused = submit("block", greedy);
        Response other = submit("block", "X-Forwarded-For: 192.0.2.41");

        assertThat(taken).extracting(Response::status).containsOnly(202);
        assertProblem(refused, 429, "unfinished-jobs");
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(other.status()).isEqualTo(202);
        taken.forEach(job -> send("DELETE", location(job), greedy));
        send("DELETE", location(other), "X-Forwarded-For: 192.0.2.41");
        Response again = submit("block", greedy);
        assertThat(again.status()).isEqualTo(202);
        send("DELETE", location(again), greedy);
    }

    @Test
    void streamsWhenACallerHasTooManyOpenAreRefusedAndItsWaitsAreNotApplied() throws IOException {
        String first = "X-Forwarded-For: 192.0.2.50";
        String second = "X-Forwarded-For: 192.0.2.51";
        String self = location(submit("block", first));
        List<Socket> open = new ArrayList<>();
        try {
            open.add(stream(self, first));
            open.add(stream(self, first));

            Response refused = get(self + "/events", first);
            Response notWaited = submit("block", first, WAIT);
            open.add(stream(self, second));
            Response busy = get(self + "/events", "X-Forwarded-For: 192.0.2.52");

            assertProblem(refused, 429, "open-streams");
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(notWaited.status()).isEqualTo(202);
            assertThat(notWaited.header("Preference-Applied")).isEmpty();
            assertProblem(busy, 503, "open-streams-in-total");
            assertThat(send("HEAD", self + "/events", first).status()).isEqualTo(200);
            send("DELETE", location(notWaited), first);
        } finally {
            send("DELETE", self, first);
            for (Socket socket : open) {
                socket.close();
            }
        }
        String ended = location(submit("ended", first));
        await().until(() -> get(ended + "/events", first).status() == 200);
    }

    /** Opens an event stream, once those of earlier tests are closed. */
    private static Socket stream(String self, String caller) {
        return await().until(() -> tryStream(self, caller), Objects::nonNull);
    }

    private static @Nullable Socket tryStream(String self, String caller) throws IOException {
        int port = gatehouse.port(ConnectorName.HTTPS);
        Socket socket =
                RawHttp.trustingAll().createSocket(RawHttp.connect(port), "localhost", port, true);
        socket.getOutputStream()
                .write(
                        request("GET " + self + "/events HTTP/1.1", "Host: localhost", caller)
                                .getBytes(StandardCharsets.US_ASCII));
        String status =
                new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine();
        if (status.contains(" 200")) {
            return socket;
        }
        socket.close();
        return null;
    }

    private static int quota(Response response) {
        String policy = response.header("RateLimit-Policy").orElseThrow();
        return Integer.parseInt(policy.replaceFirst("\"caller\";q=([0-9]+);.*", "$1"));
    }

    @Test
    void limitWhenClientsComeByATrustedProxyIsThatOfEach() {
        String first = "X-Forwarded-For: 192.0.2.1";
        String ipv6 = "X-Forwarded-For: 2001:db8:1:2::1";

        takeTen(first);
        takeTen(ipv6);

        assertThat(remaining(submit("proxy", first))).isLessThan(59);
        assertThat(remaining(submit("proxy", "X-Forwarded-For: 192.0.2.2"))).isEqualTo(59);
        assertThat(remaining(submit("proxy", "X-Forwarded-For: 2001:db8:1:2:9::9"))).isLessThan(59);
        assertThat(remaining(submit("proxy", "X-Forwarded-For: 2001:db8:1:3::1"))).isEqualTo(59);
    }

    /** Of the 60 a minute: one of them is back after a second, which a busy machine may take. */
    private static void takeTen(String client) {
        for (int i = 0; i < 10; i++) {
            assertThat(submit("ten", client, WAIT).status()).isEqualTo(200);
        }
    }

    private static int remaining(Response response) {
        String left = response.header("RateLimit").orElseThrow();
        return Integer.parseInt(left.replaceFirst("\"caller\";r=([0-9]+);.*", "$1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST||{}|400|no-text",
                "POST||{\"text\": \"impossible\"}|422|impossible",
                "POST||{\"text\": {}}|400|body",
                "POST||{\"text\": 1}|400|body",
                "POST||{\"text\": true}|400|body",
                "POST||{\"text\": \"a\", \"txt\": \"b\"}|400|body",
                "POST||{\"text\": \"a\"} {}|400|body",
                "POST||[]|400|body",
                "POST||null|400|body",
                "POST||{|400|body",
                "POST||''|400|body",
                "PUT||{}|405|method-not-allowed",
                "GET|||405|method-not-allowed",
                "GET|/unknown||404|unknown-job",
                "DELETE|/unknown||404|unknown-job",
                "POST|/unknown|{}|405|method-not-allowed",
                "GET|/unknown/events||404|unknown-job",
                "GET|/ID/none||404|not-found",
                "GET|/ID/events/none||404|not-found",
                "GET|/ID/words?limit=0||400|limit",
                "GET|/ID/words?limit=1001||400|limit",
                "GET|/ID/words?cursor=x||400|cursor",
                "GET|/ID/words?colour=red||400|parameter",
                "GET|/ID/words?case=lower&case=uper||400|filter"
            })
    void problemWhenARequestIsWrongHasACodeThatIsDocumented(
            String method, String path, String body, int status, String code) {
        String id = json(submit("problems", WAIT)).get("id").asString();
        String full = API + (path == null ? "" : path.replace("ID", id));

        Response answer =
                body == null ? send(method, full) : sendBody(method, full, body, "X-Test: 1");

        assertProblem(answer, status, code);
    }

    @Test
    void problemWhenNoControllerIsReachedIsOneToo() {
        assertProblem(get("/api/v1"), 404, "not-found");
        assertProblem(get("/api/"), 404, "not-found");
        assertProblem(send("OPTIONS", "/api/v2/x"), 404, "not-found");
        assertProblem(get("/api/v1/a;b"), 400, "bad-request"); // refused by Spring Security
        assertProblem(submit("x", "Accept: text/plain"), 406, "not-acceptable");
        assertProblem(sendText("POST", API, "x", "text/plain"), 415, "unsupported-media-type");
        assertProblem(sendText("POST", API, "{}", "*/*"), 415, "unsupported-media-type");
        assertProblem(sendText("POST", API, "{}", "application/*"), 415, "unsupported-media-type");
    }

    @Test
    void documentSaysThatARequestHasNoOtherMembers() {
        JsonNode schemas = json(get("/gatehouse/openapi.json")).at("/components/schemas");

        assertThat(schemas.propertyNames())
                .filteredOn(name -> name.endsWith("Request"))
                .isNotEmpty()
                .allSatisfy(
                        name ->
                                assertThat(schemas.at("/" + name + "/additionalProperties"))
                                        .isEqualTo(BooleanNode.FALSE));
    }

    @Test
    void problemWhenAMemberIsMisspeltNamesTheKnownOnes() {
        Response answer = sendBody("POST", API, "{\"Text\": \"x\"}");

        assertThat(json(answer).get("detail").asString())
                .isEqualTo("The body has a member Text, which is not known. Known here: text.");
    }

    @ParameterizedTest
    @CsvSource({
        "wait=2, wait=2",
        "WAIT = 2, wait=2",
        "'respond-async, wait=\"2\"', wait=2",
        "wait=999999999999, wait=30",
        "wait=1e9,",
        "await=2,"
    })
    void preferenceIsReadAsRfc7240Has(String prefer, @Nullable String applied) {
        Response answer = submit("prefer", "Prefer: " + prefer);

        assertThat(answer.header("Preference-Applied")).isEqualTo(Optional.ofNullable(applied));
    }

    @Test
    void jobWhenNoLongerKeptIsGoneAndThenUnknown() {
        Response answer =
                sendBody("POST", "/api/v1/front-door/checks", "{\"host\": \"unknown.test\"}", WAIT);
        String self = location(answer);
        assertThat(json(answer).at("/failure/code").asString()).isEqualTo("no-public-address");

        await().until(() -> get(self).status() == 410);
        assertProblem(get(self + "/events"), 410, "expired");
        assertThat(get(json(answer).get("page").asString(), "Accept: text/html").status())
                .isEqualTo(410);
        await().until(() -> get(self).status() == 404);
    }

    @Test
    void optionsWhenAskedTellTheMethodsThatWork() {
        assertThat(send("OPTIONS", API).header("Allow")).contains("POST, OPTIONS");
        assertThat(send("OPTIONS", API + "/id").header("Allow"))
                .contains("GET, HEAD, DELETE, OPTIONS");
        assertThat(send("OPTIONS", API + "/id/events").header("Allow"))
                .contains("GET, HEAD, OPTIONS");
        assertThat(send("PUT", API).header("Allow")).contains("POST, OPTIONS");
    }

    @Test
    void corsWhenTheOriginIsAllowedIsOnForItAlone() {
        String preflight = "Access-Control-Request-Method: POST";
        Response allowed = send("OPTIONS", API, "Origin: " + ORIGIN, preflight);
        Response other = send("OPTIONS", API, "Origin: https://evil.example", preflight);
        Response read = get(API + "/unknown", "Origin: " + ORIGIN);

        assertThat(allowed.header("Access-Control-Allow-Origin")).contains(ORIGIN);
        assertThat(allowed.header("Access-Control-Allow-Methods")).contains("POST, OPTIONS");
        assertThat(allowed.header("Access-Control-Allow-Headers").orElse(""))
                .contains("Idempotency-Key");
        assertThat(other.status()).isEqualTo(204);
        assertThat(other.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(read.header("Access-Control-Allow-Origin")).contains(ORIGIN);
        assertThat(read.header("Access-Control-Expose-Headers").orElse("")).contains("Location");
        assertThat(get(API + "/unknown").header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void headWhenAskedIsAsGetWithoutTheBody() {
        String self = location(submit("head", WAIT));

        Response head = send("HEAD", self);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("ETag")).isEqualTo(get(self).header("ETag"));
        assertThat(head.body()).isEmpty();
    }

    @Test
    void formWhenSentLeadsToTheJobsPage() {
        Response sent = form(PAGE, "sent=1&text=words");
        assertThat(sent.status()).isEqualTo(303);
        String page = location(sent);
        await().until(() -> json(get(page)).get("state").asString().equals("DONE"));

        Response html = get(page, "Accept: text/html");

        assertThat(html.body())
                .contains("<h1>words</h1>", "<li>Word0</li>", "report.junit.xml", "<option>lower")
                .doesNotContain("<li>bad,3</li>", "Cancel");
        assertThat(html.body()).contains("?cursor&#x3D;3");
        assertThat(get(page + "?case=lower&cursor=4", "Accept: text/html").body())
                .contains("<li>bad,5</li>", "<option selected>lower")
                .doesNotContain("Word6");
    }

    @Test
    void formWhenRefusedSaysWhyAndKeepsWhatWasTyped() {
        Response refused = form(PAGE, "sent=1&text=impossible");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("That is impossible.", "value=\"impossible\"");
        assertThat(form(PAGE, "text=x", "Sec-Fetch-Site: cross-site").status()).isEqualTo(403);
    }

    @Test
    void pageWhenTheJobRunsHasAButtonThatCancelsIt() {
        String page = location(form(PAGE, "text=block"));

        assertThat(get(page, "Accept: text/html").body()).contains("Cancel");
        assertThat(form(page + "/cancel", "", "X-Forwarded-For: 192.0.2.77").status())
                .isEqualTo(403);
        assertThat(form(page + "/cancel", "").status()).isEqualTo(303);
        assertThat(get(page, "Accept: text/html").body()).contains("It was cancelled.");
    }

    @Test
    void indexWhenReadHasEveryTool() {
        assertThat(get("/tools", "Accept: text/html").body())
                .contains("href=\"/tools/scripted\"", "href=\"/tools/front-door\"");
    }

    @Test
    void contractWhenComparedWithThePathsHasTheSameOperations() {
        JsonNode contract = json(get("/gatehouse/openapi.json"));
        List<String> documented = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : contract.get("paths").properties()) {
            if (path.getKey().startsWith(API)) {
                for (String method : List.of("get", "post", "put", "patch", "delete")) {
                    if (path.getValue().has(method)) {
                        documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }
            }
        }
        assertThat(documented)
                .containsExactlyInAnyOrder(
                        "POST " + API,
                        "GET " + API + "/{id}",
                        "DELETE " + API + "/{id}",
                        "GET " + API + "/{id}/events",
                        "GET " + API + "/{id}/words",
                        "GET " + API + "/{id}/report.csv",
                        "GET " + API + "/{id}/report.md",
                        "GET " + API + "/{id}/report.junit.xml");
        String self = location(submit("contract", WAIT));
        for (String operation : documented) {
            String[] parts = operation.split(" ", -1);
            String path = parts[1].replace(API + "/{id}", self);
            assertThat(send("OPTIONS", path).header("Allow").orElse("")).contains(parts[0]);
            if (parts[0].equals("GET")) {
                assertThat(get(path).status()).as(operation).isEqualTo(200);
            }
        }
    }

    @Test
    void contractWhenComparedWithAViewHasTheSameMembers() {
        JsonNode contract = json(get("/gatehouse/openapi.json"));
        JsonNode view = json(submit("members", WAIT));

        TreeSet<String> documented =
                new TreeSet<>(
                        contract.at("/components/schemas/ScriptedJob/properties").propertyNames());

        documented.remove("failure"); // in place of the report
        assertThat(view.propertyNames()).containsExactlyInAnyOrderElementsOf(documented);
        assertThat(contract.at("/components/schemas/ScriptedReport/properties").propertyNames())
                .containsExactlyInAnyOrder("words", "next");
    }

    @Test
    void contractWhenReadResolvesEachReferenceAndHasEveryCode() {
        JsonNode contract = json(get("/gatehouse/openapi.json"));

        List<String> references =
                contract.findValues("$ref").stream().map(JsonNode::asString).distinct().toList();

        assertThat(references)
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        reference ->
                                assertThat(contract.at(reference.substring(1)).isMissingNode())
                                        .isFalse());
        assertThat(contract.at("/components/schemas/Problem/properties/code/enum").valueStream())
                .extracting(JsonNode::asString)
                .containsAll(Arrays.stream(ApiProblem.values()).map(ApiProblem::code).toList())
                .contains("no-text", "impossible", "health-path")
                .doesNotHaveDuplicates();
        assertThat(contract.toString()).doesNotContain("{{");
        assertThat(contract.at("/info/description").asString()).contains("memory of one instance");
    }

    @Test
    void contractWhenReadNamesTheCodesOfEachError() {
        JsonNode contract = json(get("/gatehouse/openapi.json"));
        for (JsonNode path : contract.get("paths")) {
            for (String method : List.of("get", "post", "delete")) {
                JsonNode responses = path.at("/" + method + "/responses");
                for (Map.Entry<String, JsonNode> response : responses.properties()) {
                    String status = response.getKey();
                    if (status.startsWith("4") || status.startsWith("5")) {
                        assertNamesCodes(contract, response.getValue(), Integer.parseInt(status));
                    }
                }
                assertThat(responses.isMissingNode() || responses.has("default")).isTrue();
            }
        }
        assertThat(contract.at("/components/responses/UnknownJob").findValue("enum").valueStream())
                .extracting(JsonNode::asString)
                .containsExactly("unknown-job", "not-found");
    }

    @Test
    void contractWhenReadNamesTheCodesOfFailuresEachWithAPage() {
        JsonNode contract = json(get("/gatehouse/openapi.json"));

        List<String> codes =
                contract.at("/components/schemas/Failure/properties/code/enum")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList();
        assertThat(codes)
                .contains("deadline", "internal", "no-public-address", "impossible")
                .doesNotHaveDuplicates()
                .allSatisfy(
                        code ->
                                assertThat(
                                                get("/tools/problems/" + code, "Accept: text/html")
                                                        .status())
                                        .isEqualTo(200));
    }

    private static void assertNamesCodes(JsonNode contract, JsonNode response, int status) {
        JsonNode shared = contract.at(response.get("$ref").asString().substring(1));
        assertThat(shared.at("/content/application~1problem+json/example/status").asInt())
                .isEqualTo(status);
        assertThat(shared.findValue("enum").valueStream())
                .extracting(JsonNode::asString)
                .contains(shared.at("/content/application~1problem+json/example/code").asString());
    }

    private static void assertProblem(Response answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        String type = problem.get("type").asString();
        assertThat(type).endsWith("/" + code);
        assertThat(get(type, "Accept: text/html").status()).isEqualTo(200);
    }

    private static String location(Response response) {
        return response.header("Location").orElseThrow();
    }

    private static Response submit(String text, String... headers) {
        return sendBody("POST", API, "{\"text\": \"%s\"}".formatted(text), headers);
    }

    private static Response sendBody(String method, String path, String body, String... headers) {
        return sendText(method, path, body, "application/json", headers);
    }

    private static Response form(String path, String body, String... headers) {
        return sendText("POST", path, body, "application/x-www-form-urlencoded", headers);
    }

    private static Response sendText(
            String method, String path, String body, String type, String... headers) {
        List<String> lines =
                new ArrayList<>(List.of(method + " " + path + " HTTP/1.1", "Host: localhost"));
        lines.addAll(List.of(headers));
        lines.add("Content-Type: " + type);
        lines.add("Content-Length: " + body.length());
        return gatehouse.https(request(lines.toArray(String[]::new)) + body);
    }

    private static Response get(String path, String... headers) {
        return send("GET", path, headers);
    }

    private static Response send(String method, String path, String... headers) {
        List<String> lines =
                new ArrayList<>(List.of(method + " " + path + " HTTP/1.1", "Host: localhost"));
        lines.addAll(List.of(headers));
        return gatehouse.https(request(lines.toArray(String[]::new)));
    }

    private static JsonNode json(Response answer) {
        String body = ("\r\n" + answer.body()).replaceAll("\r\n[0-9a-f]+\r\n", ""); // chunks
        return JsonMapper.shared()
                .readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
    }
}
