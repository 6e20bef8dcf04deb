package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.page.PageTemplate;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The front-door check for people: a form that works without script, and a page per check. */
@Lazy
@Controller
@RequestMapping(CheckView.PAGE)
class FrontDoorPage {

    private final CheckService checks;
    private final PageTemplate form = new PageTemplate("front-door");
    private final PageTemplate check = new PageTemplate("check");
    private final PageTemplate api = new PageTemplate("api");
    private final PageTemplate problem = new PageTemplate("problem");

    FrontDoorPage(CheckService checks) {
        this.checks = checks;
    }

    /** What the form shows. */
    record Form(String host, String healthPath, @Nullable String problem) {}

    @GetMapping
    ResponseEntity<String> form(@RequestParam(defaultValue = "") String host) {
        return form.render(HttpStatus.OK, new Form(host, "/", null));
    }

    /** Another site's page may not send its visitors' browsers to have hosts target. */
    @PostMapping(consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<String> submit(
            @RequestParam(defaultValue = "") String host,
            @RequestParam(defaultValue = "/") String healthPath,
            @RequestHeader(name = "Sec-Fetch-Site", defaultValue = "same-origin") String site,
            HttpServletRequest request) {
        if (!site.equals("same-origin") && !site.equals("none")) {
            return form.render(
                    HttpStatus.FORBIDDEN,
                    new Form(
                            host,
                            healthPath,
                            "The form was sent from another site. Send it here."));
        }
        try {
            Job job =
                    checks.submit(
                            CheckLimits.Caller.of(request),
                            new CheckService.CheckRequest(host, healthPath),
                            null,
                            _ -> {});
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(URI.create(CheckView.PAGE + "/" + job.id()))
                    .build();
        } catch (ErrorResponseException ex) {
            return form.render(
                    HttpStatus.valueOf(ex.getStatusCode().value()),
                    new Form(host, healthPath, ex.getBody().getDetail()));
        }
    }

    /** The documentation of the API. */
    @GetMapping("/api")
    ResponseEntity<String> api() {
        return api.render(HttpStatus.OK, Map.of());
    }

    /** What a problem of the API means: the {@code type} of a problem leads here. */
    @GetMapping("/problems/{code}")
    ResponseEntity<String> problem(@PathVariable String code) {
        return problem.render(
                HttpStatus.OK,
                ApiProblem.ofCode(code)
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    }

    @GetMapping(path = "/{id}", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> check(@PathVariable String id) {
        return check.render(HttpStatus.OK, CheckPage.of(checks.get(id)));
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CheckView> checkAsJson(@PathVariable String id) {
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .header("Vary", "Accept")
                .body(CheckView.of(checks.get(id)));
    }
}
