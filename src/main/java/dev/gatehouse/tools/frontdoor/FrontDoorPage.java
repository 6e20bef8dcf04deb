package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.frontdoor.FrontDoorTool.CheckRequest;
import dev.gatehouse.tools.job.JobPage;
import dev.gatehouse.tools.job.JobPageData;
import java.util.Map;

/** The form of the front-door check, and its result. */
class FrontDoorPage implements JobPage<CheckRequest> {

    @Override
    public String formTemplate() {
        return "front-door-form";
    }

    @Override
    public Object form(Map<String, String> fields) {
        return Map.of(
                "host",
                fields.getOrDefault("host", ""),
                "healthPath",
                fields.getOrDefault("healthPath", "/"));
    }

    @Override
    public CheckRequest request(Map<String, String> fields) {
        return new CheckRequest(fields.get("host"), fields.get("healthPath"));
    }

    @Override
    public Map<String, String> fields(CheckRequest request) {
        return Map.of("host", request.hostText(), "healthPath", request.healthPathText());
    }

    @Override
    public String title(CheckRequest request) {
        return request.hostText();
    }

    @Override
    public String resultTemplate() {
        return "front-door-result";
    }

    @Override
    public Object result(JobPageData<CheckRequest> job) {
        return CheckResult.of(job);
    }
}
