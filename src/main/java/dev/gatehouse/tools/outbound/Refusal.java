package dev.gatehouse.tools.outbound;

import java.util.Locale;

/** Why something that was asked for is not visited: a closed list, which tells nothing of us. */
public enum Refusal {
    EMPTY("Give a host name, such as example.com, or its URL."),
    TOO_LONG("The address is longer than 2,048 characters."),
    CHARACTERS("The address has a space, a backslash or a control character in it."),
    SCHEME("Only http and https are spoken."),
    USERINFO("A user name or password has no place in the address."),
    PORT("Only the ports 80 and 443 are asked."),
    HOST_FORM("The host is neither a name nor an address in its usual form."),
    LOCAL_NAME("The name is one that only a private network knows."),
    NO_PUBLIC_ADDRESS("The name leads to no public address, or not to public addresses alone.");

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    /** One sentence for whoever asked. */
    public String text() {
        return text;
    }

    /** As it stands in a problem's {@code code}: {@code no-public-address}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
