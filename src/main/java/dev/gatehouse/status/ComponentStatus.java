package dev.gatehouse.status;

import dev.gatehouse.liveness.ConnectorReport;
import dev.gatehouse.liveness.PublicAddressCheck;
import org.jspecify.annotations.Nullable;

/**
 * The status of a component at one moment.
 *
 * @param reason for operators
 * @param probeMillis duration of the last probe, or null if it was not answered
 */
record ComponentStatus(ComponentCondition condition, String reason, @Nullable Long probeMillis) {

    static final ComponentStatus UNKNOWN =
            new ComponentStatus(ComponentCondition.UNKNOWN, "not known", null);

    static ComponentStatus of(ConnectorReport report) {
        ComponentCondition condition = ComponentCondition.UNKNOWN;
        if (report.isDown()) {
            condition = ComponentCondition.DEAD;
        } else if (report.isChecked()) {
            condition = ComponentCondition.of(report.verdict().state());
        }
        return new ComponentStatus(condition, report.reason(), report.probeMillis());
    }

    static ComponentStatus of(PublicAddressCheck.Result result) {
        return new ComponentStatus(
                result.isDead() ? ComponentCondition.DEAD : ComponentCondition.ALIVE,
                result.reason(),
                result.took().toMillis());
    }
}
