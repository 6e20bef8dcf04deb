package dev.gatehouse.tools.api;

import dev.gatehouse.page.VisibleText;
import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobExport;
import dev.gatehouse.tools.job.JobRow;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTool;
import dev.gatehouse.tools.job.RowQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;

/** Writes the rows of a job as CSV (RFC 4180), Markdown or JUnit, without holding all of them. */
class RowExport {

    private static final int BATCH = 500;

    private final JobStore store;
    private final JobViews views;

    RowExport(JobStore store, JobViews views) {
        this.store = store;
        this.views = views;
    }

    /** The formats, by the last segment of their path. */
    enum Format {
        CSV("report.csv", "text/csv"),
        MARKDOWN("report.md", "text/markdown"),
        JUNIT("report.junit.xml", "application/xml");

        private final String path;
        private final String type;

        Format(String path, String type) {
            this.path = path;
            this.type = type;
        }

        String path() {
            return path;
        }

        MediaType mediaType() {
            return MediaType.parseMediaType(type);
        }

        static Optional<Format> of(String path) {
            return Arrays.stream(values()).filter(f -> f.path.equals(path)).findFirst();
        }
    }

    /**
     * Writes all rows.
     *
     * @param title what was checked, in words
     */
    void write(Format format, JobTool<?> tool, JobExport export, Job job, String title, Writer out)
            throws IOException {
        try {
            switch (format) {
                case CSV -> writeCsv(tool, export, job, out);
                case MARKDOWN -> writeMarkdown(tool, export, job, title, out);
                case JUNIT -> writeJunit(tool, export, job, title, out);
            }
        } catch (UncheckedIOException ex) {
            throw ex.getCause();
        }
        out.flush();
    }

    private void forEach(
            JobTool<?> tool, JobExport export, Job job, Consumer<JobExport.Line> consumer) {
        long after = 0;
        List<JobRow> rows;
        do {
            rows = store.rows(job.id(), new RowQuery(export.kind(), after, BATCH, Map.of()));
            views.views(tool, job, export.kind(), rows).stream()
                    .map(export.line())
                    .forEach(consumer);
            after = rows.isEmpty() ? after : rows.getLast().number();
        } while (rows.size() == BATCH);
    }

    private static void append(Writer out, String... texts) {
        try {
            for (String text : texts) {
                out.write(text);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void writeCsv(JobTool<?> tool, JobExport export, Job job, Writer out) {
        append(out, csv(export.columns()));
        forEach(tool, export, job, line -> append(out, csv(line.cells())));
    }

    private static String csv(List<String> cells) {
        return cells.stream().map(RowExport::csv).collect(Collectors.joining(",", "", "\r\n"));
    }

    /**
     * Much comes from other sites: a spreadsheet must not take a cell for a formula, nor, where it
     * separates by semicolons or tabs, a part of one. East Asian ones know full-width signs too.
     */
    static String csv(String cell) {
        String visible = VisibleText.of(cell);
        boolean formula =
                !visible.isEmpty()
                        && "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20".indexOf(visible.charAt(0)) >= 0;
        String text = formula ? "'" + visible : visible;
        return text.chars().anyMatch(c -> ",;\t\"\n\r".indexOf(c) >= 0)
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    private void writeMarkdown(
            JobTool<?> tool, JobExport export, Job job, String title, Writer out) {
        append(out, "# ", markdown(title), "\n\n", job.state().name(), ", ");
        append(out, job.createdAt().toString(), "\n\n");
        append(out, markdown(export.columns()));
        append(out, "|", " --- |".repeat(export.columns().size()), "\n");
        forEach(tool, export, job, line -> append(out, markdown(line.cells())));
    }

    private static String markdown(List<String> cells) {
        return cells.stream()
                .map(RowExport::markdown)
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    static String markdown(String cell) {
        StringBuilder text = new StringBuilder();
        String visible = VisibleText.of(cell);
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            switch (c) {
                case '\n', '\r' -> text.append(' ');
                case '<' -> text.append("&lt;");
                case '&' -> text.append("&amp;");
                case '|', '\\', '`', '*', '_', '[', ']' -> text.append('\\').append(c);
                default -> text.append(c);
            }
        }
        return text.toString();
    }

    /** The counts are attributes of the element around the rows, so these are read twice. */
    private void writeJunit(JobTool<?> tool, JobExport export, Job job, String title, Writer out) {
        Map<JobExport.Outcome, Integer> counts = new EnumMap<>(JobExport.Outcome.class);
        forEach(tool, export, job, line -> counts.merge(line.outcome(), 1, Integer::sum));
        append(
                out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n",
                "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" skipped=\"%d\" errors=\"0\" timestamp=\"%s\">\n"
                        .formatted(
                                xml(title),
                                counts.values().stream().mapToInt(count -> count).sum(),
                                counts.getOrDefault(JobExport.Outcome.FAILED, 0),
                                counts.getOrDefault(JobExport.Outcome.SKIPPED, 0),
                                job.createdAt()));
        forEach(tool, export, job, line -> append(out, junit(tool.name(), line)));
        append(out, "</testsuite>\n</testsuites>\n");
    }

    private static String junit(String tool, JobExport.Line line) {
        String open =
                "<testcase classname=\"%s\" name=\"%s\"".formatted(xml(tool), xml(line.name()));
        String message = xml(line.message());
        return switch (line.outcome()) {
            case PASSED -> open + "/>\n";
            case FAILED -> open + "><failure message=\"" + message + "\"/></testcase>\n";
            case SKIPPED -> open + "><skipped message=\"" + message + "\"/></testcase>\n";
        };
    }

    /** Without the characters that XML 1.0 cannot hold. */
    static String xml(String text) {
        StringBuilder escaped = new StringBuilder();
        VisibleText.of(text)
                .codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '<' -> escaped.append("&lt;");
                                case '>' -> escaped.append("&gt;");
                                case '&' -> escaped.append("&amp;");
                                case '"' -> escaped.append("&quot;");
                                case '\n' -> escaped.append("&#10;");
                                default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
                            }
                        });
        return escaped.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
