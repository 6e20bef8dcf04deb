package dev.gatehouse.tools.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** What a client accepts (RFC 9110, 12.5.1). */
record AcceptHeader(List<MediaType> ranges) {

    static AcceptHeader of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return new AcceptHeader(List.of(MediaType.ALL));
        }
        try {
            return new AcceptHeader(MediaType.parseMediaTypes(header));
        } catch (InvalidMediaTypeException _) {
            throw ApiProblem.NOT_ACCEPTABLE.exception();
        }
    }

    /** The offered type that the client likes best, the first of those it likes equally. */
    Optional<MediaType> best(Collection<MediaType> offered) {
        return offered.stream()
                .filter(type -> quality(type) > 0)
                .reduce((a, b) -> quality(b) > quality(a) ? b : a);
    }

    /** As above; 406 where it accepts none. */
    MediaType require(Collection<MediaType> offered) {
        return best(offered).orElseThrow(ApiProblem.NOT_ACCEPTABLE::exception);
    }

    boolean accepts(MediaType type) {
        return quality(type) > 0;
    }

    /** That of the most specific range that includes the type. */
    private double quality(MediaType type) {
        return ranges.stream()
                .filter(range -> range.includes(type))
                .max(Comparator.comparingInt(AcceptHeader::specificity))
                .map(MediaType::getQualityValue)
                .orElse(0.0);
    }

    private static int specificity(MediaType range) {
        if (range.isWildcardType()) {
            return 0;
        }
        return range.isWildcardSubtype() ? 1 : 2;
    }
}
