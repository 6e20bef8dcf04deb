package dev.gatehouse.tools.links;

import dev.gatehouse.tools.crawl.Crawl;
import dev.gatehouse.tools.links.LinkFacts.Ending;
import dev.gatehouse.tools.links.LinkFacts.Endless;
import dev.gatehouse.tools.links.LinkFacts.Hop;
import dev.gatehouse.tools.links.LinkFacts.NotRequested;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.Scheme;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The links of a check, what they lead to, and the redirects between targets. Not thread-safe: its
 * user holds a lock.
 */
final class LinkGraph {

    private static final Ending NOT_VISITED =
            new NotRequested("The check ended before its response.");

    /** What a link takes beside its text, and what its target does. */
    private static final int BYTES_OF_LINK = 150;

    private static final int BYTES_OF_TARGET = 200;

    private static final int COPIES = 2;

    private final int mostLinks;
    private final int mostRedirects;
    private final LongPredicate memory;
    private final Map<String, LinkTarget> targets = new HashMap<>();
    private final Map<String, Link> links = new HashMap<>();
    private final List<Link> inOrder = new ArrayList<>();

    /**
     * For one check.
     *
     * @param memory takes that many bytes, false where there are not as many
     */
    LinkGraph(int mostLinks, int mostRedirects, LongPredicate memory) {
        this.mostLinks = mostLinks;
        this.mostRedirects = mostRedirects;
        this.memory = memory;
    }

    /** All links, in the order in which they were found. */
    List<Link> links() {
        return inOrder;
    }

    Collection<LinkTarget> targets() {
        return targets.values();
    }

    /** The target of that URL: one for all fragments and session ids. */
    LinkTarget target(HttpUrl url) {
        String key = Crawl.key(url);
        LinkTarget known = targets.get(key);
        if (known == null) {
            String text = url.withoutFragment().toString();
            known = new LinkTarget(text.equals(key) ? key : text); // one copy of it
            targets.put(key, known);
        }
        return known;
    }

    @Nullable LinkTarget find(HttpUrl url) {
        return targets.get(Crawl.key(url));
    }

    /** The link to that URL; null where there are as many as the check may have. */
    @Nullable Link link(HttpUrl url) {
        String key = url.toString();
        Link known = links.get(key);
        if (known != null) {
            return known;
        }
        boolean isNew = find(url) == null;
        if (!hasRoom(key, isNew ? BYTES_OF_LINK + BYTES_OF_TARGET : BYTES_OF_LINK)) {
            return null;
        }
        LinkTarget target = target(url);
        String text = key.equals(target.url) ? target.url : key;
        Link link = add(new Link(inOrder.size() + 1, text, target, url.fragment()));
        target.links.add(link);
        return link;
    }

    /** The link to what is no http or https URL, as it is written; null as above. */
    @Nullable Link unrequested(String written, Ending reason) {
        Link known = links.get(written);
        return known != null || !hasRoom(written, BYTES_OF_LINK)
                ? known
                : add(new Link(inOrder.size() + 1, written, reason));
    }

    private boolean hasRoom(String text, long bytes) {
        return links.size() < mostLinks && takes(bytes + (long) COPIES * text.length());
    }

    /** Takes that many bytes of memory; false where there are not as many. */
    boolean takes(long bytes) {
        return memory.test(bytes);
    }

    private Link add(Link link) {
        links.put(link.url, link);
        inOrder.add(link);
        return link;
    }

    /** The redirects from a target, and how the last request ended. */
    private record Chain(
            List<Hop> hops, @Nullable LinkTarget end, Ending ending, @Nullable String fragment) {}

    private Chain chain(LinkTarget first, @Nullable String fragment) {
        List<Hop> hops = new ArrayList<>();
        Set<LinkTarget> passed = new HashSet<>();
        LinkTarget target = first;
        String wanted = fragment;
        for (LinkTarget next = target.redirect; next != null; next = target.redirect) {
            passed.add(target);
            wanted = target.redirectFragment == null ? wanted : target.redirectFragment;
            hops.add(new Hop(target.url, target.redirectStatus, next.url));
            if (passed.contains(next)) {
                return new Chain(
                        hops, null, new Endless("The redirects lead in a circle."), wanted);
            }
            if (hops.size() > mostRedirects) {
                return new Chain(
                        hops,
                        null,
                        new Endless("There are more than %d redirects.".formatted(mostRedirects)),
                        wanted);
            }
            target = next;
        }
        return new Chain(hops, target, target.ending == null ? NOT_VISITED : target.ending, wanted);
    }

    /** The last target of the redirects from that one; null where they do not end. */
    @Nullable LinkTarget end(LinkTarget first) {
        return chain(first, null).end();
    }

    /** Whether the responses to it and to what its redirects lead to are all known. */
    boolean isComplete(LinkTarget first) {
        LinkTarget end = end(first);
        return end == null || end.isVisited();
    }

    /** What is known of a link now. */
    LinkFacts facts(Link link) {
        LinkTarget target = link.target;
        if (target == null) {
            Ending ending = link.unrequested == null ? NOT_VISITED : link.unrequested;
            return new LinkFacts(ending, List.of(), false, false, null, null);
        }
        Chain chain = chain(target, link.fragment);
        LinkTarget end = chain.end();
        if (end == null || !end.isThere()) {
            return new LinkFacts(chain.ending(), chain.hops(), !link.isRead, false, null, null);
        }
        return new LinkFacts(
                chain.ending(),
                chain.hops(),
                !link.isRead,
                end.isSoft404 || target.isSoft404,
                missing(chain.fragment(), end.anchors),
                link.saysHttp ? https(link.url, target, chain.hops()) : null);
    }

    private static @Nullable String missing(@Nullable String fragment, @Nullable Anchors anchors) {
        return fragment == null || anchors == null || anchors.has(fragment)
                ? null
                : Anchors.decoded(fragment);
    }

    /**
     * The https URL of a link that says http, where it was seen to answer: by redirects to it, or
     * by a request that was compared with the one over http.
     */
    private @Nullable String https(String link, LinkTarget target, List<Hop> hops) {
        if (!(HttpUrl.parse(link) instanceof HttpUrl.Http(HttpUrl url))
                || url.scheme() != Scheme.HTTP) {
            return null;
        }
        String fragment = url.fragment() == null ? "" : "#" + url.fragment();
        if (!hops.isEmpty()) {
            boolean secure = hops.stream().allMatch(hop -> hop.location().startsWith("https:"));
            return secure ? hops.getFirst().location() + fragment : null;
        }
        LinkTarget secure = find(url.withScheme(Scheme.HTTPS));
        if (secure == null) {
            return null;
        }
        boolean same =
                secure.isThere()
                        && secure.mediaType.equals(target.mediaType)
                        && (secure.signature == null
                                || target.signature == null
                                || secure.signature.isSameAs(target.signature));
        return same ? secure.url + fragment : null;
    }
}
