package load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Requests a second over the number of connections, on a logarithmic axis: a line for each peer,
 * solid for HTTP/1.1 and dashed for HTTP/2. Readable on light and dark backgrounds.
 */
public final class ConcurrencyPlot {

    private static final List<Peer> PEERS = List.of(Peer.GATEHOUSE, Peer.NGINX, Peer.CADDY);
    private static final List<String> COLOURS = List.of("#2a6fdb", "#7a8794", "#d9822b");
    private static final int LEFT = 70;
    private static final int RIGHT = 620;
    private static final int TOP = 30;
    private static final int BOTTOM = 330;
    private static final int GRID_LINES = 5;

    private final Results results;

    public ConcurrencyPlot(Results results) {
        this.results = results;
    }

    public String svg() {
        double highest = highest();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i <= GRID_LINES; i++) {
            lines.addAll(gridLine(highest * i / GRID_LINES, highest));
        }
        for (Row row : Row.concurrency()) {
            if (!row.isHttp2()) {
                lines.add(text(x(row), BOTTOM + 18, "middle", "" + row.connections()));
            }
        }
        lines.add(text((LEFT + RIGHT) / 2, BOTTOM + 38, "middle", "connections"));
        lines.add(text(LEFT, TOP - 12, "start", "requests a second (dashed: HTTP/2)"));
        for (int i = 0; i < PEERS.size(); i++) {
            lines.add(line(PEERS.get(i), COLOURS.get(i), false, highest));
            lines.add(line(PEERS.get(i), COLOURS.get(i), true, highest));
            lines.add(
                    "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>"
                            .formatted(
                                    RIGHT + 12,
                                    TOP + 20 + 20 * i,
                                    COLOURS.get(i),
                                    PEERS.get(i).label()));
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 740 380\" width=\"740\""
                + " font-family=\"sans-serif\" font-size=\"12\" fill=\"#808890\">\n"
                + String.join("\n", lines)
                + "\n</svg>\n";
    }

    private double highest() {
        double highest = 1;
        for (Row row : Row.concurrency()) {
            for (Peer peer : PEERS) {
                double rate = results.median(row, peer, Metric.RATE);
                highest = Double.isNaN(rate) ? highest : Math.max(highest, rate);
            }
        }
        return roundedUp(highest);
    }

    /** A number whose fifth is short. */
    private static double roundedUp(double number) {
        double power = Math.pow(10, Math.floor(Math.log10(number)));
        return DoubleStream.of(1, 1.25, 1.5, 2, 2.5, 5, 10)
                .map(factor -> factor * power)
                .filter(rounded -> rounded >= number)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> gridLine(double rate, double highest) {
        int y = y(rate, highest);
        return List.of(
                "<path d=\"M%d %dH%d\" stroke=\"#808890\" stroke-opacity=\"0.35\"/>"
                        .formatted(LEFT, y, RIGHT),
                text(LEFT - 8, y + 4, "end", String.format(Locale.ROOT, "%,.0f", rate)));
    }

    private String line(Peer peer, String colour, boolean http2, double highest) {
        StringBuilder points = new StringBuilder();
        for (Row row : Row.concurrency()) {
            double rate = results.median(row, peer, Metric.RATE);
            if (row.isHttp2() == http2 && !Double.isNaN(rate)) {
                points.append(x(row)).append(',').append(y(rate, highest)).append(' ');
            }
        }
        return "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>"
                .formatted(
                        points.toString().strip(),
                        colour,
                        http2 ? " stroke-dasharray=\"5 4\"" : "");
    }

    private static int x(Row row) {
        double share = Math.log(row.connections() / 16.0) / Math.log(2000 / 16.0);
        return (int) Math.round(LEFT + share * (RIGHT - LEFT));
    }

    private static int y(double rate, double highest) {
        return (int) Math.round(BOTTOM - rate / highest * (BOTTOM - TOP));
    }

    private static String text(int x, int y, String anchor, String text) {
        return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>".formatted(x, y, anchor, text);
    }
}
