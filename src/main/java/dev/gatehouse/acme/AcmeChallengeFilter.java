package dev.gatehouse.acme;

import dev.gatehouse.connector.Arrival;
import dev.gatehouse.connector.ConnectorName;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Answers challenges on the plain connector from the webroot's files; there is no listing. */
class AcmeChallengeFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** A key authorization has some 90 bytes; anything much longer is not one. */
    private static final long LARGEST_FILE = 4096;

    private final transient Path folder;

    AcmeChallengeFilter(Path webroot) {
        this.folder = webroot.resolve(AcmeChallenge.FOLDER.substring(1));
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI();
        if (Arrival.of(request).connector() != ConnectorName.HTTP
                || !AcmeChallenge.isChallenge(path)) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        switch (request.getMethod()) {
            case "GET", "HEAD" -> answer(path, response);
            default -> {
                response.setHeader("Allow", "GET, HEAD");
                response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
        }
    }

    private void answer(String path, HttpServletResponse response) throws IOException {
        Path file = folder.resolve(path.substring(AcmeChallenge.FOLDER.length()));
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || !Files.isReadable(file)
                || Files.size(file) > LARGEST_FILE) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        byte[] content = Files.readAllBytes(file);
        response.setContentType("application/octet-stream");
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }
}
