package dev.gatehouse.tools.seo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

    @Test
    void otherFileHasNoSize() {
        assertThat(
                        ImageSize.of(
                                "<svg width=\"10\"/>"
                                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEmpty();
    }
}
