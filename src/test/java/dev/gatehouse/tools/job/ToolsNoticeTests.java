package dev.gatehouse.tools.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

/** What the log says about the tools at the start. */
@ExtendWith(OutputCaptureExtension.class)
class ToolsNoticeTests {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void startWhenJobsAreInMemorySaysSo(CapturedOutput output) {
        start();

        assertThat(output).contains("kept in the memory of this instance", "spring.datasource.url");
    }

    @Test
    void startWhenTheSiteIsTheOperatorsSaysHowToTurnToolsOn(CapturedOutput output) {
        environment.setProperty("gatehouse.site.root", "file:/srv/site/");

        start();

        assertThat(output)
                .contains("The tools are off", "gatehouse.tools.enabled=true")
                .doesNotContain("memory of this instance");
    }

    @Test
    void startWhenAllIsSetSaysNothing(CapturedOutput output) {
        environment.setProperty("gatehouse.tools.enabled", "false");

        start();

        assertThat(output).doesNotContain("ools");
    }

    private void start() {
        new ToolsNotice(environment)
                .onApplicationEvent(
                        new ApplicationReadyEvent(
                                new SpringApplication(),
                                new String[0],
                                new GenericApplicationContext(),
                                null));
    }
}
