package dev.gatehouse.tools.seo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A link of a Link header field (RFC 8288).
 *
 * @param target as it is written
 * @param parameters the first of each name, in lower case
 * @param value the whole field
 */
record LinkField(String target, Map<String, String> parameters, String value) {

    /** The links of the fields; what does not follow the grammar ends its field. */
    static List<LinkField> of(AuditedResponse response) {
        List<LinkField> links = new ArrayList<>();
        for (String value : response.values("Link")) {
            Reader reader = new Reader(value);
            while (reader.nextLink(links)) {
                // one more
            }
        }
        return links;
    }

    String relation() {
        return parameters.getOrDefault("rel", "").toLowerCase(Locale.ROOT);
    }

    String language() {
        return parameters.getOrDefault("hreflang", "");
    }

    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        boolean nextLink(List<LinkField> into) {
            skip(" \t,");
            if (!take('<')) {
                return false;
            }
            int end = text.indexOf('>', at);
            if (end < 0) {
                return false;
            }
            String target = text.substring(at, end).strip();
            at = end + 1;
            Map<String, String> parameters = new HashMap<>();
            skip(" \t");
            while (take(';')) {
                skip(" \t");
                String name = until("=;, \t").toLowerCase(Locale.ROOT);
                skip(" \t");
                String value = "";
                if (take('=')) {
                    skip(" \t");
                    value = take('"') ? quoted() : until(";,").strip();
                }
                if (!name.isEmpty()) {
                    parameters.putIfAbsent(name, value);
                }
                skip(" \t");
            }
            into.add(new LinkField(target, Map.copyOf(parameters), text));
            return true;
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at++;
            return value.toString();
        }

        private String until(String ends) {
            int start = at;
            while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private boolean take(char c) {
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }
    }
}
