package dev.gatehouse.tools.seo;

import static dev.gatehouse.tools.seo.Area.STRUCTURED_DATA;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/** Structured data in the vocabulary of schema.org; of microdata and RDFa only the types. */
final class StructuredDataRules {

    private static final String GOOGLE =
            "https://developers.google.com/search/docs/appearance/structured-data/"
                    + "intro-structured-data";

    private static final String GALLERY =
            "https://developers.google.com/search/docs/appearance/structured-data/search-gallery";

    static final List<Rule> RULES =
            List.of(
                    Rule.ofHtml(
                            "structured-data",
                            STRUCTURED_DATA,
                            0,
                            "Structured data describes the page (to be checked by hand)",
                            "",
                            GOOGLE,
                            StructuredDataRules::structuredData),
                    Rule.ofHtml(
                            "json-ld-syntax",
                            STRUCTURED_DATA,
                            1,
                            "JSON-LD is valid JSON",
                            "Correct the JSON: no comments, no comma before a closing bracket,"
                                    + " quotes and line ends escaped.",
                            "https://www.rfc-editor.org/rfc/rfc8259.html",
                            StructuredDataRules::syntax),
                    Rule.ofHtml(
                            "json-ld-type",
                            STRUCTURED_DATA,
                            0.5,
                            "JSON-LD has a type of schema.org",
                            "Set \"@context\": \"https://schema.org\" and an @type.",
                            "https://schema.org/docs/gs.html",
                            StructuredDataRules::type),
                    Rule.ofHtml(
                            "json-ld-required",
                            STRUCTURED_DATA,
                            1,
                            "JSON-LD has the properties that Google requires of its types",
                            "Add the properties, or Google shows no rich result.",
                            GALLERY,
                            StructuredDataRules::required));

    private StructuredDataRules() {}

    private static Result structuredData(PageFacts page) {
        StructuredData data = StructuredData.of(page.html());
        TreeMap<String, Long> types =
                data.types().stream()
                        .collect(
                                Collectors.groupingBy(
                                        type -> type, TreeMap::new, Collectors.counting()));
        for (Element element : page.html().elements()) {
            for (String type : typesOfAttributes(element)) {
                types.merge(type, 1L, Long::sum);
            }
        }
        return types.isEmpty()
                ? Result.info("The page has none.", List.of())
                : Result.info(
                        types.entrySet().stream()
                                        .limit(50)
                                        .map(
                                                type ->
                                                        type.getKey()
                                                                + (type.getValue() > 1
                                                                        ? " × " + type.getValue()
                                                                        : ""))
                                        .collect(Collectors.joining(", "))
                                + ".",
                        List.of());
    }

    /** The types that an element has by microdata, or by RDFa in the vocabulary of schema.org. */
    private static List<String> typesOfAttributes(Element element) {
        if (element.hasAttr("itemscope") && element.hasAttr("itemtype")) {
            return names(element.attr("itemtype"));
        }
        String types = element.attr("typeof");
        return !types.isBlank() && (types.contains("schema:") || isOfSchemaOrg(element))
                ? names(types)
                : List.of();
    }

    private static boolean isOfSchemaOrg(Element element) {
        for (Element e = element; e != null; e = e.parent()) {
            if (e.hasAttr("vocab")) {
                return e.attr("vocab").contains("schema.org");
            }
        }
        return false;
    }

    /** Without the vocabulary before each. */
    private static List<String> names(String types) {
        return Arrays.stream(types.split("[ \t\r\n\f]+", -1))
                .filter(type -> !type.isEmpty())
                .map(
                        type ->
                                type.substring(
                                        Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1))
                .toList();
    }

    private static Result syntax(PageFacts page) {
        StructuredData data = StructuredData.of(page.html());
        return data.blocks() == 0
                ? Result.notApplicable("The page has no JSON-LD.")
                : Result.failIfAny(
                        data.errors(), data.errors().size() + " blocks are no JSON.", "");
    }

    private static Result type(PageFacts page) {
        StructuredData data = StructuredData.of(page.html());
        return data.blocks() == data.errors().size()
                ? Result.notApplicable("The page has no JSON-LD that can be read.")
                : Result.failIfAny(data.untyped(), "A block is of no type that is known.", "");
    }

    private static Result required(PageFacts page) {
        StructuredData data = StructuredData.of(page.html());
        return data.required() == 0
                ? Result.notApplicable("Google requires nothing of the types on the page.")
                : Result.failIfAny(
                        data.incomplete(), data.incomplete().size() + " are missing.", "");
    }
}
