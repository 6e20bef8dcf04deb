package dev.gatehouse.tools.outbound;

import java.util.Locale;

/** Why a URL is not visited. The texts tell nothing about our own network. */
public enum TargetRefusal {
    EMPTY("Give a host name, such as example.com, or its URL."),
    TOO_LONG("The address is longer than 2,048 characters."),
    CHARACTERS("The address contains a space, a backslash or a control character."),
    SCHEME("Only http and https are supported."),
    USERINFO("The address must not contain a user name or password."),
    PORT("That port is not supported: leave it out, for 80 or 443."),
    HOST_FORM("The host is neither a name nor an address in its usual form."),
    LOCAL_NAME("The name is reserved for private networks."),
    NO_PUBLIC_ADDRESS("The name is unknown, or an address of it is not public.");

    private final String text;

    TargetRefusal(String text) {
        this.text = text;
    }

    /** The reason in a sentence. */
    public String text() {
        return text;
    }

    /** The {@code code} of the problem: {@code no-public-address}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
