package dev.gatehouse.status;

import dev.gatehouse.liveness.PublicAddressScreenshots;
import dev.gatehouse.page.NavigationLink;
import dev.gatehouse.page.PageTemplate;
import dev.gatehouse.page.PublicPage;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The status as HTML, JSON and server-sent events. */
@Lazy
@Controller
@RequestMapping("/status")
class StatusController {

    private static final CacheControl IMAGE_CACHING =
            CacheControl.maxAge(Duration.ofDays(1)).cachePrivate();

    private final StatusReport report;
    private final StatusHistory history;
    private final StatusStream stream;
    private final @Nullable PublicAddressScreenshots screenshots;
    private final List<NavigationLink> navigation;
    private final PageTemplate template = new PageTemplate("status");

    StatusController(
            StatusReport report,
            StatusHistory history,
            StatusStream stream,
            ObjectProvider<PublicAddressScreenshots> screenshots,
            ObjectProvider<NavigationLink> navigation) {
        this.report = report;
        this.history = history;
        this.stream = stream;
        this.screenshots = screenshots.getIfAvailable();
        this.navigation = navigation.orderedStream().toList();
    }

    /** The page, or for links, which cannot ask for a media type, {@code ?format=json}. */
    @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<?> page(HttpServletRequest request) {
        // as text: parameters that cannot be decoded throw, also in the mappings of other paths
        if ("format=json".equals(request.getQueryString())) {
            return json(false);
        }
        return PublicPage.of(
                request, template.render(HttpStatus.OK, report.page(false), navigation));
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<StatusPage> json() {
        return json(false);
    }

    /** For the monitoring user alone: the package security sees to that. */
    @GetMapping(path = "/details", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> detailedPage() {
        return template.render(HttpStatus.OK, report.page(true), navigation);
    }

    @GetMapping(path = "/details", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<StatusPage> detailedJson() {
        return json(true);
    }

    private ResponseEntity<StatusPage> json(boolean detailed) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header("Cache-Control", "no-store")
                .header("Vary", "Accept")
                .body(report.page(detailed));
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events() {
        return stream.open()
                .map(ResponseEntity::ok)
                .orElseGet(() -> ResponseEntity.status(HttpStatus.NO_CONTENT).build());
    }

    @GetMapping(path = "/screenshots/{id}/{view}.png", produces = MediaType.IMAGE_PNG_VALUE)
    ResponseEntity<byte[]> screenshot(@PathVariable String id, @PathVariable String view) {
        return image(id, view, false);
    }

    @GetMapping(path = "/screenshots/{id}/{view}/changed.png", produces = MediaType.IMAGE_PNG_VALUE)
    ResponseEntity<byte[]> difference(@PathVariable String id, @PathVariable String view) {
        return image(id, view, true);
    }

    private ResponseEntity<byte[]> image(String id, String view, boolean difference) {
        return Optional.ofNullable(screenshots)
                .flatMap(all -> all.image(id, view, difference))
                .map(png -> ResponseEntity.ok().cacheControl(IMAGE_CACHING).body(png))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    /** Both connectors, for the home page, which is a file. */
    @GetMapping(path = "/connectors.svg", produces = "image/svg+xml")
    ResponseEntity<String> connectors() {
        Map<String, ComponentCondition> conditions = new LinkedHashMap<>();
        conditions.put("HTTP", history.status(StatusComponent.HTTP).condition());
        conditions.put("HTTPS", history.status(StatusComponent.HTTPS).condition());
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(Svg.connectors(conditions));
    }
}
