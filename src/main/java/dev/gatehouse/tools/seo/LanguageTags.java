package dev.gatehouse.tools.seo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Language tags (BCP 47), by the subtags of the IANA registry. */
final class LanguageTags {

    private static final List<Set<String>> SUBTAGS = load();

    private LanguageTags() {}

    private static List<Set<String>> load() {
        try (InputStream in = LanguageTags.class.getResourceAsStream("/seo/subtags.txt")) {
            if (in == null) {
                throw new IllegalStateException("subtags.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Set.of(line.split(" ")))
                    .toList();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Whether the registry has that language, in lower case. */
    static boolean isLanguage(String subtag) {
        return SUBTAGS.get(0).contains(subtag);
    }

    /** Why a value of {@code lang} is no language tag, or empty. */
    static String problem(String tag) {
        String[] parts = tag.strip().split("-", -1);
        String language = parts[0].toLowerCase(Locale.ROOT);
        if (!isLanguage(language) && !language.equals("x") && !language.equals("i")) {
            return "“" + parts[0] + "” is no registered language";
        }
        return regionProblem(parts);
    }

    /**
     * Why a value of {@code hreflang} names no language, script or region that Google knows, or
     * empty: ISO 639-1, then ISO 15924, then ISO 3166-1.
     */
    static String hreflangProblem(String tag) {
        if (tag.equalsIgnoreCase("x-default")) {
            return "";
        }
        String[] parts = tag.split("-", -1);
        if (!isLanguage(parts[0].toLowerCase(Locale.ROOT))) {
            return "“" + parts[0] + "” is no registered language";
        }
        return regionProblem(parts);
    }

    private static String regionProblem(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i];
            if (part.length() == 1) {
                return ""; // an extension or private use
            }
            if (part.isEmpty() || !part.chars().allMatch(LanguageTags::isAlphanumeric)) {
                return "“" + part + "” is no subtag";
            }
            boolean region = part.length() == 2 || (part.length() == 3 && isDigits(part));
            if (region && !SUBTAGS.get(1).contains(part.toUpperCase(Locale.ROOT))) {
                return "“" + part + "” is no registered region";
            }
            boolean script = part.length() == 4 && !Character.isDigit(part.charAt(0));
            if (script && !SUBTAGS.get(2).contains(titleCase(part))) {
                return "“" + part + "” is no registered script";
            }
        }
        return "";
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String titleCase(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT)
                + text.substring(1).toLowerCase(Locale.ROOT);
    }
}
