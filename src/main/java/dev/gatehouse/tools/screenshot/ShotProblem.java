package dev.gatehouse.tools.screenshot;

import java.util.Locale;

/** Why there is no screenshot. */
enum ShotProblem {
    NO_PUBLIC_ADDRESS("The page is at an address that may not be visited."),
    UNREACHABLE("The page cannot be reached."),
    NO_ANSWER("The page did not answer within the time limit."),
    DOWNLOAD("The address is a download, not a page."),
    SCHEME_REFUSED("The page leads to an address that is neither http nor https."),
    SELECTOR_NOT_FOUND("No visible element matches the selector."),
    SELECTOR_INVALID("The selector is not valid CSS."),
    EMPTY_CLIP("The clip is outside the page."),
    IMAGE_TOO_LARGE("The image would be too large. Ask for a smaller one."),
    PAGE_CRASHED("The page needs more memory than it may use, or crashed the browser."),
    PAGE_HANGS("The page keeps the browser so busy that no image can be taken."),
    BROWSER_FAILED("The browser ended. Try again.");

    private final String text;

    ShotProblem(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** As it stands in a result: {@code page-crashed}. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
