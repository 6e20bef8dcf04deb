package dev.gatehouse.tools.seo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON-LD of a page.
 *
 * @param blocks the script elements that hold it
 * @param errors where they are no JSON
 * @param untyped nodes at the top without a type or the context of schema.org
 * @param types of all nodes, each once for each node
 * @param incomplete nodes that lack what Google requires of their type
 */
record StructuredData(
        int blocks,
        List<Evidence> errors,
        List<Evidence> untyped,
        List<String> types,
        List<Evidence> incomplete,
        int required) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int DEEPEST = 100;
    private static final int MOST_NODES = 10_000;

    /**
     * What Google's documentation of rich results requires by type; of names with a bar between
     * them, one.
     */
    private static final Map<String, List<String>> REQUIRED =
            Map.ofEntries(
                    required("AggregateRating", "ratingValue", "ratingCount|reviewCount"),
                    required("BreadcrumbList", "itemListElement"),
                    required("ClaimReview", "claimReviewed", "reviewRating", "url"),
                    required("Course", "name", "description"),
                    required("Dataset", "name", "description"),
                    required(
                            "DiscussionForumPosting",
                            "author",
                            "datePublished",
                            "text|image|video"),
                    required("Event", "name", "startDate", "location"),
                    required("FAQPage", "mainEntity"),
                    required(
                            "ImageObject",
                            "contentUrl|url",
                            "creator|creditText|copyrightNotice|license"),
                    required("ItemList", "itemListElement"),
                    required(
                            "JobPosting",
                            "title",
                            "description",
                            "datePosted",
                            "hiringOrganization",
                            "jobLocation|applicantLocationRequirements"),
                    required("ListItem", "position"),
                    required("LocalBusiness", "name", "address"),
                    required("Movie", "name", "image"),
                    required("Offer", "price|priceSpecification"),
                    required("AggregateOffer", "lowPrice", "priceCurrency"),
                    required("Product", "name", "review|aggregateRating|offers"),
                    required("ProfilePage", "mainEntity"),
                    required("QAPage", "mainEntity"),
                    required("Question", "name|text", "acceptedAnswer|suggestedAnswer"),
                    required("Answer", "text"),
                    required("Rating", "ratingValue"),
                    required("Recipe", "name", "image"),
                    required("Restaurant", "name", "address"),
                    required("Review", "author", "reviewRating"),
                    required("SoftwareApplication", "name", "offers", "aggregateRating|review"),
                    required("VideoObject", "name", "thumbnailUrl", "uploadDate"),
                    required("WebSite", "name", "url"));

    private static Map.Entry<String, List<String>> required(String type, String... properties) {
        return Map.entry(type, List.of(properties));
    }

    static StructuredData of(ParsedPage page) {
        Reader reader = new Reader(page);
        int blocks = 0;
        for (Element script : page.elements("script")) {
            String type = script.attr("type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            if (type.equals("application/ld+json")) {
                blocks++;
                reader.read(script);
            }
        }
        return new StructuredData(
                blocks,
                reader.errors,
                reader.untyped,
                reader.types,
                reader.incomplete,
                reader.required);
    }

    private static final class Reader {

        private final ParsedPage page;
        private final List<Evidence> errors = new ArrayList<>();
        private final List<Evidence> untyped = new ArrayList<>();
        private final List<String> types = new ArrayList<>();
        private final List<Evidence> incomplete = new ArrayList<>();
        private int required;

        Reader(ParsedPage page) {
            this.page = page;
        }

        void read(Element script) {
            String text = script.data();
            JsonNode root;
            try {
                root = JSON.readTree(text);
            } catch (JacksonException ex) {
                errors.add(error(script, text, ex));
                return;
            }
            if (root == null || root.isMissingNode()) {
                errors.add(page.evidence(script, "is empty"));
                return;
            }
            for (JsonNode top : root.isArray() ? List.copyOf(root.values()) : List.of(root)) {
                if (!top.isObject()) {
                    untyped.add(page.evidence(script, "is no object"));
                } else {
                    if (!top.path("@context").toString().contains("schema.org")) {
                        untyped.add(page.evidence(script, "@context is not https://schema.org"));
                    }
                    if (!top.has("@type") && !top.has("@graph")) {
                        untyped.add(page.evidence(script, "has no @type"));
                    }
                    visit(script, top, "", 0);
                }
            }
        }

        private Evidence error(Element script, String text, JacksonException ex) {
            Range start = script.sourceRange();
            TokenStreamLocation at = ex.getLocation();
            String message = ex.getOriginalMessage();
            if (!start.isTracked() || at == null || at.getLineNr() < 1) {
                return page.evidence(script, message);
            }
            int line = start.end().lineNumber() + at.getLineNr() - 1;
            int column =
                    at.getLineNr() == 1
                            ? start.end().columnNumber() + at.getColumnNr() - 1
                            : at.getColumnNr();
            String[] lines = text.split("\r\n|\r|\n", at.getLineNr() + 1);
            String found = lines[Math.min(lines.length, at.getLineNr()) - 1];
            int from = Math.max(0, Math.min(found.length(), at.getColumnNr() - 1) - 80);
            return new Evidence("page", line, column, found.substring(from), message);
        }

        private void visit(Element script, JsonNode node, String parent, int depth) {
            if (depth > DEEPEST || types.size() > MOST_NODES) {
                return;
            }
            String type = "";
            if (node.isObject()) {
                for (String name : types(node)) {
                    type = name;
                    types.add(name);
                    judge(script, node, name, parent);
                }
            }
            for (JsonNode child : node.values()) {
                if (child.isContainer()) {
                    visit(script, child, type.isEmpty() ? parent : type, depth + 1);
                }
            }
        }

        private static List<String> types(JsonNode node) {
            JsonNode type = node.path("@type");
            List<String> names = new ArrayList<>();
            for (JsonNode each : type.isArray() ? List.copyOf(type.values()) : List.of(type)) {
                if (each.isString()) {
                    String name = each.stringValue();
                    names.add(name.substring(name.lastIndexOf('/') + 1));
                }
            }
            return names;
        }

        private void judge(Element script, JsonNode node, String type, String parent) {
            List<String> wanted = REQUIRED.getOrDefault(type, List.of());
            boolean part = node.has("@id") && node.size() <= 3; // refers to another node
            if (wanted.isEmpty() || part || (type.equals("ImageObject") && !parent.isEmpty())) {
                return;
            }
            required++;
            for (String property : wanted) {
                if (Arrays.stream(property.split("\\|")).noneMatch(name -> isGiven(node, name))) {
                    incomplete.add(
                            page.evidence(
                                    script, type + " has no " + property.replace("|", " or ")));
                }
            }
        }

        private static boolean isGiven(JsonNode node, String property) {
            JsonNode value = node.path(property);
            return !value.isMissingNode()
                    && !value.isNull()
                    && !(value.isString() && value.stringValue().isBlank())
                    && !(value.isContainer() && value.isEmpty());
        }
    }
}
