package dev.gatehouse.tools.screenshot;

/** There is no browser, or it does not start: a sentence, and what to do about it. */
final class BrowserUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    BrowserUnavailableException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
