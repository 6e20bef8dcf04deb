package dev.gatehouse.redirect;

import java.util.List;

/** The site's own names: the only hosts that a redirect goes to. */
interface SiteNames {

    /** Whether that host is the site. */
    boolean covers(RequestedHost host);

    /** The names, for people to read. */
    List<String> describe();
}
