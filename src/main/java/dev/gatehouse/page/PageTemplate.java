package dev.gatehouse.page;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A page with data. Mustache templates contain no logic and escape their data, much of which comes
 * from other hosts. Read and compiled at the first use.
 */
public final class PageTemplate {

    /** No inline code or style, and nothing from other origins. */
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";

    private final Template template;

    /** The template of that name in {@code templates/}. */
    public PageTemplate(String name) {
        this.template = compile(name);
    }

    private static Template compile(String name) {
        try (Reader reader = open(name)) {
            return Mustache.compiler()
                    .withEscaper(text -> Escapers.HTML.escape(VisibleText.of(text)))
                    .nullValue("")
                    .emptyStringIsFalse(true)
                    .withLoader(PageTemplate::open)
                    .compile(reader);
        } catch (IOException ex) {
            throw new IllegalStateException("The template cannot be read: " + name, ex);
        }
    }

    private static Reader open(String name) throws IOException {
        InputStream in = PageTemplate.class.getResourceAsStream("/templates/" + name + ".mustache");
        if (in == null) {
            throw new FileNotFoundException(name);
        }
        return new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    /** Renders a part of a page. */
    public String text(Object model) {
        return template.execute(model);
    }

    /**
     * Renders the page, which must not be cached.
     *
     * @param navigation what the navigation leads to beside the home page and the status
     */
    public ResponseEntity<String> render(
            HttpStatus status, Object model, List<NavigationLink> navigation) {
        StringWriter page = new StringWriter();
        template.execute(model, Map.of("navigation", navigation), page);
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", POLICY)
                .header("Vary", "Accept")
                .body(page.toString());
    }
}
