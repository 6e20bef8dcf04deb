package dev.gatehouse.tools.seo;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a group of rules is about. */
enum Area {
    INDEXING("indexing", "Crawling and indexing"),
    CANONICAL("canonical", "Canonical URL"),
    CONTENT("content", "Content"),
    LINKS("links", "Links"),
    LANGUAGE("language", "Languages"),
    SOCIAL("social", "Shared cards"),
    STRUCTURED_DATA("structured-data", "Structured data"),
    DOCUMENT("document", "Document"),
    HTTPS("https", "HTTPS"),
    SITEMAP("sitemap", "Sitemap"),
    SITE("site", "Whole site");

    private final String tag;
    private final String text;

    Area(String tag, String text) {
        this.tag = tag;
        this.text = text;
    }

    @JsonValue
    String tag() {
        return tag;
    }

    String text() {
        return text;
    }
}
