package dev.gatehouse.tools.api;

import dev.gatehouse.tools.job.FixedJobLimits;
import dev.gatehouse.tools.job.JobLimits;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.ScriptedTool;
import dev.gatehouse.tools.job.ToolRegistration;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.annotation.Bean;
import org.springframework.util.unit.DataSize;

/** Gatehouse with a tool that does what a test says. */
class ScriptedToolOnServer {

    static final int PER_CALLER = 60;
    static final int SHARE = 5;

    @Bean
    ScriptedTool scriptedTool() {
        ScriptedTool tool =
                new ScriptedTool(
                        new FixedJobLimits(
                                PER_CALLER,
                                40,
                                1000,
                                4,
                                4 * SHARE,
                                Duration.ofSeconds(20),
                                Duration.ofMinutes(10),
                                DataSize.ofMegabytes(1),
                                Map.of("PRO", new JobLimits.Plan(7, 15))));
        tool.on(
                "block",
                _ -> {
                    new CountDownLatch(1).await();
                    return new JobResult.Done(Map.of());
                });
        tool.on(
                "words",
                context -> {
                    for (int i = 0; i < 250; i++) {
                        String word = i % 2 == 0 ? "Word" + i : "bad," + i;
                        String form =
                                word.equals(word.toLowerCase(Locale.ROOT)) ? "lower" : "upper";
                        context.row("words", "k" + i, Map.of("case", form), word);
                    }
                    return new JobResult.Done(Map.of("count", 250));
                });
        tool.on(
                "image",
                context -> {
                    try (OutputStream out = context.part("image.png", "image/png")) {
                        out.write(new byte[] {'P', 'N', 'G'});
                    } catch (IOException ex) {
                        throw new UncheckedIOException(ex);
                    }
                    return new JobResult.Done(Map.of("image", context.self() + "/image.png"));
                });
        return tool;
    }

    @Bean
    ToolRegistration scriptedRegistration(ScriptedTool tool) {
        return new ToolRegistration(
                ScriptedTool.NAME,
                ScriptedTool.COLLECTION,
                "Scripted",
                "Does what a test says.",
                () -> tool);
    }
}
