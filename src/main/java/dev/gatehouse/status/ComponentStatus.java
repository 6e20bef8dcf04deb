package dev.gatehouse.status;

import dev.gatehouse.liveness.ConnectorReport;
import dev.gatehouse.liveness.ExternalCheck;
import org.jspecify.annotations.Nullable;

/**
 * The status of a component at one moment.
 *
 * @param reason for operators
 * @param probeMillis duration of the last probe, or null if it was not answered
 */
record ComponentStatus(Condition condition, String reason, @Nullable Long probeMillis) {

    static final ComponentStatus UNKNOWN =
            new ComponentStatus(Condition.UNKNOWN, "not known", null);

    static ComponentStatus of(ConnectorReport report) {
        Condition condition = Condition.UNKNOWN;
        if (report.isDown()) {
            condition = Condition.DEAD;
        } else if (report.isChecked()) {
            condition = Condition.of(report.verdict().state());
        }
        return new ComponentStatus(condition, report.reason(), report.probeMillis());
    }

    static ComponentStatus of(ExternalCheck.Result result) {
        return new ComponentStatus(
                result.isDead() ? Condition.DEAD : Condition.ALIVE,
                result.reason(),
                result.took().toMillis());
    }
}
