package dev.gatehouse.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, 14, for 1,000 bytes. */
class ByteRangeTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "bytes=0-0 > 0-0",
                "bytes=0-999 > 0-999",
                "bytes=2-4 > 2-4",
                "BYTES=2-4 > 2-4",
                "bytes=999- > 999-999",
                "bytes=990-5000 > 990-999",
                "bytes=0-99999999999999999999 > 0-999",
                "bytes=0-9223372036854775807 > 0-999",
                "bytes=-1 > 999-999",
                "bytes=-1000 > 0-999",
                "bytes=-99999999999999999999 > 0-999",
                "bytes= 0-0 , 500-500 > 0-0 500-500",
                "bytes=0-0,,500-500, > 0-0 500-500",
                "bytes=500-500,0-0 > 500-500 0-0",
                "bytes=0-0,-1 > 0-0 999-999",
                "bytes=0-0,5000-6000 > 0-0",
                // overlapping, adjacent and nearly adjacent ones are joined
                "bytes=0-499,400-600 > 0-600",
                "bytes=500-600,0-499 > 0-600",
                "bytes=0-10,50-60,200-210 > 0-60 200-210",
                "bytes=0-,0-,0-,0-,0- > 0-999",
                "bytes=0-999,5-5 > 0-999"
            })
    void rangeWhenItCanBeServedIsWithinTheFile(String header, String expected) {
        assertThat(ranges(header)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=1000-",
                "bytes=1000-1001",
                "bytes=99999999999999999999-",
                "bytes=-0",
                "bytes=5000-,6000-7000"
            })
    void rangeWhenItIsBeyondTheEndIsNone(String header) {
        assertThat(ByteRange.parse(header, 1000)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=a-b",
                "bytes=1-x",
                "bytes=x-1",
                "bytes=--1",
                "bytes=+1-2",
                "bytes=5-4",
                "bytes=0-0,5-4",
                "bytes=1 - 2",
                "bytes=\u0661-\u0662",
                "pages=1-2",
                "bytes 0-1"
            })
    void rangeWhenItHasNoValidFormMeansNothing(String header) {
        assertThat(ByteRange.parse(header, 1000)).isNull();
    }

    @Test
    void rangeWhenTheFileIsEmptyMeansNothing() {
        assertThat(ByteRange.parse("bytes=0-", 0)).isNull();
    }

    @Test
    void rangesWhenThereAreManyMeanNothing() {
        assertThat(ByteRange.parse(many(8, 200), 100_000)).hasSize(8);
        assertThat(ByteRange.parse(many(9, 200), 100_000)).isNull();
        assertThat(ByteRange.parse(many(16, 1), 100_000)).hasSize(1);
        assertThat(ByteRange.parse(many(17, 1), 100_000)).isNull();
        assertThat(ByteRange.parse(many(1300, 2), 100_000)).isNull();
    }

    /** The first byte of each stretch of that length. */
    private static String many(int count, int step) {
        return IntStream.range(0, count)
                .mapToObj(i -> i * step + "-" + i * step)
                .collect(Collectors.joining(",", "bytes=", ""));
    }

    private static String ranges(String header) {
        List<ByteRange> ranges = ByteRange.parse(header, 1000);
        return ranges == null
                ? "null"
                : ranges.stream()
                        .map(range -> range.start() + "-" + range.end())
                        .collect(Collectors.joining(" "));
    }
}
