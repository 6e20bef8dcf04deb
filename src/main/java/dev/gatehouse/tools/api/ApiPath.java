package dev.gatehouse.tools.api;

import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.ToolRegistration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path of the API: a tool's jobs, one of them, or something that belongs to it.
 *
 * @param id of the job, or null where the path is that of all jobs
 * @param member such as {@code events}, {@code links} or {@code report.csv}, or null
 */
record ApiPath(ToolRegistration tool, @Nullable String id, @Nullable String member) {

    static final String ROOT = "/api/";

    static Optional<ApiPath> of(String path, JobTools tools) {
        for (ToolRegistration tool : tools.all()) {
            if (path.equals(tool.path())) {
                return Optional.of(new ApiPath(tool, null, null));
            }
            if (path.startsWith(tool.path() + "/")) {
                return of(tool, path.substring(tool.path().length() + 1).split("/", -1));
            }
        }
        return Optional.empty();
    }

    private static Optional<ApiPath> of(ToolRegistration tool, String[] segments) {
        return switch (segments.length) {
            case 1 -> Optional.of(new ApiPath(tool, segments[0], null));
            case 2 -> Optional.of(new ApiPath(tool, segments[0], segments[1]));
            default -> Optional.empty();
        };
    }

    List<String> methods() {
        if (id == null) {
            return List.of("POST", "OPTIONS");
        }
        return member == null
                ? List.of("GET", "HEAD", "DELETE", "OPTIONS")
                : List.of("GET", "HEAD", "OPTIONS");
    }

    /** For {@code Allow}. */
    String allow() {
        return String.join(", ", methods());
    }
}
