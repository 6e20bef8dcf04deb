package dev.gatehouse.tools.job;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Says at the start what an operator would otherwise have to find out about the tools. */
class ToolsNotice implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger logger = LoggerFactory.getLogger(ToolsNotice.class);

    private final Environment environment;

    ToolsNotice(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        boolean enabled = OnToolCondition.areToolsEnabled(environment);
        if (enabled && !OnDatabaseCondition.isConfigured(environment)) {
            logger.info(
                    "The jobs of the tools are kept in the memory of this instance: a restart"
                            + " forgets them, and they need a single instance. Set {} to share"
                            + " them.",
                    OnDatabaseCondition.URL);
        }
        if (!enabled && !OnToolCondition.isSet(environment)) {
            logger.info(
                    "The tools are off, because gatehouse.site.root names another site than the"
                            + " built-in one. Set {}=true to turn them on.",
                    OnToolCondition.ENABLED);
        }
    }
}
