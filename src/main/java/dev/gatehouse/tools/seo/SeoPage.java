package dev.gatehouse.tools.seo;

import dev.gatehouse.tools.job.JobPage;
import dev.gatehouse.tools.job.JobPageData;
import java.util.LinkedHashMap;
import java.util.Map;

/** The form of the SEO audit, and its result. */
final class SeoPage implements JobPage<SeoRequest> {

    private final int mostPages;

    SeoPage(int mostPages) {
        this.mostPages = mostPages;
    }

    @Override
    public String formTemplate() {
        return "seo-form";
    }

    @Override
    public Object form(Map<String, String> fields) {
        return Map.of(
                "url",
                fields.getOrDefault("url", ""),
                "site",
                SeoRequest.SITE.equals(fields.get("scope")),
                "maxPages",
                fields.getOrDefault("maxPages", String.valueOf(SeoRequest.MAX_PAGES)),
                "mostPages",
                mostPages);
    }

    @Override
    public SeoRequest request(Map<String, String> fields) {
        String pages = fields.getOrDefault("maxPages", "").strip();
        return new SeoRequest(
                fields.get("url"),
                fields.get("scope"),
                pages.isEmpty() ? null : (Integer) number(pages));
    }

    /** 0 is refused with a text. */
    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    @Override
    public Map<String, String> fields(SeoRequest request) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("url", request.urlText());
        if (request.isSite()) {
            fields.put("scope", SeoRequest.SITE);
            fields.put("maxPages", String.valueOf(request.pages()));
        }
        return fields;
    }

    @Override
    public String title(SeoRequest request) {
        return request.urlText();
    }

    @Override
    public String done() {
        return "All rules were applied.";
    }

    @Override
    public String resultTemplate() {
        return "seo-result";
    }

    @Override
    public Object result(JobPageData<SeoRequest> job) {
        return SeoResult.of(job);
    }
}
