package dev.gatehouse.tools.api;

import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTools;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Serves the contract of the API. */
@Lazy
@RestController
class OpenApiController {

    static final String PATH = "/gatehouse/openapi.json";

    private final byte[] document;
    private final String tag;

    OpenApiController(JobTools tools, JobStore store, JsonMapper json) {
        this.document =
                new OpenApiDocument(tools, store.isShared(), json)
                        .build()
                        .toPrettyString()
                        .getBytes(StandardCharsets.UTF_8);
        this.tag = '"' + DigestUtils.md5DigestAsHex(document) + '"';
    }

    @GetMapping(PATH)
    ResponseEntity<byte[]> document() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .eTag(tag)
                .header("Cache-Control", "no-cache")
                .body(document);
    }
}
