package dev.gatehouse.tools.screenshot;

import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds options: what a test does not name has its default. */
final class TestOptions {

    String url = "";
    int width = 320;
    int height = 240;
    double scale = 1;
    boolean mobile;
    boolean fullPage;
    @Nullable String selector;
    @Nullable Clip clip;
    ImageFormat format = ImageFormat.PNG;
    int quality = 80;
    boolean dark;
    boolean reducedMotion;
    ShotOptions.WaitUntil waitUntil = ShotOptions.WaitUntil.LOAD;
    @Nullable String waitFor;
    Duration delay = Duration.ZERO;
    Duration timeout = Duration.ofSeconds(15);
    Set<ResourceType> block = Set.of();
    boolean scroll;
    int thumbnailWidth;

    static ShotOptions of(String url, UnaryOperator<TestOptions> change) {
        TestOptions o = new TestOptions();
        o.url = url;
        o = change.apply(o);
        return new ShotOptions(
                o.url,
                o.width,
                o.height,
                o.scale,
                o.mobile,
                o.fullPage,
                o.selector,
                o.clip,
                o.format,
                o.quality,
                o.dark,
                o.reducedMotion,
                o.waitUntil,
                o.waitFor,
                o.delay,
                o.timeout,
                o.block,
                o.scroll,
                o.thumbnailWidth);
    }
}
