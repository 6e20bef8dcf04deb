package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.BooleanSupplier;

/**
 * Sends the HSTS header over TLS, with errors too. Not on the self-signed certificate, which a
 * browser could then no longer be talked into; and not before the redirect is enforced for good, so
 * that a short trial does not bind browsers for a year.
 */
class Hsts {

    private final String value;
    private final boolean isRedirectForGood;
    private final BooleanSupplier isSelfSigned;

    Hsts(HstsProperties properties, boolean isRedirectForGood, BooleanSupplier isSelfSigned) {
        this.value = properties.headerValue();
        this.isRedirectForGood = isRedirectForGood;
        this.isSelfSigned = isSelfSigned;
    }

    void writeTo(HttpServletResponse response, ConnectorName connector) {
        if (connector == ConnectorName.HTTPS && isSent()) {
            response.setHeader("Strict-Transport-Security", value);
        }
    }

    private boolean isSent() {
        return isRedirectForGood && !isSelfSigned.getAsBoolean();
    }

    /** The header as it is sent, or why it is not. */
    String describe() {
        if (isSent()) {
            return value;
        }
        return isRedirectForGood
                ? "not sent: the certificate is self-signed"
                : "not sent before mode is enforce and permanent is true";
    }
}
