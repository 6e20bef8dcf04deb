package load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One picture of the results: CPU a request as a multiple of Caddy's, a bar for each peer. */
public final class Plot {

    private static final List<Peer> PEERS = List.of(Peer.GATEHOUSE, Peer.NGINX, Peer.STOCK);
    private static final List<String> COLOURS = List.of("#2a6fdb", "#7a8794", "#d9822b");
    private static final int BAR = 14;
    private static final int LEFT = 210;
    private static final int PIXELS_A_UNIT = 70;
    private static final double WIDEST = 8;

    private final Results results;

    public Plot(Results results) {
        this.results = results;
    }

    public String svg() {
        List<String> lines = new ArrayList<>();
        int y = 40;
        for (Row row : Row.values()) {
            if (!Double.isNaN(ratio(row, Peer.GATEHOUSE))) {
                lines.add(text(10, y + BAR, row.label()));
                y = bars(lines, row, y) + BAR;
            }
        }
        int caddy = LEFT + PIXELS_A_UNIT;
        lines.add(
                "<path d=\"M%d 30V%d\" stroke=\"#c33\" stroke-dasharray=\"4 3\"/>"
                        .formatted(caddy, y));
        lines.addFirst(text(10, 20, "CPU of the server a request, Caddy = 1 (dashed)"));
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1000\" height=\"%d\"".formatted(y)
                + " font-family=\"sans-serif\" font-size=\"12\">\n"
                + String.join("\n", lines)
                + "\n</svg>\n";
    }

    private int bars(List<String> lines, Row row, int top) {
        int y = top;
        for (int i = 0; i < PEERS.size(); i++) {
            double ratio = ratio(row, PEERS.get(i));
            if (!Double.isNaN(ratio)) {
                long width = Math.round(Math.min(ratio, WIDEST) * PIXELS_A_UNIT);
                lines.add(
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>"
                                .formatted(LEFT, y, width, BAR - 2, COLOURS.get(i)));
                String label = String.format(Locale.ROOT, "%s %.2f", PEERS.get(i).label(), ratio);
                lines.add(text((int) (LEFT + width + 5), y + BAR - 3, label));
            }
            y += BAR;
        }
        return y;
    }

    private double ratio(Row row, Peer peer) {
        return results.median(row, peer, Metric.CPU) / results.median(row, Peer.CADDY, Metric.CPU);
    }

    private static String text(int x, int y, String text) {
        return "<text x=\"%d\" y=\"%d\">%s</text>".formatted(x, y, text);
    }
}
