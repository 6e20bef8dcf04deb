package dev.gatehouse.tools.screenshot;

import dev.gatehouse.tools.job.JobPage;
import dev.gatehouse.tools.job.JobPageData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The form of a screenshot, and its result. */
final class ScreenshotPage implements JobPage<ScreenshotRequest> {

    private final Browsers browsers;

    ScreenshotPage(Browsers browsers) {
        this.browsers = browsers;
    }

    /** A choice of a list. */
    record Choice(String value, String label, boolean selected) {}

    /** An image as the page shows it. */
    record Shown(String caption, String path, int width, int height) {}

    @Override
    public String formTemplate() {
        return "screenshot-form";
    }

    @Override
    public Object form(Map<String, String> fields) {
        Map<String, Object> model = new HashMap<>();
        model.put("url", fields.getOrDefault("url", ""));
        model.put("width", fields.getOrDefault("width", String.valueOf(ScreenshotRequest.WIDTH)));
        model.put(
                "height", fields.getOrDefault("height", String.valueOf(ScreenshotRequest.HEIGHT)));
        model.put("selector", fields.getOrDefault("selector", ""));
        model.put("waitFor", fields.getOrDefault("waitFor", ""));
        model.put("delayMs", fields.getOrDefault("delayMs", "0"));
        model.put("thumbnailWidth", fields.getOrDefault("thumbnailWidth", ""));
        model.put(
                "quality",
                fields.getOrDefault("quality", String.valueOf(ScreenshotRequest.QUALITY)));
        for (String box : List.of("mobile", "fullPage", "reducedMotion", "scroll")) {
            model.put(box, "true".equals(fields.get(box)));
        }
        model.put("scales", choices(fields, "scale", "1", List.of("1", "2", "3")));
        model.put("formats", choices(fields, "format", "png", List.of("png", "jpeg", "webp")));
        model.put("schemes", choices(fields, "colorScheme", "light", List.of("light", "dark")));
        model.put(
                "waits", choices(fields, "waitUntil", "load", List.of("load", "idle", "selector")));
        Map<String, String> compare = new LinkedHashMap<>();
        compare.put("none", "this one alone");
        compare.put("devices", "desktop and phone");
        compare.put("all", "desktop and phone, light and dark");
        String compared = fields.getOrDefault("compare", "none");
        model.put(
                "compares",
                compare.entrySet().stream()
                        .map(
                                entry ->
                                        new Choice(
                                                entry.getKey(),
                                                entry.getValue(),
                                                entry.getKey().equals(compared)))
                        .toList());
        List<String> blocked = List.of(fields.getOrDefault("block", "").split(",", -1));
        List<Choice> blocks = new ArrayList<>();
        for (ResourceType type : ResourceType.values()) {
            blocks.add(new Choice(type.text(), type.text(), blocked.contains(type.text())));
        }
        model.put("blocks", blocks);
        browsers.problem()
                .ifPresent(
                        problem -> model.put("missing", problem.text() + " " + problem.remedy()));
        model.putIfAbsent("missing", false);
        return model;
    }

    private static List<Choice> choices(
            Map<String, String> fields, String name, String otherwise, List<String> values) {
        String selected = fields.getOrDefault(name, otherwise);
        return values.stream()
                .map(value -> new Choice(value, value, value.equals(selected)))
                .toList();
    }

    @Override
    public ScreenshotRequest request(Map<String, String> fields) {
        return new ScreenshotRequest(
                fields.get("url"),
                new Viewport(
                        number(fields, "width"),
                        number(fields, "height"),
                        decimal(fields, "scale"),
                        flag(fields, "mobile")),
                flag(fields, "fullPage"),
                fields.get("selector"),
                clip(fields),
                text(fields, "format"),
                number(fields, "quality"),
                text(fields, "colorScheme"),
                flag(fields, "reducedMotion"),
                text(fields, "waitUntil"),
                fields.get("waitFor"),
                number(fields, "delayMs"),
                number(fields, "timeoutMs"),
                fields.getOrDefault("block", "").isEmpty()
                        ? null
                        : List.of(fields.getOrDefault("block", "").split(",", -1)),
                flag(fields, "scroll"),
                number(fields, "thumbnailWidth"),
                number(fields, "maxAge"),
                text(fields, "compare"));
    }

    private static @Nullable String text(Map<String, String> fields, String name) {
        String value = fields.getOrDefault(name, "");
        return value.isEmpty() ? null : value;
    }

    private static Boolean flag(Map<String, String> fields, String name) {
        return "true".equals(fields.get(name));
    }

    /** What is no number becomes one that is refused. */
    private static @Nullable Integer number(Map<String, String> fields, String name) {
        String value = text(fields, name);
        if (value == null) {
            return null;
        }
        return value.strip().matches("[0-9]{1,9}") ? Integer.valueOf(value.strip()) : -1;
    }

    private static @Nullable Double decimal(Map<String, String> fields, String name) {
        String value = text(fields, name);
        if (value == null) {
            return null;
        }
        return value.strip().matches("[0-9]{1,6}(\\.[0-9]{1,6})?")
                ? Double.valueOf(value.strip())
                : -1.0;
    }

    /** As {@code x,y,width,height}. */
    private static @Nullable Clip clip(Map<String, String> fields) {
        String value = text(fields, "clip");
        if (value == null) {
            return null;
        }
        if (!value.matches("([0-9]{1,6}(\\.[0-9]{1,6})?,){3}[0-9]{1,6}(\\.[0-9]{1,6})?")) {
            return new Clip(-1, -1, 0, 0);
        }
        String[] parts = value.split(",", 4);
        return new Clip(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]));
    }

    /** The address of the form with these has all options, to be shared. */
    @Override
    public Map<String, String> fields(ScreenshotRequest request) {
        Map<String, String> fields = new LinkedHashMap<>();
        Viewport viewport = Objects.requireNonNull(request.viewport());
        put(fields, "url", request.url());
        put(fields, "width", viewport.width());
        put(fields, "height", viewport.height());
        put(fields, "scale", number(viewport.scale()));
        put(fields, "mobile", viewport.mobile());
        put(fields, "fullPage", request.fullPage());
        put(fields, "selector", request.selector());
        Clip clip = request.clip();
        if (clip != null) {
            put(
                    fields,
                    "clip",
                    "%s,%s,%s,%s"
                            .formatted(
                                    number(clip.x()),
                                    number(clip.y()),
                                    number(clip.width()),
                                    number(clip.height())));
        }
        put(fields, "format", request.format());
        put(fields, "quality", request.quality());
        put(fields, "colorScheme", request.colorScheme());
        put(fields, "reducedMotion", request.reducedMotion());
        put(fields, "waitUntil", request.waitUntil());
        put(fields, "waitFor", request.waitFor());
        put(fields, "delayMs", request.delayMs());
        put(fields, "block", String.join(",", Objects.requireNonNull(request.block())));
        put(fields, "scroll", request.scroll());
        put(fields, "thumbnailWidth", request.thumbnailWidth());
        put(fields, "compare", request.compare());
        return fields;
    }

    private static String number(@Nullable Double number) {
        double value = number == null ? 1 : number;
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private static void put(Map<String, String> fields, String name, @Nullable Object value) {
        if (value != null
                && !value.equals(false)
                && !value.equals(0)
                && !String.valueOf(value).isEmpty()) {
            fields.put(name, String.valueOf(value));
        }
    }

    @Override
    public String title(ScreenshotRequest request) {
        String url = String.valueOf(request.url());
        return url.substring(url.indexOf("://") + 3);
    }

    @Override
    public String resultTemplate() {
        return "screenshot-result";
    }

    @Override
    public Object result(JobPageData<ScreenshotRequest> job) {
        JsonNode report = job.report();
        Map<String, Object> model = new HashMap<>();
        model.put("over", report != null);
        if (report == null) {
            return model;
        }
        List<Shown> images = new ArrayList<>();
        images.add(shown("", report));
        report.path("variants")
                .forEach(variant -> images.add(shown(variant.path("name").asString(""), variant)));
        model.put("images", images);
        model.put("compared", images.size() > 1);
        model.put("report", JsonMapper.shared().convertValue(report, Map.class));
        model.put("console", texts(report.path("console"), ""));
        model.put("blocked", texts(report.path("blocked"), "url"));
        model.put("hasConsole", !report.path("console").isEmpty());
        model.put("hasBlocked", !report.path("blocked").isEmpty());
        model.put("limit", report.path("limit").asString(""));
        model.put("hasLimit", report.has("limit"));
        return model;
    }

    private static Shown shown(String name, JsonNode image) {
        return new Shown(
                name.isEmpty() ? "as requested" : name.replace("-", ", "),
                image.path("image").asString(""),
                image.path("width").asInt(0),
                image.path("height").asInt(0));
    }

    private static List<String> texts(JsonNode nodes, String member) {
        List<String> texts = new ArrayList<>();
        for (JsonNode node : nodes) {
            texts.add(
                    member.isEmpty()
                            ? node.asString("")
                            : node.path(member).asString("")
                                    + " ("
                                    + node.path("reason").asString("")
                                    + ")");
        }
        return texts;
    }
}
