package dev.gatehouse.tools.screenshot;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a page loads and a request can block. */
enum ResourceType {
    IMAGE,
    MEDIA,
    FONT,
    SCRIPT,
    STYLESHEET,
    XHR,
    WEBSOCKET;

    /** As it stands in a request. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As Chrome names them; none for WebSockets, which are blocked by their URL. */
    List<String> devToolsTypes() {
        return switch (this) {
            case IMAGE -> List.of("Image");
            case MEDIA -> List.of("Media");
            case FONT -> List.of("Font");
            case SCRIPT -> List.of("Script");
            case STYLESHEET -> List.of("Stylesheet");
            case XHR -> List.of("XHR", "Fetch", "EventSource", "Ping");
            case WEBSOCKET -> List.of();
        };
    }

    static Optional<ResourceType> of(String text) {
        return Stream.of(values()).filter(type -> type.text().equals(text)).findFirst();
    }
}
