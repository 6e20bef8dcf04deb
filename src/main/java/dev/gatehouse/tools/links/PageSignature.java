package dev.gatehouse.tools.links;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * The text of a page in at most 2 KB, to compare pages by: the smallest hashes of all its sequences
 * of three words. Words with digits and the requested path are left out, as they differ between two
 * responses of the same page.
 */
final class PageSignature {

    private static final int KEPT = 256;
    private static final int WORDS = 20_000;
    private static final int SHORTEST_ECHO = 4;

    /** The signature of a page without text. */
    static final PageSignature EMPTY = new PageSignature(new long[0]);

    private final long[] hashes;

    private PageSignature(long[] hashes) {
        this.hashes = hashes;
    }

    static PageSignature of(HttpUrl requested, Document document) {
        Words words = new Words(echoes(requested));
        NodeTraversor.filter(
                (node, depth) -> {
                    if (node instanceof TextNode text) {
                        words.add(text.getWholeText());
                    }
                    return words.isFull()
                            ? NodeFilter.FilterResult.STOP
                            : NodeFilter.FilterResult.CONTINUE;
                },
                document);
        return new PageSignature(words.smallest());
    }

    /** How a page may repeat the requested path, the longest first. */
    private static List<String> echoes(HttpUrl url) {
        String path = url.path().toLowerCase(Locale.ROOT);
        String last = path.substring(path.lastIndexOf('/') + 1);
        return Stream.of(path, Anchors.decoded(path), last, Anchors.decoded(last))
                .filter(echo -> echo.length() >= SHORTEST_ECHO)
                .distinct()
                .toList();
    }

    /** Whether both pages have the same text. */
    boolean isSameAs(PageSignature other) {
        return similarity(other, EMPTY).orElse(other.hashes.length == 0 ? 1 : 0) >= 0.9;
    }

    /**
     * How much of the text that is not in the template is in both pages, from 0 to 1 (Jaccard).
     * Empty where this page has no text beside the template's: then nothing can be said.
     *
     * @param template a page of the same site, for what stands on all of them
     */
    OptionalDouble similarity(PageSignature other, PageSignature template) {
        long limit = Math.min(limit(), Math.min(other.limit(), template.limit()));
        int own = 0;
        int common = 0;
        int all = 0;
        for (long hash : hashes) {
            if (hash <= limit && !template.has(hash)) {
                own++;
                common += other.has(hash) ? 1 : 0;
            }
        }
        for (long hash : other.hashes) {
            all += hash <= limit && !template.has(hash) ? 1 : 0;
        }
        return own == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) common / (own + all - common));
    }

    /** Up to here all hashes of the page are kept. */
    private long limit() {
        return hashes.length < KEPT ? Long.MAX_VALUE : hashes[hashes.length - 1];
    }

    private boolean has(long hash) {
        return Arrays.binarySearch(hashes, hash) >= 0;
    }

    private static final class Words {

        private final List<String> leftOut;
        private final long[] found = new long[WORDS];
        private int count;
        private long before;
        private long beforeThat;

        Words(List<String> leftOut) {
            this.leftOut = leftOut;
        }

        void add(String written) {
            String text = written.toLowerCase(Locale.ROOT);
            for (String echo : leftOut) {
                text = text.replace(echo, " ");
            }
            int at = 0;
            while (at < text.length() && !isFull()) {
                int start = at;
                boolean digits = false;
                long hash = 0xcbf29ce484222325L;
                while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                    char c = text.charAt(at);
                    digits |= Character.isDigit(c);
                    hash = (hash ^ c) * 0x100000001b3L;
                    at++;
                }
                if (at > start && !digits) {
                    found[count++] = mixed(hash + 31 * before + 961 * beforeThat);
                    beforeThat = before;
                    before = hash;
                }
                if (at == start) {
                    at++;
                }
            }
        }

        private static long mixed(long value) {
            long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            return z ^ (z >>> 31);
        }

        boolean isFull() {
            return count == WORDS;
        }

        long[] smallest() {
            return Arrays.stream(found, 0, count).sorted().distinct().limit(KEPT).toArray();
        }
    }
}
