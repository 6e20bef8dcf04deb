package dev.gatehouse.tools.seo;

import dev.gatehouse.tools.job.JobContext;
import dev.gatehouse.tools.job.JobProgress;
import dev.gatehouse.tools.seo.SeoReport.FindingRow;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Keeps the findings that an audit writes. */
final class RecordedJob implements JobContext {

    private final List<FindingRow> findings = Collections.synchronizedList(new ArrayList<>());

    List<FindingRow> findings() {
        return List.copyOf(findings);
    }

    @Override
    public String id() {
        return "job";
    }

    @Override
    public String self() {
        return "/api/v1/seo/audits/job";
    }

    @Override
    public Instant deadline() {
        return Instant.now().plusSeconds(60);
    }

    @Override
    public void progress(JobProgress progress) {}

    @Override
    public void publish(String type, Object data) {}

    @Override
    public boolean row(String kind, String key, Map<String, String> facets, Object data) {
        if (data instanceof FindingRow finding) {
            findings.add(finding);
        }
        return true;
    }

    @Override
    public OutputStream part(String name, String mediaType) {
        return OutputStream.nullOutputStream();
    }
}
