package dev.gatehouse.status;

import dev.gatehouse.acme.AcmeEvent;
import dev.gatehouse.tls.CertificateReload;
import org.springframework.context.event.EventListener;

/** Has it remembered when a certificate has changed, or should have. */
class CertificateNews {

    private final Observatory observatory;

    CertificateNews(Observatory observatory) {
        this.observatory = observatory;
    }

    @EventListener
    void reloaded(CertificateReload reload) {
        switch (reload.outcome()) {
            case TAKEN -> note(Condition.ALIVE, "A new certificate is served", reload);
            case REFUSED -> note(Condition.BUSY, "A new certificate cannot be served", reload);
            case NOT_ON_WIRE -> note(Condition.BUSY, "A new certificate is not served yet", reload);
        }
    }

    /** What was obtained is told as a reload, too: here is what failed. */
    @EventListener
    void attempted(AcmeEvent attempt) {
        if (!attempt.obtained()) {
            observatory.note(
                    Condition.BUSY, "A new certificate was not obtained", attempt.detail());
        }
    }

    private void note(Condition condition, String text, CertificateReload reload) {
        observatory.note(condition, text, reload.bundle() + ": " + reload.detail());
    }
}
