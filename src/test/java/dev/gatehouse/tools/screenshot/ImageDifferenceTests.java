package dev.gatehouse.tools.screenshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageDifferenceTests {

    private static final int RED = 0xffd00030;
    private static final Color GREY = new Color(100, 100, 100);

    private static byte[] image(int width, int height, Consumer<Graphics2D> draw)
            throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(GREY);
        graphics.fillRect(0, 0, width, height);
        draw.accept(graphics);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static ImageDifference between(byte[] before, byte[] after) throws IOException {
        return ImageDifference.between(
                new ByteArrayInputStream(before), new ByteArrayInputStream(after));
    }

    private static BufferedImage overlay(ImageDifference difference) throws IOException {
        return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(difference.overlay())));
    }

    @Test
    void equalImagesDoNotDifferAndFade() throws IOException {
        ImageDifference difference = between(image(40, 30, g -> {}), image(40, 30, g -> {}));

        assertThat(difference.share()).isZero();
        assertThat(overlay(difference).getRGB(7, 7)).isEqualTo(0xffcccccc);
    }

    @Test
    void changedPixelsAreCountedAndRed() throws IOException {
        byte[] after =
                image(
                        40,
                        30,
                        g -> {
                            g.setColor(Color.BLUE);
                            g.fillRect(10, 5, 20, 6);
                        });

        ImageDifference difference = between(image(40, 30, g -> {}), after);

        assertThat(difference.share()).isEqualTo(20 * 6 / (40.0 * 30));
        BufferedImage overlay = overlay(difference);
        assertThat(overlay.getRGB(10, 5)).isEqualTo(RED);
        assertThat(overlay.getRGB(29, 10)).isEqualTo(RED);
        assertThat(overlay.getRGB(9, 5)).isEqualTo(0xffcccccc);
        assertThat(overlay.getRGB(29, 11)).isEqualTo(0xffcccccc);
    }

    /** A browser does not smooth each edge alike. */
    @Test
    void differencesThatCannotBeSeenDoNotCount() throws IOException {
        byte[] slightly =
                image(
                        40,
                        30,
                        g -> {
                            g.setColor(new Color(116, 84, 100));
                            g.fillRect(0, 0, 20, 30);
                            g.setColor(new Color(100, 100, 117));
                            g.fillRect(20, 0, 1, 30);
                        });

        assertThat(between(image(40, 30, g -> {}), slightly).share()).isEqualTo(1 / 40.0);
    }

    @Test
    void whatOnlyOneImageHasIsChanged() throws IOException {
        ImageDifference taller = between(image(40, 30, g -> {}), image(40, 60, g -> {}));
        ImageDifference narrower = between(image(40, 30, g -> {}), image(30, 30, g -> {}));

        assertThat(taller.share()).isEqualTo(0.5);
        assertThat(overlay(taller).getRGB(0, 30)).isEqualTo(RED);
        assertThat(narrower.share()).isEqualTo(0.25);
        assertThat(overlay(narrower).getWidth()).isEqualTo(40);
    }

    @Test
    void whatIsNoImageCannotBeCompared() {
        assertThatIOException()
                .isThrownBy(() -> between(image(40, 30, g -> {}), new byte[] {1, 2, 3}));
    }
}
