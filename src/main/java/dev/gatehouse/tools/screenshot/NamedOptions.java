package dev.gatehouse.tools.screenshot;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the images that a request asks for.
 *
 * @param name such as {@code phone-dark}; empty for the image itself
 */
record NamedOptions(String name, ShotOptions options) {

    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;
    private static final double PHONE_SCALE = 2;

    /** The image itself first. */
    static List<NamedOptions> of(ScreenshotRequest request) {
        ShotOptions main = request.options();
        List<NamedOptions> all = new ArrayList<>();
        all.add(new NamedOptions("", main));
        if ("none".equals(request.compare())) {
            return all;
        }
        all.add(new NamedOptions("phone", phone(main)));
        if ("all".equals(request.compare())) {
            String other = main.dark() ? "light" : "dark";
            ShotOptions otherScheme = main.withDark(!main.dark());
            all.add(new NamedOptions(other, otherScheme));
            all.add(new NamedOptions("phone-" + other, phone(otherScheme)));
        }
        return all;
    }

    private static ShotOptions phone(ShotOptions options) {
        return options.withViewport(PHONE_WIDTH, PHONE_HEIGHT, PHONE_SCALE, true);
    }
}
