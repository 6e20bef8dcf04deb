package dev.gatehouse.tools.screenshot;

import dev.gatehouse.tools.job.Acceptance;
import dev.gatehouse.tools.job.JobContext;
import dev.gatehouse.tools.job.JobLimits;
import dev.gatehouse.tools.job.JobPage;
import dev.gatehouse.tools.job.JobProgress;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobTool;
import dev.gatehouse.tools.job.ToolProblem;
import dev.gatehouse.tools.outbound.OutboundClient;
import dev.gatehouse.tools.outbound.Target;
import dev.gatehouse.tools.outbound.TargetRefusal;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Screenshots as a tool. */
final class ScreenshotTool implements JobTool<ScreenshotRequest> {

    static final String NAME = "screenshot";

    private static final String IMAGE = "image";
    private static final String BUSY = "browser-busy";
    private static final String UNAVAILABLE = "no-browser";
    private static final int NOT_IMPLEMENTED = 501;

    /** Beyond the time limit of the page: for the image, and to start a browser. */
    private static final Duration GRACE = Duration.ofSeconds(40);

    private final Browsers browsers;
    private final OutboundClient outbound;
    private final ScreenshotProperties properties;
    private final Clock clock;

    ScreenshotTool(
            Browsers browsers,
            OutboundClient outbound,
            ScreenshotProperties properties,
            Clock clock) {
        this.browsers = browsers;
        this.outbound = outbound;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<ScreenshotRequest> requestType() {
        return ScreenshotRequest.class;
    }

    @Override
    public JobLimits limits() {
        return properties;
    }

    @Override
    public List<ToolProblem> problems() {
        return Stream.of(
                        Stream.of(
                                new ToolProblem(
                                        UNAVAILABLE,
                                        NOT_IMPLEMENTED,
                                        "There is no browser on this server."),
                                new ToolProblem(BUSY, 0, "All browsers are in use.")),
                        Arrays.stream(TargetRefusal.values())
                                .filter(refusal -> refusal != TargetRefusal.NO_PUBLIC_ADDRESS)
                                .map(ScreenshotTool::problem),
                        RequestRules.problems().stream(),
                        Arrays.stream(ShotProblem.values())
                                .map(problem -> new ToolProblem(problem.code(), 0, problem.text())))
                .flatMap(problems -> problems)
                .toList();
    }

    private static ToolProblem problem(TargetRefusal refusal) {
        return new ToolProblem(refusal.code(), 400, refusal.text());
    }

    @Override
    public Acceptance<ScreenshotRequest> accept(ScreenshotRequest request) {
        Optional<Browsers.Problem> missing = browsers.problem();
        if (missing.isPresent()) {
            return new Acceptance.Refused<>(
                    new ToolProblem(
                            UNAVAILABLE,
                            NOT_IMPLEMENTED,
                            missing.get().text() + " " + missing.get().remedy()));
        }
        String url = request.url() == null ? "" : request.url();
        return switch (outbound.targets().parse(url)) {
            case Target.Refused(var refusal) -> new Acceptance.Refused<>(problem(refusal));
            case Target.Accepted(var target) ->
                    accept(request.complete(target.toString()), target.host());
        };
    }

    private static Acceptance<ScreenshotRequest> accept(ScreenshotRequest complete, String host) {
        Optional<ToolProblem> problem = RequestRules.check(complete);
        return problem.isPresent()
                ? new Acceptance.Refused<>(problem.get())
                : new Acceptance.Accepted<>(complete, host);
    }

    @Override
    public Optional<String> mainPart() {
        return Optional.of(IMAGE);
    }

    @Override
    public Set<String> mainPartTypes() {
        return Arrays.stream(ImageFormat.values())
                .map(ImageFormat::mediaType)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<Reuse> reuse(ScreenshotRequest request) {
        int maxAge = request.maxAge() == null ? 0 : request.maxAge();
        String key = JsonMapper.shared().writeValueAsString(request.withoutTimes());
        return Optional.of(new Reuse(key, Duration.ofSeconds(maxAge)));
    }

    @Override
    public JobResult run(ScreenshotRequest request, JobContext context)
            throws InterruptedException {
        List<NamedOptions> wanted = NamedOptions.of(request);
        List<Image> images = new ArrayList<>();
        for (NamedOptions named : wanted) {
            ShotOutcome outcome;
            Image image = new Image(named.name(), named.options().format().mediaType());
            try {
                outcome = shoot(named.options(), image, context, images.size(), wanted.size());
            } catch (BrowserPool.BusyException _) {
                return new JobResult.Failed(BUSY, "All browsers are in use. Try again.");
            } catch (BrowserUnavailableException ex) {
                return new JobResult.Failed(UNAVAILABLE, ex.getMessage() + " " + ex.remedy());
            }
            switch (outcome) {
                case ShotOutcome.Taken taken -> image.taken = taken;
                case ShotOutcome.NotTaken notTaken -> {
                    if (images.isEmpty()) {
                        return new JobResult.Failed(notTaken.problem().code(), notTaken.text());
                    }
                    return new JobResult.Partial(report(context, images, notTaken.text()));
                }
            }
            images.add(image);
        }
        ScreenshotReport report = report(context, images, null);
        return report.limit() == null ? new JobResult.Done(report) : new JobResult.Partial(report);
    }

    /** An image that is written to a part of the job. */
    private static final class Image {

        private final String name;
        private final String type;
        private ShotOutcome.@Nullable Taken taken;
        private long bytes;

        private Image(String name, String type) {
            this.name = name;
            this.type = type;
        }

        private ShotOutcome.Taken taken() {
            return Objects.requireNonNull(taken);
        }

        private String part() {
            return name.isEmpty() ? IMAGE : IMAGE + "-" + name;
        }
    }

    private ShotOutcome shoot(
            ShotOptions options, Image image, JobContext context, int done, int total)
            throws BrowserPool.BusyException, BrowserUnavailableException, InterruptedException {
        ShotOutcome outcome = shootOnce(options, image, context, done, total);
        boolean again =
                outcome instanceof ShotOutcome.NotTaken notTaken
                        && notTaken.problem() == ShotProblem.BROWSER_FAILED
                        && left(context).compareTo(GRACE) > 0;
        return again ? shootOnce(options, image, context, done, total) : outcome;
    }

    private ShotOutcome shootOnce(
            ShotOptions options, Image image, JobContext context, int done, int total)
            throws BrowserPool.BusyException, BrowserUnavailableException, InterruptedException {
        Duration left = left(context);
        Duration timeout = options.timeout().compareTo(left) < 0 ? options.timeout() : left;
        return browsers.use(
                timeout.plus(options.delay()).plus(GRACE),
                left,
                browser ->
                        new PageShot(
                                        browser,
                                        options.withTimeout(timeout),
                                        text ->
                                                context.progress(
                                                        new JobProgress(
                                                                done, total, "images", text)))
                                .take(() -> open(image, context)));
    }

    private Duration left(JobContext context) {
        Duration left = Duration.between(clock.instant(), context.deadline());
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    private static OutputStream open(Image image, JobContext context) throws IOException {
        image.bytes = 0;
        return new FilterOutputStream(context.part(image.part(), image.type)) {
            @Override
            public void write(byte[] data, int offset, int length) throws IOException {
                out.write(data, offset, length);
                image.bytes += length;
            }
        };
    }

    private static ScreenshotReport report(
            JobContext context, List<Image> images, @Nullable String problem) {
        Image main = images.getFirst();
        ShotOutcome.Taken taken = main.taken();
        List<ScreenshotReport.Variant> variants =
                images.stream()
                        .skip(1)
                        .map(
                                image ->
                                        new ScreenshotReport.Variant(
                                                image.name,
                                                context.self() + "/" + image.part(),
                                                image.taken().width(),
                                                image.taken().height(),
                                                image.bytes))
                        .toList();
        return new ScreenshotReport(
                context.self() + "/" + IMAGE,
                taken.width(),
                taken.height(),
                main.bytes,
                main.type,
                taken.finalUrl(),
                taken.status(),
                taken.title(),
                taken.console(),
                taken.blocked(),
                problem == null ? taken.limit() : problem,
                variants);
    }

    @Override
    public JobPage<ScreenshotRequest> page() {
        return new ScreenshotPage(browsers);
    }
}
