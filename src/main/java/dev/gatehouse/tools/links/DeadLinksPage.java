package dev.gatehouse.tools.links;

import dev.gatehouse.tools.job.JobPage;
import dev.gatehouse.tools.job.JobPageData;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The form of the dead link check, and its result. */
class DeadLinksPage implements JobPage<DeadLinksRequest> {

    private final int mostPages;

    DeadLinksPage(int mostPages) {
        this.mostPages = mostPages;
    }

    @Override
    public String formTemplate() {
        return "dead-links-form";
    }

    @Override
    public Object form(Map<String, String> fields) {
        Map<String, Object> model = new HashMap<>();
        model.put("url", fields.getOrDefault("url", ""));
        model.put("page", DeadLinksRequest.PAGE.equals(fields.get("scope")));
        model.put("most", mostPages);
        int usual = Math.min(DeadLinksRequest.MAX_PAGES, mostPages);
        model.put("maxPages", fields.getOrDefault("maxPages", String.valueOf(usual)));
        model.put("maxDepth", fields.getOrDefault("maxDepth", ""));
        model.put("include", fields.getOrDefault("include", ""));
        model.put("exclude", fields.getOrDefault("exclude", ""));
        for (String choice : List.of("external", "fragments", "sitemap", "robots")) {
            model.put(choice, isChosen(fields, choice));
        }
        return model;
    }

    /** On, unless the form was sent without it, or an address says otherwise. */
    private static boolean isChosen(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, String.valueOf(!fields.containsKey("sent")))
                .equals("true");
    }

    @Override
    public DeadLinksRequest request(Map<String, String> fields) {
        return new DeadLinksRequest(
                fields.get("url"),
                fields.get("scope"),
                number(fields.get("maxPages")),
                number(fields.get("maxDepth")),
                lines(fields.get("include")),
                lines(fields.get("exclude")),
                isChosen(fields, "external"),
                isChosen(fields, "fragments"),
                isChosen(fields, "sitemap"),
                isChosen(fields, "robots"));
    }

    /** Null where it is empty, and a number that is refused where it is none. */
    private static @Nullable Integer number(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return text.strip().matches("[0-9]{1,9}")
                ? Integer.valueOf(text.strip())
                : Integer.valueOf(-1);
    }

    private static List<String> lines(@Nullable String text) {
        return Arrays.stream(Objects.requireNonNullElse(text, "").split("\\R", -1))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Override
    public Map<String, String> fields(DeadLinksRequest request) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("url", text(request.url()));
        fields.put("scope", text(request.scope()));
        fields.put("maxPages", text(request.maxPages()));
        fields.put("maxDepth", text(request.maxDepth()));
        fields.put(
                "include",
                String.join("\n", Objects.requireNonNullElse(request.include(), List.of())));
        fields.put(
                "exclude",
                String.join("\n", Objects.requireNonNullElse(request.exclude(), List.of())));
        fields.put("external", text(request.external()));
        fields.put("fragments", text(request.fragments()));
        fields.put("sitemap", text(request.sitemap()));
        fields.put("robots", text(request.robots()));
        return fields;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    @Override
    public String title(DeadLinksRequest request) {
        return text(request.url());
    }

    @Override
    public String done() {
        return "All links were checked.";
    }

    @Override
    public String resultTemplate() {
        return "dead-links-result";
    }

    @Override
    public Object result(JobPageData<DeadLinksRequest> job) {
        return DeadLinksResult.of(job);
    }

    @Override
    public List<Filter> filters() {
        return List.of(
                new Filter(
                        "verdict",
                        "Verdict",
                        Arrays.stream(LinkVerdict.values()).map(LinkVerdict::text).toList()));
    }
}
