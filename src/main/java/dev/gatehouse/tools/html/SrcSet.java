package dev.gatehouse.tools.html;

import java.util.ArrayList;
import java.util.List;

/** The URLs of a {@code srcset} attribute (HTML, "parsing a srcset attribute"). */
final class SrcSet {

    private SrcSet() {}

    /** The candidates' URLs as they are written; one with a bad descriptor is left out. */
    static List<String> urls(String text) {
        List<String> urls = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < text.length() && (isSpace(text.charAt(at)) || text.charAt(at) == ',')) {
                at++;
            }
            if (at == text.length()) {
                return urls;
            }
            int start = at;
            while (at < text.length() && !isSpace(text.charAt(at))) {
                at++;
            }
            int end = at;
            while (text.charAt(end - 1) == ',') {
                end--;
            }
            String url = text.substring(start, end);
            if (end < at) {
                urls.add(url);
                continue;
            }
            List<String> descriptors = new ArrayList<>();
            at = descriptors(text, at, descriptors);
            if (areValid(descriptors)) {
                urls.add(url);
            }
        }
    }

    /** Reads descriptors up to the comma that ends the candidate; one in parentheses does not. */
    private static int descriptors(String text, int from, List<String> descriptors) {
        StringBuilder current = new StringBuilder();
        boolean inParentheses = false;
        int at = from;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!inParentheses && c == ',') {
                at++;
                break;
            }
            if (!inParentheses && isSpace(c)) {
                add(current, descriptors);
                continue;
            }
            inParentheses = c == '(' || (inParentheses && c != ')');
            current.append(c);
        }
        add(current, descriptors);
        return at;
    }

    private static void add(StringBuilder current, List<String> descriptors) {
        if (!current.isEmpty()) {
            descriptors.add(current.toString());
            current.setLength(0);
        }
    }

    private static boolean areValid(List<String> descriptors) {
        boolean width = false;
        boolean density = false;
        boolean height = false;
        for (String descriptor : descriptors) {
            String value = descriptor.substring(0, descriptor.length() - 1);
            switch (descriptor.charAt(descriptor.length() - 1)) {
                case 'w' -> {
                    if (width || density || !isPositiveInteger(value)) {
                        return false;
                    }
                    width = true;
                }
                case 'x' -> {
                    if (width || density || height || !isNumber(value)) {
                        return false;
                    }
                    density = true;
                }
                case 'h' -> {
                    if (height || density || !isPositiveInteger(value)) {
                        return false;
                    }
                    height = true;
                }
                default -> {
                    return false;
                }
            }
        }
        return !height || width;
    }

    private static boolean isPositiveInteger(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && text.chars().anyMatch(c -> c != '0');
    }

    /** A valid floating-point number of HTML that is not negative. */
    private static boolean isNumber(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        int whole = digits(text, at);
        int end = at + whole;
        if (end < text.length() && text.charAt(end) == '.') {
            int fraction = digits(text, end + 1);
            if (fraction == 0) {
                return false;
            }
            end += 1 + fraction;
        } else if (whole == 0) {
            return false;
        }
        boolean zero = text.substring(at, end).chars().noneMatch(c -> c >= '1' && c <= '9');
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            end++;
            if (end < text.length() && (text.charAt(end) == '+' || text.charAt(end) == '-')) {
                end++;
            }
            int exponent = digits(text, end);
            if (exponent == 0) {
                return false;
            }
            end += exponent;
        }
        return end == text.length() && (at == 0 || zero);
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }
}
