package dev.gatehouse.tools.seo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTests {

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif"})
    void sizeIsReadFromTheBeginningOfTheFile(String format) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        BufferedImage image = new BufferedImage(1200, 630, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, format, file);
        byte[] bytes = file.toByteArray();

        assertThat(ImageSize.of(bytes)).contains(new ImageSize(1200, 630));
        assertThat(ImageSize.of(Arrays.copyOf(bytes, 700))).contains(new ImageSize(1200, 630));
        for (int length = 0; length < 200; length++) {
            ImageSize.of(Arrays.copyOf(bytes, length));
        }
    }

    /** The smallest files of each kind that are commonly used to detect support, of 1 × 1 pixel. */
    @ParameterizedTest
    @CsvSource({
        "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA",
        "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==",
        "UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEAAQAA"
                + "AP4AAA3AAP7mtQAAAA==",
    })
    void sizeOfWebpIsRead(String base64) {
        assertThat(ImageSize.of(Base64.getDecoder().decode(base64))).contains(new ImageSize(1, 1));
    }

    /** A picture of 2 × 2 pixels by libavif. */
    @Test
    void sizeOfAvifIsRead() {
        byte[] avif =
                Base64.getDecoder()
                        .decode(
                                "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADybWV0YQAAAAAAAAAoaGRscgAA"
                                        + "AAAAAAAAcGljdAAAAAAAAAAAAAAAAGxpYmF2aWYAAAAADnBpdG0AAAAAAAEAAAAe"
                                        + "aWxvYwAAAABEAAABAAEAAAABAAABGgAAAB0AAAAoaWluZgAAAAAAAQAAABppbmZl"
                                        + "AgAAAAABAABhdjAxQ29sb3IAAAAAamlwcnAAAABLaXBjbwAAABRpc3BlAAAAAAAA"
                                        + "AAIAAAACAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgQ0MAAAAABNjb2xybmNseAAC"
                                        + "AAIAAYAAAAAXaXBtYQAAAAAAAAABAAEEAQKDBAAAACVtZGF0EgAKCBgANogQEAwg"
                                        + "Mg8f8D///8WfhwB8+ErK42A=");

        assertThat(ImageSize.of(avif)).contains(new ImageSize(2, 2));
        for (int length = 0; length < avif.length; length++) {
            ImageSize.of(Arrays.copyOf(avif, length));
        }
    }

    /** Boxes within boxes without end, and boxes that say that they are empty. */
    @Test
    void avifThatIsNestedWithoutEndHasNoSize() {
        byte[] nested = new byte[64 * 1024];
        System.arraycopy(
                "\0\0\0\u0014ftypavif".getBytes(StandardCharsets.ISO_8859_1), 0, nested, 0, 12);
        for (int at = 20; at + 8 < nested.length; at += 8) {
            nested[at] = 0x7f;
            System.arraycopy("ipco".getBytes(StandardCharsets.ISO_8859_1), 0, nested, at + 4, 4);
        }

        assertThat(ImageSize.of(nested)).isEmpty();
        assertThat(ImageSize.of(Arrays.copyOf(nested, 24))).isEmpty();
    }

    @Test
    void otherFileHasNoSize() {
        assertThat(ImageSize.of("<svg width=\"10\"/>".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }
}
