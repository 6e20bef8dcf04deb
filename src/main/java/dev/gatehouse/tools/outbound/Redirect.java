package dev.gatehouse.tools.outbound;

/**
 * A redirect that was followed.
 *
 * @param url that was requested
 * @param status such as 301
 * @param location as the server sent it
 */
public record Redirect(HttpUrl url, int status, String location) {

    /** Whether clients may remember it (RFC 9110, 15.4.2, 15.4.9). */
    public boolean isPermanent() {
        return status == 301 || status == 308;
    }
}
