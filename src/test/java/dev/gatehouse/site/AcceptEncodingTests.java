package dev.gatehouse.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** RFC 9110, 12.5.3. */
class AcceptEncodingTests {

    private static final Representation PLAIN = representation("identity");
    private static final Representation BROTLI = representation("br");
    private static final Representation GZIP = representation("gzip");

    /** Lines of the field are separated by a bar. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "gzip, deflate, br, zstd > br",
                "gzip > gzip",
                "br > br",
                "deflate, zstd > identity",
                "GZIP > gzip",
                "Br > br",
                "x-gzip > gzip",
                "X-GZip;q=0.5 > gzip",
                "'' > identity",
                "* > gzip",
                "*;q=0.1 > gzip",
                "identity > identity",
                "identity, gzip > gzip",
                "identity;q=1, gzip;q=0.5 > identity",
                "gzip;q=0.5, identity;q=0.5 > gzip",
                "gzip;q=0.1, *;q=0.8 > identity",
                "gzip;q=0.9, *;q=0.8 > gzip",
                "br;q=0.5, gzip;q=0.8 > gzip",
                "br;q=0.8, gzip;q=0.8 > br",
                "br;q=0, gzip > gzip",
                "br;q=0, gzip;q=0 > identity",
                "gzip;q=0.000 > identity",
                "gzip;q=0.001 > gzip",
                "gzip;q=1.000, br;q=0.999 > gzip",
                "identity;q=0, gzip;q=0.1 > gzip",
                "identity;q=0 > identity",
                "*;q=0 > identity",
                "*;q=0, gzip > gzip",
                "gzip ; q = 0.5 , br\t;\tQ=0.4 > gzip",
                "gzip;q=2, br;q=0.1 > br",
                "gzip;q=1.001 > identity",
                "gzip;q=0.1234 > identity",
                "gzip;q=-1 > identity",
                "gzip;q= > identity",
                "gzip;level=9 > identity",
                ",, gzip ,, > gzip",
                "gzipped, xgzip, brotli, x-br > identity",
                "gzip|br > br",
                "identity;q=0.9|gzip;q=0.5 > identity",
                "deflate|br;q=0.2|gzip;q=0.3 > gzip",
                "gzip;q=0|gzip > identity"
            })
    void representationWhenAcceptedIsTheBestLikedOne(String lines, String coding) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        for (String line : lines.split("\\|", -1)) {
            request.addHeader("Accept-Encoding", line.replace("\\t", "\t"));
        }

        assertThat(AcceptEncoding.choose(request, PLAIN, BROTLI, GZIP).coding()).isEqualTo(coding);
    }

    @Test
    void representationWhenNothingIsSaidIsTheFileItself() {
        assertThat(AcceptEncoding.choose(new MockHttpServletRequest(), PLAIN, BROTLI, GZIP))
                .isSameAs(PLAIN);
    }

    @Test
    void representationWhenThereIsOnlyGzipIsThat() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Accept-Encoding", "gzip, br");

        assertThat(AcceptEncoding.choose(request, PLAIN, null, GZIP)).isSameAs(GZIP);
    }

    private static Representation representation(String coding) {
        return new MemoryRepresentation("\"" + coding + "\"", coding, new byte[0]);
    }
}
