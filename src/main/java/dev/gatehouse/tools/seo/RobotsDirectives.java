package dev.gatehouse.tools.seo;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;

/**
 * The robots directives of a page, from its meta elements and its X-Robots-Tag fields, combined as
 * Google documents it: those for all and those for a crawler's own name apply together.
 */
final class RobotsDirectives {

    static final String SOURCE =
            "https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag";

    private static final Set<String> VALUED =
            Set.of("max-snippet", "max-image-preview", "max-video-preview", "unavailable_after");

    private static final Set<String> PLAIN =
            Set.of(
                    "all",
                    "index",
                    "follow",
                    "noindex",
                    "nofollow",
                    "none",
                    "noarchive",
                    "nocache",
                    "nosnippet",
                    "indexifembedded",
                    "notranslate",
                    "noimageindex",
                    "nositelinkssearchbox",
                    "noodp",
                    "noydir",
                    "noai",
                    "noimageai");

    private static final List<DateTimeFormatter> DATES =
            Stream.of(
                            "[EEE, ]d MMM yyyy HH:mm[:ss][ z]",
                            "[EEE, ]d MMM yyyy HH:mm[:ss] Z",
                            "[EEEE, ]d-MMM-yyyy HH:mm[:ss][ z]",
                            "[EEEE, ]d-MMM-yy HH:mm[:ss][ z]",
                            "EEE MMM d HH:mm:ss yyyy",
                            "d MMM yyyy",
                            "MMM d[,] yyyy",
                            "yyyy-MM-dd'T'HH:mm[:ss][.SSS][XXX]",
                            "yyyy-MM-dd HH:mm[:ss][ z]",
                            "yyyy-MM-dd",
                            "yyyy/MM/dd")
                    .map(
                            pattern ->
                                    new DateTimeFormatterBuilder()
                                            .parseCaseInsensitive()
                                            .appendPattern(pattern)
                                            .toFormatter(Locale.ENGLISH))
                    .toList();

    /**
     * A directive.
     *
     * @param agent the crawler that it is for, in lower case, or empty for all
     * @param name in lower case
     * @param value after the colon, or empty
     * @param evidence where it stands
     */
    record Directive(String agent, String name, String value, Evidence evidence) {

        boolean isKnown() {
            return PLAIN.contains(name) || VALUED.contains(name);
        }
    }

    private final List<Directive> all;

    private RobotsDirectives(List<Directive> all) {
        this.all = all;
    }

    static RobotsDirectives of(PageFacts page) {
        List<Directive> all = new ArrayList<>();
        for (Element meta : page.html().elements("meta")) {
            String name = meta.attr("name").strip().toLowerCase(Locale.ROOT);
            if (name.equals("robots") || Audience.readsMeta(name)) {
                Evidence evidence = page.html().evidence(meta, "");
                String agent = name.equals("robots") ? "" : name;
                read(meta.attr("content"), agent, false, evidence, all);
            }
        }
        for (String value : page.response().values("X-Robots-Tag")) {
            read(value, "", true, Evidence.inHeader("X-Robots-Tag", value, ""), all);
        }
        return new RobotsDirectives(List.copyOf(all));
    }

    private static void read(
            String text,
            String agentBefore,
            boolean inHeader,
            Evidence evidence,
            List<Directive> into) {
        String agent = agentBefore;
        String[] parts = text.split(",", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i].strip();
            int colon = part.indexOf(':');
            String name = (colon < 0 ? part : part.substring(0, colon)).strip();
            String value = colon < 0 ? "" : part.substring(colon + 1).strip();
            name = name.toLowerCase(Locale.ROOT);
            if (inHeader && colon >= 0 && !VALUED.contains(name)) {
                agent = name; // the directives that follow are for this crawler
                colon = value.indexOf(':');
                name = (colon < 0 ? value : value.substring(0, colon)).strip();
                name = name.toLowerCase(Locale.ROOT);
                value = colon < 0 ? "" : value.substring(colon + 1).strip();
            }
            boolean weekdayOnly =
                    value.length() >= 3 && value.chars().allMatch(Character::isLetter);
            if (name.equals("unavailable_after") && weekdayOnly && i + 1 < parts.length) {
                value += ", " + parts[++i].strip(); // RFC 822 has a comma after the weekday
            }
            if (!name.isEmpty()) {
                into.add(new Directive(agent, name, value, evidence));
            }
        }
    }

    List<Directive> all() {
        return all;
    }

    /** What applies to that crawler. */
    List<Directive> of(String agent) {
        String name = agent.toLowerCase(Locale.ROOT);
        return all.stream().filter(d -> d.agent().isEmpty() || d.agent().equals(name)).toList();
    }

    /** The directive that keeps a page out of that crawler's index. */
    Optional<Directive> blocking(String agent, Instant now) {
        return of(agent).stream().filter(d -> blocks(d, now)).findFirst();
    }

    private static boolean blocks(Directive directive, Instant now) {
        return switch (directive.name()) {
            case "noindex", "none" -> true;
            case "unavailable_after" ->
                    date(directive.value()).filter(date -> date.isBefore(now)).isPresent();
            default -> false;
        };
    }

    /** Reads a date of RFC 822, RFC 850 or ISO 8601; without a zone it is taken as UTC. */
    static Optional<Instant> date(String text) {
        for (DateTimeFormatter format : DATES) {
            try {
                TemporalAccessor parsed =
                        format.parseBest(
                                text.strip(),
                                ZonedDateTime::from,
                                OffsetDateTime::from,
                                LocalDateTime::from,
                                LocalDate::from);
                return Optional.of(
                        switch (parsed) {
                            case ZonedDateTime date -> date.toInstant();
                            case OffsetDateTime date -> date.toInstant();
                            case LocalDateTime date -> date.toInstant(ZoneOffset.UTC);
                            case LocalDate date -> date.atStartOfDay(ZoneOffset.UTC).toInstant();
                            default -> throw new DateTimeException(text);
                        });
            } catch (DateTimeException _) {
                // another format may fit
            }
        }
        return Optional.empty();
    }
}
