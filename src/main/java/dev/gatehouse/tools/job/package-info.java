/**
 * Jobs: long-running work with progress, rows and parts, in one of two stores. A tool is a {@link
 * dev.gatehouse.tools.job.JobTool} and a {@link dev.gatehouse.tools.job.ToolRegistration}:
 *
 * <pre>{@code
 * record EchoRequest(@Nullable String text) {}
 *
 * final class EchoTool implements JobTool<EchoRequest> {
 *     private static final ToolProblem EMPTY = new ToolProblem("no-text", 400, "text is missing.");
 *
 *     public String name() { return "echo"; }
 *     public Class<EchoRequest> requestType() { return EchoRequest.class; }
 *     public JobLimits limits() { return limits; }
 *     public List<ToolProblem> problems() { return List.of(EMPTY); }
 *     public List<RowKind> rowKinds() { return List.of(RowKind.of("words", Facet.any("length"))); }
 *     public JobPage<EchoRequest> page() { return new EchoPage(); }
 *
 *     public Acceptance<EchoRequest> accept(EchoRequest request) {
 *         return request.text() == null
 *                 ? new Acceptance.Refused<>(EMPTY)
 *                 : new Acceptance.Accepted<>(request, request.text());
 *     }
 *
 *     public JobResult run(EchoRequest request, JobContext context) throws InterruptedException {
 *         String[] words = request.text().split(" ", -1);
 *         for (int i = 0; i < words.length; i++) {
 *             context.progress(new JobProgress(i, words.length, "words", words[i]));
 *             Map<String, String> facets = Map.of("length", String.valueOf(words[i].length()));
 *             if (!context.row("words", String.valueOf(i), facets, Map.of("word", words[i]))) {
 *                 return new JobResult.Partial(Map.of("count", i));
 *             }
 *         }
 *         return new JobResult.Done(Map.of("count", words.length));
 *     }
 * }
 *
 * @Configuration(proxyBeanMethods = false)
 * class EchoConfiguration {
 *     @Bean @Lazy EchoTool echoTool() { return new EchoTool(); }
 *
 *     @Bean ToolRegistration echoRegistration(ObjectProvider<EchoTool> tool) {
 *         return new ToolRegistration("echo", "echo/runs", "Echo", "Repeats words.", tool::getObject);
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.gatehouse.tools.job;

import org.jspecify.annotations.NullMarked;
