package dev.gatehouse.site;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * A folder's {@code index.html} for the folder, and nothing whose name begins with a dot:
 * Kubernetes' {@code ..data}, {@code .git} and the like are no pages. {@code .well-known} (RFC
 * 8615) is.
 */
class SiteResourceResolver extends PathResourceResolver {

    private static final String INDEX = "index.html";
    private static final String WELL_KNOWN = ".well-known";

    @Override
    public @Nullable Resource resolveResource(
            @Nullable HttpServletRequest request,
            String requestPath,
            List<? extends Resource> locations,
            ResourceResolverChain chain) {
        if (isHidden(requestPath)) {
            return null;
        }
        boolean isFolder = requestPath.isEmpty() || requestPath.endsWith("/");
        return super.resolveResource(
                request, isFolder ? requestPath + INDEX : requestPath, locations, chain);
    }

    /** Whether a part of the path begins with a dot. */
    static boolean isHidden(String path) {
        return Arrays.stream(path.split("/"))
                .anyMatch(name -> name.startsWith(".") && !name.equals(WELL_KNOWN));
    }
}
